import type { NamedReading } from "../find/finding";
import { mentionsOf } from "../find/mentions/mentions";
import type { LogRecord } from "../read/model";
import { oncePer } from "../read/oncePer";
import { contains, lastAtOrBefore } from "../read/span";
import type { LogPattern } from "./condition";
import type { Expression } from "./expression";
import { matchesText } from "./names";

/**
 * The entries of a text that can fit the pattern, without a look at all of them: those of its kinds, and those that hold
 * a word which its message needs.
 */
export function candidates(
  source: NamedReading,
  { kind }: LogPattern,
  search: Expression | null,
): Iterable<LogRecord> {
  const words = search?.required ?? null;
  if (words === null) return kind === undefined ? source.reading.records : ofKinds(source, kind);
  const found = recordsWith(source, words);
  return kind === undefined ? found : sortedByKinds([...found], wantedKinds(source, kind));
}

/** Entries by kind, so that a rare kind is found without looking at every entry. */
const byKind: (source: NamedReading) => ReadonlyMap<string, readonly LogRecord[]> = oncePer(
  ({ reading }: NamedReading) => {
    const kinds = new Map<string, LogRecord[]>();
    for (const record of reading.records) {
      const { kind } = record;
      const alike = kinds.get(kind);
      if (alike) alike.push(record);
      else kinds.set(kind, [record]);
    }
    return kinds;
  },
);

const wantedKinds = (source: NamedReading, pattern: string): string[] =>
  [...byKind(source).keys()].filter((name) => matchesText(pattern, name));

function* ofKinds(source: NamedReading, pattern: string): Generator<LogRecord> {
  for (const kind of wantedKinds(source, pattern)) yield* byKind(source).get(kind) ?? [];
}

function* sortedByKinds(
  records: readonly LogRecord[],
  kinds: readonly string[],
): Generator<LogRecord> {
  for (const wanted of kinds)
    for (const record of records) if (record.kind === wanted) yield record;
}

/** The entries that hold one of the words, in the order of the text. */
function* recordsWith({ reading }: NamedReading, words: readonly string[]): Generator<LogRecord> {
  const { records } = reading;
  const next = mentionsOf(reading).nextOf(words);
  for (let at = next(0); at >= 0; ) {
    const record = records[lastAtOrBefore(records, at, ({ span }) => span.from)];
    const isInside = record !== undefined && contains(record.span, at);
    if (isInside) yield record;
    at = next(isInside ? record.span.to : at + 1);
  }
}
