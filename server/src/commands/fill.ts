import type { Value, Values } from "../find/finding";
import type { Where } from "./command";

// A command is a template of ours with `${name}` where a value of the text belongs. The text may be written by an
// attacker, so that a value enters only if it has the form that its name calls for, and is quoted for where it goes.
// A value that is missing or does not fit leaves its name in capitals, for a person to put in: `ps -p OWNER`.

/** A filled template, and the names that nothing fitting was known for. */
export interface Filled {
  readonly text: string;
  readonly missing: readonly string[];
}

/** Fills a template for gdb or the shell. */
export function fill(template: string, where: Where, values: Values): Filled {
  const missing: string[] = [];
  const text = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = fitting(name, where, values[name]);
    if (value === null) missing.push(name);
    return value ?? capitals(name);
  });
  return { text, missing };
}

/** The names that a template asks for, in order. */
export const placeholders = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map((match) => match[1] as string);

const PLACEHOLDER = /\$\{([a-z]\w{0,40})\}/gi;

/** Names of values that are addresses or sizes in hexadecimal. */
const HEX = new Set(
  "lock mutex address fault ip sp base size offset cond rwlock pointer start end threadId object_base".split(
    " ",
  ),
);

/** Names of values that are whole numbers. */
const NUMBERS = new Set(
  "pid ppid lwp tid owner frame thread line port semid signalNumber error cpu count waiters holder".split(
    " ",
  ),
);

/** The value as it may stand in a command, or null. */
function fitting(name: string, where: Where, value: Value | undefined): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value);
  if (HEX.has(name)) return /^0x[0-9a-f]{1,16}$/i.test(text) ? text : null;
  if (NUMBERS.has(name)) return /^\d{1,15}$/.test(text) ? text : null;
  return where === "shell" ? shellWord(text) : gdbWord(text);
}

/** Long enough for a path; nobody reads more in a command. */
const LONGEST = 1024;

/** One word for a POSIX shell; null for text that no word should hold. */
function shellWord(text: string): string | null {
  if (text === "" || text.length > LONGEST || text.startsWith("-") || hasControls(text))
    return null;
  return /^[\w./+:@%,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A name or path that gdb takes as it stands: gdb's commands differ in how they quote, so that nothing is quoted. */
function gdbWord(text: string): string | null {
  return text.length <= LONGEST && /^[A-Za-z_~/][\w./+:~@-]*$/.test(text) ? text : null;
}

const hasControls = (text: string): boolean =>
  /[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text);

/** `semId` as `SEM_ID`. */
const capitals = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
