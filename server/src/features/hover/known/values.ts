import errorFiles from "knowledge:errno";
import signalFiles from "knowledge:signals";
import valueFiles from "knowledge:values";
import { anyGlob } from "../../../frames/glob";
import type { ErrorNumber, Signal, ValueEntry } from "./data";

/** What a number is called in its place. */
export interface NumberName {
  readonly name: string;
  readonly about: string;
  readonly reference: string | null;
}

const entries = valueFiles
  .flatMap((file) => file.values)
  .map((entry) => ({
    entry,
    names: new Set(entry.arguments),
    isCaller: entry.functions ? anyGlob(entry.functions) : () => true,
  }));

/** The name of a number in the argument `name` of a function, which goes by any of `functions`; or null. */
export function numberName(
  name: string,
  number: number,
  functions: readonly string[],
): NumberName | null {
  for (const { entry, names, isCaller } of entries) {
    if (!names.has(name) || (entry.functions && !functions.some(isCaller))) continue;
    const found = named(entry, number);
    if (found) return { name: found, about: entry.about, reference: entry.reference ?? null };
  }
  return null;
}

function named(entry: ValueEntry, number: number): string | null {
  const exact = entry.values[String(number)];
  if (exact !== undefined) return exact;
  return entry.flags && number > 0 ? withFlags(entry.values, entry.flags, number) : null;
}

/** `FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME`; null where a bit has no name. */
function withFlags(
  values: ValueEntry["values"],
  flags: Readonly<Record<string, string>>,
  number: number,
): string | null {
  let rest = number;
  const names: string[] = [];
  for (const [bit, name] of Object.entries(flags)) {
    if ((rest & Number(bit)) === 0) continue;
    rest &= ~Number(bit);
    names.push(name);
  }
  const base = values[String(rest)];
  if (base !== undefined) names.unshift(base);
  return rest === 0 || base !== undefined ? names.join(" | ") : null;
}

export const signals: readonly Signal[] = signalFiles.flatMap((file) => file.signals);
const signalArguments = new Set(signalFiles.flatMap((file) => file.arguments));

/** The signal of an argument such as `sig=6`, or null. */
export function signalArgument(name: string, number: number): Signal | null {
  return signalArguments.has(name) ? (signals.find((it) => it.number === number) ?? null) : null;
}

/** The signal `SIGSEGV`, or 11 as old versions of gdb print it; or null. */
export function signalNamed(name: string): Signal | null {
  return signals.find((it) => it.name === name || String(it.number) === name) ?? null;
}

const errors = errorFiles.flatMap((file) => file.errors);
const errorArguments = new Set(errorFiles.flatMap((file) => file.arguments));
const errorResults = new Set(errorFiles.flatMap((file) => file.results));

/** The error behind `errno=2` or `ret=-2`, or null. `-1` only says that something failed. */
export function errorNumber(name: string, number: number): ErrorNumber | null {
  const isError = number < -1 ? errorResults.has(name) : errorArguments.has(name);
  const wanted = Math.abs(number);
  return isError && number !== -1 ? (errors.find((it) => it.number === wanted) ?? null) : null;
}
