import { EnvelopedRecord } from "../../read/envelopedRecord";
import type { LogRecord } from "../../read/model";
import { ServerEntry } from "../../read/serverEntry";
import type { Steps } from "../../read/steps";
import { type Evidence, MOST_EVIDENCE, type NamedReading } from "../finding";
import { Pace } from "../pace";
import { indices, sorted } from "../sorted";
import { stepwise } from "../stepwise";
import { secondsOfRecord } from "./clock";

/** An entry with what is known of it. */
export interface Timed {
  readonly record: LogRecord;
  /** The record's. */
  readonly kind: string;
  /** Of the record itself or, where it has no time, of the one before it; null where there is none. */
  readonly seconds: number | null;
}

/**
 * The entries that one server wrote into one log, though text of others may stand between them. A log has so many of
 * them that what is known of each is a number in a table.
 */
export class Log {
  readonly source: NamedReading;
  readonly format: string;
  /** In the order of the text. */
  readonly records: readonly LogRecord[];
  /** The earliest and the latest time, as the records have it. */
  readonly first: string | null;
  readonly last: string | null;
  private readonly kinds: Kinds;
  /** Where its entries begin in the table of all. */
  private readonly start: number;
  private readonly seconds: Float64Array;
  private readonly order: Order;

  private constructor(source: NamedReading, entries: Entries, start: number, order: Order) {
    const { records, kinds, seconds } = entries;
    this.source = source;
    this.records = records;
    this.format = records[0]?.format ?? "";
    this.kinds = kinds;
    this.start = start;
    this.seconds = seconds;
    this.order = order;
    const { length } = records;
    this.first = this.timeFrom(0, length, 1);
    this.last = this.timeFrom(length - 1, -1, -1);
  }

  /** The log of the entries from one place to another. */
  static *of(
    source: NamedReading,
    { records, kinds, seconds }: Entries,
    start: number,
    end: number,
  ): Steps<Log> {
    const isAll = start === 0 && end === records.length;
    const own = {
      records: isAll ? records : records.slice(start, end),
      kinds,
      seconds: seconds.subarray(start, end),
    };
    return new Log(source, own, start, yield* orderOf(own.seconds));
  }

  get isInOrder(): boolean {
    return this.order === null;
  }

  private timeFrom(start: number, end: number, step: number): string | null {
    for (let i = start; i !== end; i += step) {
      const time = this.records[this.order?.[i] ?? i]?.time ?? null;
      if (time !== null) return time;
    }
    return null;
  }

  /** The entries of these kinds as indices, in the order of the text. */
  inText(wanted: ReadonlySet<string>): Steps<number[]> {
    return this.kinds.places(wanted, this.start, this.start + this.records.length, null);
  }

  /** The same in the order of time. */
  inTime(wanted: ReadonlySet<string>): Steps<number[]> {
    return this.kinds.places(wanted, this.start, this.start + this.records.length, this.order);
  }

  /** The entries at these places. */
  *at(places: Iterable<number>): Generator<LogRecord> {
    for (const place of places) yield this.records[place] as LogRecord;
  }

  timed(index: number): Timed {
    const record = this.records[index] as LogRecord;
    return { record, kind: this.kindAt(index), seconds: this.secondsAt(index) };
  }

  kindAt(index: number): string {
    return this.kinds.at(this.start + index);
  }

  /** As in `Timed`. */
  secondsAt(index: number): number | null {
    const seconds = this.seconds[index] as number;
    return Number.isNaN(seconds) ? null : seconds;
  }
}

/** The order of time, for processes of one server overtake each other; null where it is the order of the text. */
type Order = Int32Array | null;

/** The entries' kinds as numbers. */
class Kinds {
  private readonly numbers: Uint16Array;
  private readonly names: string[] = [];
  private readonly known = new Map<string, number>();

  constructor(count: number) {
    this.numbers = new Uint16Array(count);
  }

  set(index: number, kind: string): void {
    let number = this.known.get(kind);
    if (number === undefined) {
      number = this.names.push(kind) - 1;
      this.known.set(kind, number);
    }
    this.numbers[index] = number;
  }

  at(index: number): string {
    return this.names[this.numbers[index] as number] as string;
  }

  *places(wanted: ReadonlySet<string>, from: number, to: number, order: Order): Steps<number[]> {
    const isWanted = Uint8Array.from(this.names, (name) => Number(wanted.has(name)));
    const places: number[] = [];
    for (let i = 0; i < to - from; i++) {
      if (isPause(i)) yield;
      const place = order === null ? i : (order[i] as number);
      if (isWanted[this.numbers[from + place] as number] === 1) places.push(place);
    }
    return places;
  }
}

/** In loops over numbers, which take next to nothing each. */
const isPause = (i: number): boolean => (i & 0xfff) === 0xfff;

/** Only the first entries of all have no time, and nothing is before them. */
function* orderOf(seconds: Float64Array): Steps<Order> {
  let isInOrder = true;
  for (let i = 1; i < seconds.length && isInOrder; i++) {
    if (isPause(i)) yield;
    isInOrder = !((seconds[i] as number) < (seconds[i - 1] as number));
  }
  if (isInOrder) return null;
  yield;
  const places = indices(seconds.length);
  const at = (i: number): number => {
    const own = seconds[i] as number;
    return Number.isNaN(own) ? Number.NEGATIVE_INFINITY : own;
  };
  return yield* sorted(places, (one, other) => at(one) - at(other) || 0);
}

/** Writers of one log are never this many seconds apart: what goes back further is another log. */
const MOST_DISORDER = 60;

/** A text whose time goes back more often than this is no row of logs but one that is in no order. */
const MOST_LOGS = 16;

/** The logs of servers (Apache, lighttpd) in a text. */
export const logsOf = stepwise(function* (source: NamedReading): Steps<readonly Log[]> {
  const logs: Log[] = [];
  for (const records of yield* byServer(source.reading.records)) {
    const { starts, ...entries } = yield* apart(records);
    for (const [i, start] of starts.entries()) {
      logs.push(yield* Log.of(source, entries, start, starts[i + 1] ?? records.length));
      yield;
    }
  }
  return logs;
});

function* byServer(records: readonly LogRecord[]): Steps<(readonly LogRecord[])[]> {
  const servers = new Map<string, LogRecord[]>();
  let before: { format: string; host: Host; own: LogRecord[] } | null = null;
  const pace = new Pace();
  for (const record of records) {
    if (pace.isDone()) yield;
    const { format } = record;
    if (format !== "apache" && format !== "lighttpd") continue;
    const host: Host = hostOf(record);
    // Most entries are of the same server as the one before.
    if (before === null || before.format !== format || before.host !== host) {
      const server: string = `${format} ${host ?? ""}`;
      const own: LogRecord[] = servers.get(server) ?? [];
      servers.set(server, own);
      before = { format, host, own };
    }
    before.own.push(record);
  }
  const all = [...servers.values()];
  return all[0]?.length === records.length ? [records] : all;
}

type Host = LogRecord["fields"][string] | undefined;

/** Who wrote the entry; a server's own entries do not say. */
function hostOf(record: LogRecord): Host {
  if (record instanceof EnvelopedRecord) return record.host;
  return record instanceof ServerEntry ? undefined : record.fields.host;
}

/** The logs of all texts. */
export const allLogs = (sources: readonly NamedReading[]): Log[] => sources.flatMap(logsOf);

/** Entries in the order of the text, and what is known of each. */
interface Entries {
  readonly records: readonly LogRecord[];
  readonly kinds: Kinds;
  /** As in `Timed`; not a number for null. */
  readonly seconds: Float64Array;
}

/** Two servers' logs in one text are told apart by the time, which begins anew: `starts` are the places where. */
function* apart(records: readonly LogRecord[]): Steps<Entries & { starts: readonly number[] }> {
  const starts = [0];
  const kinds = new Kinds(records.length);
  const seconds = new Float64Array(records.length);
  let latest = Number.NEGATIVE_INFINITY;
  let before: number | null = null;
  const pace = new Pace();
  for (let i = 0; i < records.length; i++) {
    if (pace.isDone()) yield;
    const record = records[i] as LogRecord;
    const own = secondsOfRecord(record);
    const begins = own !== null && own < latest - MOST_DISORDER;
    if (begins) starts.push(i);
    latest = begins ? own : Math.max(latest, own ?? latest);
    before = own ?? before;
    kinds.set(i, record.kind);
    seconds[i] = before ?? Number.NaN;
  }
  return { records, kinds, seconds, starts: starts.length > MOST_LOGS ? [0] : starts };
}

/** The earliest and the latest time of some entries. */
export function* timeRange(records: Iterable<LogRecord>): Steps<{
  first: string | null;
  last: string | null;
}> {
  let first: LogRecord | null = null;
  let last: LogRecord | null = null;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  const pace = new Pace();
  for (const record of records) {
    if (pace.isDone()) yield;
    const seconds = secondsOfRecord(record);
    if (seconds === null) continue;
    if (seconds < earliest) [first, earliest] = [record, seconds];
    if (seconds > latest) [last, latest] = [record, seconds];
  }
  return { first: first?.time ?? null, last: last?.time ?? null };
}

/** Records in the order of the text: as they are where they are in order, which is nearly always. */
export function inTextOrder(records: readonly LogRecord[]): readonly LogRecord[] {
  const places = records.map(({ span }) => span.from);
  if (places.every((place, i) => i === 0 || place >= (places[i - 1] as number))) return records;
  return [...records].sort((a, b) => a.span.from - b.span.from);
}

/** Records as evidence, in the order of the text. */
export function recordEvidence(
  source: NamedReading,
  records: readonly LogRecord[],
  says: (record: LogRecord) => string,
): Evidence[] {
  return inTextOrder(records)
    .slice(0, MOST_EVIDENCE)
    .map((record) => ({ source, span: record.span, says: says(record) }));
}

/** `11:20:15`: when something was, for a sentence. */
export const clockPart = (time: string | null): string => time?.slice(11, 19) ?? "an unknown time";

/** Evidence of several texts in the order of the texts, and of each text in its own. */
export function inOrder(
  evidence: readonly Evidence[],
  sources: readonly NamedReading[],
): Evidence[] {
  return [...evidence].sort(
    (a, b) => sources.indexOf(a.source) - sources.indexOf(b.source) || a.span.from - b.span.from,
  );
}
