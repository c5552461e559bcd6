import type { Frame } from "../read/frame";
import type { Reading } from "../read/model";
import type { Span } from "../read/span";
import { atOnce, type Steps } from "../read/steps";
import type { NamedValue } from "../read/values";
import { type FramePlace, type NumberedFrame, shifted } from "./frameLists";
import { framesWith, framesWithin } from "./locate";
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
export function occurrences(reading: Reading, number: bigint): readonly Occurrence[] {
  if (number < LEAST_TELLING) return [];
  return atOnce(framesWithNumber(reading, number)).flatMap(({ list, i }) => {
    const values = valuesEqual(list.asRead(i), number);
    if (values.length === 0) return [];
    const place = list.at(i);
    return values.map(({ name, span }) => ({ place, name, span: shifted(span, list.shift) }));
  });
}

/** The arguments, the locals and their members that have this number. */
export function valuesEqual(frame: Frame, number: bigint): Omit<Occurrence, "place">[] {
  const found: Omit<Occurrence, "place">[] = [];
  if (number < LEAST_TELLING) return found;
  for (const value of [...(frame.readArguments() ?? []), ...(frame.readLocals() ?? [])]) {
    addValue(found, number, value);
    if (!value.value.startsWith("{")) continue;
    for (const member of membersOf(frame, value)) addValue(found, number, member);
  }
  return found;
}

function addValue(
  found: Omit<Occurrence, "place">[],
  number: bigint,
  { name, value, valueSpan: { from } }: NamedValue,
): void {
  if (numericValue(value) !== number) return;
  const length = /^[^\s]*/.exec(value)?.[0].length ?? 0;
  found.push({ name, span: { from, to: from + length } });
}

/** The frames in whose lines, locals included, the number stands, in document order. */
export function framesWithNumber(reading: Reading, number: bigint): Steps<NumberedFrame[]> {
  const [hex, decimal] = [number.toString(16), number.toString()];
  const printed = [...new Set([hex, hex.toUpperCase(), decimal])];
  return hex.length < FEWEST_DIGITS
    ? framesWith(reading, printed)
    : framesWithin(reading, printed, stretchesWith(reading, [hex, decimal]));
}
