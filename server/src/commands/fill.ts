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
  const text = template.replace(PLACEHOLDER, (_, name: string, at: number) => {
    const isQuoted = where === "shell" && isInQuotes(template.slice(0, at));
    const value = fitting(name, isQuoted ? "gdb" : where, values[name]);
    if (value === null) missing.push(name);
    return value ?? capitals(name);
  });
  return { text, missing };
}

/** The names that a template asks for, in order. */
export const placeholders = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map((match) => match[1] as string);

const PLACEHOLDER = /\$\{([a-z]\w{0,40})\}/gi;

/** The shell has an open quote here: what it takes there is no word of its own, and must need no quoting. */
const isInQuotes = (before: string): boolean =>
  [...before.matchAll(/'/g)].length % 2 === 1 || [...before.matchAll(/"/g)].length % 2 === 1;

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Names of values that are addresses or sizes in hexadecimal. */
const HEX = words(
  "mutex address fault ip sp base size offset cond rwlock pointer start end objectBase",
);

/** Names of values that are whole numbers. */
const NUMBERS = words(
  "pid ppid lwp tid owner frame thread line port semid signalNumber error cpu count waiters holder topPid staleFrame connection",
);

/** Names of values that are functions, variables and types of the program. */
const SYMBOLS = words(
  "function handler interrupted caller culprit top lockName lockType variable type exception",
);

/** Names of values that are files. */
const PATHS = words(
  "file object library program path core executable objectFile generatedBy log vmcore java",
);

/** Names of values that are an address or a number: a lock is known by the one, a semaphore by the other. */
const HEX_OR_NUMBER = words("lock threadId descriptor");

/** Names of values that only the shell is given, as one quoted word. */
const SHELL_WORDS = words("backend coreDirectory package");

/** What templates may ask for, and nothing else. */
export const isKnownName = (name: string, where: Where): boolean =>
  [HEX, NUMBERS, SYMBOLS, PATHS, HEX_OR_NUMBER].some((names) => names.has(name)) ||
  (where === "shell" && SHELL_WORDS.has(name));

/** The value as it may stand in a command, or null. */
function fitting(name: string, where: Where, value: Value | undefined): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value);
  if (HEX_OR_NUMBER.has(name)) return /^(?:0x[0-9a-f]{1,16}|\d{1,20})$/i.test(text) ? text : null;
  if (HEX.has(name)) return /^0x[0-9a-f]{1,16}$/i.test(text) ? text : null;
  if (NUMBERS.has(name)) return /^\d{1,15}$/.test(text) ? text : null;
  if (where === "shell") return shellWord(text);
  return PATHS.has(name) ? gdbPath(text) : gdbSymbol(text);
}

/** Long enough for a path; nobody reads more in a command. */
const LONGEST = 1024;

/** One word for a POSIX shell; null for text that no word should hold. */
function shellWord(text: string): string | null {
  if (text === "" || text.length > LONGEST || text.startsWith("-") || hasUnseen(text)) return null;
  // zsh looks for a program where a word begins with "=".
  if (/^[\w./+:@%,][\w./+:@%,=-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A name that gdb takes as it stands: gdb's commands differ in how they quote, so that nothing is quoted. Only names:
 * gdb would compute `total++`, and change the program.
 */
function gdbSymbol(text: string): string | null {
  return text.length <= LONGEST && SYMBOL.test(text) ? text : null;
}

const SYMBOL = /^[A-Za-z_]\w*(?:(?:\.|::~?)\w+)*(?:@plt)?$/;

/** A path, relative or from the root. */
function gdbPath(text: string): string | null {
  return text.length <= LONGEST && /^[A-Za-z0-9_/.][\w./+:@-]*$/.test(text) ? text : null;
}

/** Controls, marks of direction, letters without width, halves of letters: what one cannot see in a command. */
const hasUnseen = (text: string): boolean => /[\p{C}\p{Zl}\p{Zp}]/u.test(text);

/** `semId` as `SEM_ID`. */
export const capitals = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
