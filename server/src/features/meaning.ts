// What a bare number in an argument or a local means, told from its name.

/** The name of the variable or member, the value as printed, and the function of the frame. */
export interface NamedNumber {
  readonly name: string;
  readonly value: string;
  readonly function: string | null;
}

/** What the number means in a few words (`SIGSEGV`, `2010-11-22 19:31:18 UTC`), or null. */
export function meaningOf(number: NamedNumber): string | null {
  return signalMeaning(number) ?? timeMeaning(number) ?? includeType(number);
}

/** Linux on x86, ARM and RISC-V. */
const SIGNALS =
  "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS".split(
    " ",
  );

function signalMeaning({ name, value }: NamedNumber): string | null {
  if (!/^(?:sig|signo|signum|si_signo|sig_?num(?:ber)?|signal|sig_?no)$/.test(name)) return null;
  const signal = /^\d{1,2}$/.test(value) ? SIGNALS[Number(value) - 1] : undefined;
  return signal ? `SIG${signal}` : null;
}

/** Seconds since 1970, from 2001 to 2100. */
const EARLIEST = 1_000_000_000;
const LATEST = 4_102_444_800;

function timeMeaning({ name, value }: NamedNumber): string | null {
  if (!/^(?:t|now|ttl_?time|[a-z_]*(?:time|stamp|tv_sec|date))$/i.test(name)) return null;
  const seconds = /^\d{10}$/.test(value) ? Number(value) : 0;
  if (seconds < EARLIEST || seconds > LATEST) return null;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** The bits of `type` in PHP's compile functions (Zend/zend_compile.h). */
const INCLUDE_TYPES: Readonly<Record<string, string>> = {
  "1": "ZEND_EVAL",
  "2": "ZEND_INCLUDE",
  "4": "ZEND_INCLUDE_ONCE",
  "8": "ZEND_REQUIRE",
  "16": "ZEND_REQUIRE_ONCE",
};

function includeType({ name, value, function: caller }: NamedNumber): string | null {
  const isCompiler =
    caller !== null && /compile_file(?:name)?$|^zend_execute_scripts$/.test(caller);
  return name === "type" && isCompiler ? (INCLUDE_TYPES[value] ?? null) : null;
}
