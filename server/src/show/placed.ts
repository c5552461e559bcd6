import type { Evidence, NamedReading } from "../find/finding";
import { oncePer } from "../read/oncePer";
import { place } from "../read/place";
import { Positions, type Range } from "../read/positions";

const positionsOf: (source: NamedReading) => Positions = oncePer(
  ({ reading }: NamedReading) => new Positions(reading.text),
);

/** Where the evidence stands in its text. */
export function placed({ source, span }: Pick<Evidence, "source" | "span">): Range {
  return positionsOf(source).range(place(source.reading, span));
}
