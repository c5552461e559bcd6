import type { LogRecord, Problem } from "../read/model";
import type { ToRange } from "../show/toSource";
import { shorten } from "../words/printable";
import { detached } from "./detached";
import { type Place, placeAround } from "./places";

/** Log entries, or problems of the text, that say the same. */
export interface CountedEntries {
  /** `apache child-exit`, or the code of a problem. */
  readonly kind: string;
  readonly severity: string | null;
  readonly isCrash: boolean;
  /** The message of the first. */
  readonly message: string;
  count: number;
  /** The earliest and the latest time as the text writes them; null where it has none. */
  first: string | null;
  last: string | null;
  /** Of the first ones. */
  readonly places: Place[];
  lastPlace: Place;
}

const MOST_KINDS = 5000;
const MOST_PLACES = 5;
const LONGEST_NAME = 200;
const LONGEST_MESSAGE = 300;

/** Counts entries by what they say. */
export class EntryCounter {
  private readonly byKind = new Map<string, CountedEntries>();
  count = 0;
  /** Entries of kinds beyond the limit. */
  others = 0;
  first: string | null = null;
  last: string | null = null;

  /** Adds what stands in one block; `range` knows its places. */
  add(entries: Iterable<Entry>, range: ToRange): void {
    const latest = new Map<CountedEntries, Entry>();
    for (const entry of entries) {
      const known = this.kindOf(entry, range);
      this.count++;
      if (known === null) this.others++;
      else {
        known.count++;
        if (known.places.length < MOST_PLACES) known.places.push(placeAround(range(entry.span)));
        if (entry.time !== null) widen(known, entry.time);
        latest.set(known, entry);
      }
      if (entry.time !== null) widen(this, entry.time);
    }
    for (const [known, { span }] of latest) known.lastPlace = placeAround(range(span));
  }

  /** Crashes first, then the more frequent. */
  sorted(): CountedEntries[] {
    return [...this.byKind.values()].sort(
      (one, other) => Number(other.isCrash) - Number(one.isCrash) || other.count - one.count,
    );
  }

  private kindOf(entry: Entry, range: ToRange): CountedEntries | null {
    const { kind, severity, crash, message } = entry;
    const key = `${severity ?? ""} ${kind}`;
    const known = this.byKind.get(key);
    if (known || this.byKind.size >= MOST_KINDS) return known ?? null;
    const made: CountedEntries = {
      kind: detached(shorten(kind, LONGEST_NAME)),
      severity: severity && detached(severity),
      isCrash: crash,
      message: detached(shorten(message, LONGEST_MESSAGE)),
      count: 0,
      first: null,
      last: null,
      places: [],
      lastPlace: placeAround(range(entry.span)),
    };
    this.byKind.set(detached(key), made);
    return made;
  }
}

type Entry = Pick<LogRecord, "kind" | "severity" | "message" | "crash" | "time" | "span">;

/** Log entries, to be counted. */
export function* ofRecords(records: readonly LogRecord[]): Generator<Entry> {
  for (const record of records) {
    const { format, kind, code, severity, message, crash, time, span } = record;
    const name = `${format} ${kind}${code === null ? "" : ` ${code}`}`;
    yield { kind: name, severity, message, crash, time, span };
  }
}

/** Problems, to be counted. Of times that go back, a block knows only a part. */
export function* ofProblems(problems: readonly Problem[]): Generator<Entry> {
  for (const { code, message, span } of problems)
    if (code !== "out-of-order")
      yield { kind: code, severity: null, message, crash: false, time: null, span };
}

function widen(times: { first: string | null; last: string | null }, time: string): void {
  if (times.first === null || time < times.first) times.first = detached(time);
  if (times.last === null || time > times.last) times.last = detached(time);
}
