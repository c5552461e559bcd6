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
  return known?.name.split(":")[0] ?? unixTime(name, value);
}

const TIME_NAME =
  /^(?:t|now|when|since|until|expires?|deadline|[a-z_]*(?:time|_at|stamp|date|tv_sec))$/i;

/** `2010-11-22 20:04:38 UTC` for a number that may be a time by its name and size (2001 to 2106), or null. */
export function unixTime(name: string, value: string): string | null {
  const seconds = Number(value);
  if (!TIME_NAME.test(name) || seconds < 1e9 || seconds >= 2 ** 32) return null;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
