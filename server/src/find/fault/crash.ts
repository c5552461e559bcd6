import type { Evidence } from "../finding";

/** One crash, as a kernel's line, a stack or both tell of it. What the texts do not say is null. */
export interface Crash {
  readonly program: string | null;
  readonly pid: number | null;
  readonly signal: string | null;
  readonly time: string | null;
  /** Seconds since the machine started. */
  readonly uptime: number | null;
  /** Where the instruction wanted to read, write or go on. */
  readonly address: string | null;
  readonly ip: string | null;
  readonly sp: string | null;
  readonly access: string | null;
  /** The processor's error code, and the names of its bits that are set. */
  readonly error: number | null;
  readonly errorBits: readonly string[] | null;
  /** Was a page there, which did not allow the access? */
  readonly present: boolean | null;
  readonly trap: string | null;
  /** The object that holds the instruction, by its file name, and where it is mapped. */
  readonly object: string | null;
  readonly base: string | null;
  readonly size: string | null;
  /** The instruction's place in the object: from the start of its file, or of its mapping. */
  readonly offset: string | null;
  readonly offsetFrom: "file" | "mapping" | null;
  /** Does the instruction copy, fill, compare or measure memory or strings? */
  readonly copyRoutine: boolean | null;
  /** The innermost function that has a name. */
  readonly function: string | null;
  readonly culprit: string | null;
  /** The functions of the stack, or null where there is none. */
  readonly stack: readonly string[] | null;
  readonly evidence: readonly Evidence[];
}

/** A crash of which nothing is known. */
export const UNKNOWN_CRASH: Crash = {
  program: null,
  pid: null,
  signal: null,
  time: null,
  uptime: null,
  address: null,
  ip: null,
  sp: null,
  access: null,
  error: null,
  errorBits: null,
  present: null,
  trap: null,
  object: null,
  base: null,
  size: null,
  offset: null,
  offsetFrom: null,
  copyRoutine: null,
  function: null,
  culprit: null,
  stack: null,
  evidence: [],
};

/** `libc.so.6` of `/lib64/libc.so.6`, `httpd` of `/usr/sbin/httpd -k start`. */
export const fileName = (path: string): string => {
  const command = path.trimStart();
  const blank = command.search(/\s/);
  const word = blank < 0 ? command : command.slice(0, blank);
  return word.slice(word.lastIndexOf("/") + 1);
};

/** The C library: whatever faults there was called with something wrong. */
export const isCLibrary = (object: string): boolean =>
  /^(?:libc[-.]|libc\.musl|ld-musl)/.test(object);
