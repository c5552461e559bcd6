import type { Reading } from "../read/model";
import type { Span } from "../read/span";
import type { NamedValue } from "../read/values";
import { type FramePlace, framesWith, framesWithin } from "./locate";
import { membersOf } from "./members";
import { FEWEST_DIGITS, stretchesWith } from "./numberIndex";

/** A place where an argument, a local variable or a member of one has a value. */
export interface Occurrence {
  readonly place: FramePlace;
  readonly name: string;
  readonly span: Span;
}

/** Values below this (counts, flags, small structures' numbers) are equal by chance. */
const LEAST_TELLING = 0x10000n;

/** The number that a printed value starts with: `0x7f29 <lock+8>`, `139816836143312`, `(void *) 0x10`; null for others. */
export function numericValue(printed: string): bigint | null {
  const found = /^(?:\([^()"]{1,200}\) ?)?(0x[0-9a-fA-F]{1,16}|\d{1,20})(?![\w.])/.exec(printed);
  return found ? BigInt(found[1] as string) : null;
}

/** Where else the text has this number as an argument or a local: pointers and ids, not counts. */
export const occurrences = (reading: Reading, number: bigint): readonly Occurrence[] =>
  number < LEAST_TELLING ? [] : occurrencesIn(framesWithNumber(reading, number), number);

/** The same among the frames in whose lines the number stands. */
export function occurrencesIn(
  places: readonly FramePlace[],
  number: bigint,
): readonly Occurrence[] {
  if (number < LEAST_TELLING) return [];
  const found: Occurrence[] = [];
  for (const place of places) {
    for (const value of valuesOf(place)) {
      addValue(found, number, place, value);
      if (!value.value.startsWith("{")) continue;
      for (const member of membersOf(place.frame, value)) addValue(found, number, place, member);
    }
  }
  return found;
}

/** The frames in whose lines, locals included, the number stands, in document order. */
export function framesWithNumber(reading: Reading, number: bigint): FramePlace[] {
  const [hex, decimal] = [number.toString(16), number.toString()];
  const printed = [...new Set([hex, hex.toUpperCase(), decimal])];
  return hex.length < FEWEST_DIGITS
    ? framesWith(reading, printed)
    : framesWithin(reading, printed, stretchesWith(reading, [hex, decimal]));
}

function valuesOf({ frame }: FramePlace): readonly NamedValue[] {
  const { arguments: passed, locals } = frame;
  if (passed === null) return locals ?? [];
  return locals === null ? passed : [...passed, ...locals];
}

function addValue(found: Occurrence[], number: bigint, place: FramePlace, value: NamedValue): void {
  if (numericValue(value.value) !== number) return;
  const length = /^[^\s]*/.exec(value.value)?.[0].length ?? 0;
  const { from } = value.valueSpan;
  found.push({ place, name: value.name, span: { from, to: from + length } });
}
