import type { Evidence, NamedReading } from "../find/finding";
import { oncePer } from "../read/oncePer";
import { place } from "../read/place";
import { Positions, type Range } from "../read/positions";

const positionsOf: (source: NamedReading) => Positions = oncePer(
  ({ reading }: NamedReading) => new Positions(reading.text),
);

/** Where the evidence stands in its text. */
export function placed({ source, span }: Pick<Evidence, "source" | "span">): Range {
  const range = positionsOf(source).range(place(source.reading, span));
  const { lineOf } = source;
  if (lineOf === undefined) return range;
  const { start, end } = range;
  return {
    start: { ...start, line: lineOf(start.line) },
    end: { ...end, line: lineOf(end.line) },
  };
}
