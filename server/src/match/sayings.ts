import type { Values } from "../find/finding";
import { printable, shorten } from "../words/printable";
import type { Saying } from "./condition";

/** The condition's own words for what it found, with `${name}` filled in; null where it has none. */
export function sayings({ says }: Saying, values: Values | (() => Values)): string | null {
  if (says === undefined || !says.includes("${")) return says ?? null;
  return fillWords(says, typeof values === "function" ? values() : values);
}

/** `${name}` in a sentence: the value as text, `?` where it is not known. On one line, without control characters. */
export function fillWords(words: string, values: Values): string {
  return words.replace(/\$\{([a-z]\w{0,40})\}/gi, (_, name: string) => inWords(values[name]));
}

/** A value is read by people: the rest of a long one adds nothing. */
const LONGEST = 120;

function inWords(value: Values[string] | undefined): string {
  if (value === null || value === undefined) return "?";
  const text = Array.isArray(value) ? value.slice(0, LONGEST).join(", ") : String(value);
  return printable(shorten(text.slice(0, 10 * LONGEST).replace(/\s+/g, " "), LONGEST));
}
