import type { NamedReading } from "../find/finding";
import { mentionsOf } from "../find/mentions/mentions";
import { Pace } from "../find/pace";
import { stepwise } from "../find/stepwise";
import type { LogRecord } from "../read/model";
import { contains, lastAtOrBefore } from "../read/span";
import type { Steps } from "../read/steps";
import type { LogPattern } from "./condition";
import type { Expression } from "./expression";
import { matchesText } from "./names";

/** Null where entries were passed over, for the sake of those who wait. */
type Candidates = Iterable<LogRecord | null>;

/**
 * The entries of a text that can fit the pattern, without a look at all of them: those of its kinds, and those that hold
 * a word which its message needs.
 */
export function candidates(
  source: NamedReading,
  { kind }: LogPattern,
  search: Expression | null,
): Candidates {
  const words = search?.required ?? null;
  if (words === null) return kind === undefined ? source.reading.records : ofKinds(source, kind);
  if (kind === undefined) return recordsWith(source, words);
  return sortedByKinds(recordsWith(source, words), wantedKinds(source, kind));
}

/** Entries by kind, so that a rare kind is found without looking at every entry. */
export const entriesByKind = stepwise(function* ({
  reading,
}: NamedReading): Steps<ReadonlyMap<string, readonly LogRecord[]>> {
  const kinds = new Map<string, LogRecord[]>();
  const pace = new Pace();
  for (const record of reading.records) {
    if (pace.isDone()) yield;
    const { kind } = record;
    const alike = kinds.get(kind);
    if (alike) alike.push(record);
    else kinds.set(kind, [record]);
  }
  return kinds;
});

const wantedKinds = (source: NamedReading, pattern: string): string[] =>
  [...entriesByKind(source).keys()].filter((name) => matchesText(pattern, name));

function* ofKinds(source: NamedReading, pattern: string): Generator<LogRecord> {
  for (const kind of wantedKinds(source, pattern)) yield* entriesByKind(source).get(kind) ?? [];
}

function* sortedByKinds(
  records: Candidates,
  kinds: readonly string[],
): Generator<LogRecord | null> {
  if (kinds.length === 0) return;
  const wanted = new Map(kinds.map((kind) => [kind, [] as LogRecord[]]));
  for (const record of records) {
    if (record !== null) wanted.get(record.kind)?.push(record);
    yield null;
  }
  for (const found of wanted.values()) yield* found;
}

/** The entries that hold one of the words, in the order of the text. */
function* recordsWith(
  { reading }: NamedReading,
  words: readonly string[],
): Generator<LogRecord | null> {
  const { records } = reading;
  if (records.length === 0) return;
  const next = mentionsOf(reading).nextOf(words);
  for (let at = next(0); at >= 0; ) {
    const index = lastAtOrBefore(records, at, ({ span }) => span.from);
    const record = records[index];
    const isInside = record !== undefined && contains(record.span, at);
    yield isInside ? record : null;
    const from = isInside ? record.span.to : (records[index + 1]?.span.from ?? -1);
    // Whatever stands outside of entries is passed over.
    at = from < 0 ? -1 : next(Math.max(from, at + 1));
  }
}
