import type { LogRecord, Reading } from "../read/model";
import type { Span } from "../read/span";

/** Fewer alike entries than this take no room worth folding. */
const SHORTEST_RUN = 3;

/** Between two entries of a run stand no more than line breaks. */
const WIDEST_GAP = 100;

/** Runs of entries of one kind with nothing between them. */
export function runFolds(reading: Reading): Span[] {
  const { records, sections } = reading;
  const starts = new Set(sections.map(({ span }) => firstText(reading, span)));
  // A run that begins where the log does would compete with the log's own fold: it begins one entry later.
  const inner = records.filter(({ span }) => !starts.has(span.from));
  const runs: Span[] = [];
  for (let first = 0; first < inner.length; ) {
    let after = first + 1;
    while (after < inner.length && goesOn(reading, inner, after)) after++;
    if (after - first >= SHORTEST_RUN) runs.push(between(inner, first, after - 1));
    first = after;
  }
  return runs;
}

/** A section begins with the line break behind the one before it. */
function firstText({ clean: { text } }: Reading, { from, to }: Span): number {
  let at = from;
  while (at < to && (text.charCodeAt(at) === 10 || text.charCodeAt(at) === 13)) at++;
  return at;
}

/** Does the entry say the same as the one before it, and stand right behind that? */
function goesOn({ clean: { text } }: Reading, records: readonly LogRecord[], i: number): boolean {
  const [before, record] = [records[i - 1] as LogRecord, records[i] as LogRecord];
  if (record.kind !== before.kind || record.kind === "other") return false;
  const gap = record.span.from - before.span.to;
  if (gap < 0 || gap > WIDEST_GAP) return false;
  return text.slice(before.span.to, record.span.from).trim() === "";
}

const between = (records: readonly LogRecord[], first: number, last: number): Span => ({
  from: (records[first] as LogRecord).span.from,
  to: (records[last] as LogRecord).span.to,
});
