import { lookupNames } from "../frames/names";
import { numberName, signalArgument } from "./hover/known/values";

/** A bare number of an argument or a local, by its name, and the function of the frame. */
export interface NamedNumber {
  readonly name: string;
  readonly value: string;
  readonly function: string | null;
}

/** What the number means in a word or two (`SIGSEGV`, `2010-11-22 20:04:38 UTC`), or null. */
export function meaningOf({ name, value, function: caller }: NamedNumber): string | null {
  const functions = caller === null ? [] : lookupNames(caller);
  const known = numberName(name, Number(value), functions) ?? signalArgument(name, Number(value));
  // Behind a colon the name is explained; a hint has no room for that, and the hover shows it.
  return known?.name.split(":")[0] ?? timeMeaning(name, value);
}

/** Seconds since 1970, from 2001 to 2100. */
const EARLIEST = 1_000_000_000;
const LATEST = 4_102_444_800;

function timeMeaning(name: string, value: string): string | null {
  if (!/^(?:t|now|[a-z_]*(?:time|stamp|tv_sec|date))$/i.test(name)) return null;
  const seconds = Number(value);
  if (seconds < EARLIEST || seconds > LATEST) return null;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
