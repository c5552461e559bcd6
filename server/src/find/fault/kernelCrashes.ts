import type { LogRecord } from "../../read/model";
import type { NamedReading } from "../finding";
import { type Crash, isCLibrary, UNKNOWN_CRASH } from "./crash";

/** Kernel lines that tell of a program's fault, not of the kernel's own. */
const USER_FAULTS: ReadonlySet<string> = new Set(["segfault", "trap", "general-protection"]);

export const isUserFault = ({ format, kind }: LogRecord): boolean =>
  format === "kernel" && USER_FAULTS.has(kind);

/** The crash that a kernel's entry tells of. */
export function kernelCrash(source: NamedReading, record: LogRecord): Crash {
  const { fields, kind, span } = record;
  const text = (name: string) => textOf(fields[name]);
  const number = (name: string) => numberOf(fields[name]);
  const object = text("object");
  const signal = text("signal") ?? (kind === "trap" ? null : "SIGSEGV");
  return {
    ...UNKNOWN_CRASH,
    program: text("process"),
    pid: record.pid,
    signal,
    time: record.time,
    uptime: number("uptime"),
    address: text("address"),
    ip: text("ip"),
    sp: text("sp"),
    access: text("access"),
    error: number("error"),
    errorBits: text("errorBits")?.split(" ").filter(Boolean) ?? null,
    present: typeof fields.present === "boolean" ? fields.present : null,
    trap: text("trap"),
    object,
    base: text("base"),
    size: text("size"),
    offset: text("fileOffset") ?? text("offset"),
    offsetFrom: text("fileOffset") ? "file" : text("offset") ? "mapping" : null,
    copyRoutine: isCopying(object, text("code")),
    evidence: [{ source, span, says: `the kernel's line of the ${signal ?? "fault"}` }],
  };
}

/** `rep movs` and `rep stos`, which every copy routine of x86 may come down to, with the bytes' own marks. */
const REPEATED = /<f3> (?:4[0-9a-f] )?(?:a4|a5|aa|ab)\b/;

function isCopying(object: string | null, code: string | null): boolean | null {
  if (code !== null && REPEATED.test(code)) return true;
  return object === null ? null : isCLibrary(object);
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === "number" ? value : null);
