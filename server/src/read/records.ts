import { isDigit } from "./chars";
import type { Envelope, EnvelopeOf } from "./envelope";
import { EnvelopedRecord } from "./envelopedRecord";
import type { Lines } from "./lines";
import type { LogRecord, Problem } from "./model";
import { ServerEntry } from "./serverEntry";
import { lastAtOrBefore, type Span } from "./span";

/** How many times of a text are of which year. */
export type Years = ReadonlyMap<string, number>;

/** What the shipper's prefix of the first line of each record says; null where none says anything. */
export function envelopesOf(
  records: readonly LogRecord[],
  lines: Lines,
  envelopeOf: EnvelopeOf,
): (Envelope | null)[] | null {
  const starts = lines.starts.subarray(0, lines.count);
  const envelopes = records.map((record) => {
    const line = lastAtOrBefore(starts, record.span.from, (start) => start);
    return line < 0 ? null : envelopeOf(line);
  });
  return envelopes.some((envelope) => envelope !== null) ? envelopes : null;
}

/**
 * Records with what their envelopes know and they do not: time, pid, host and unit. A time without a year gets the one year
 * that all other times of the text have; where they differ or are none, it stays unknown.
 */
export function addEnvelopes(
  records: readonly LogRecord[],
  envelopes: readonly (Envelope | null)[],
  years: Years,
): LogRecord[] {
  const year = onlyYear(years);
  return records.map((record, i) => {
    const envelope = envelopes[i] ?? null;
    return envelope === null ? record : new EnvelopedRecord(record, envelope, year);
  });
}

/** The year of all times that have one, or null. */
export function onlyYear(years: Years): string | null {
  const [year] = years.keys();
  return year !== undefined && years.size === 1 ? year : null;
}

/** The years with those of more records, or of fewer. */
export function yearsWith(
  years: Years,
  records: Iterable<LogRecord>,
  envelopes: readonly (Envelope | null)[] | null,
  by: 1 | -1,
): Years {
  const sum = new Map(years);
  let i = 0;
  for (const record of records) {
    const time = ownTime(record) ?? envelopes?.[i]?.time ?? null;
    i++;
    if (time === null) continue;
    const year = time.slice(0, 4);
    const count = (sum.get(year) ?? 0) + by;
    if (count === 0) sum.delete(year);
    else sum.set(year, count);
  }
  return sum;
}

/** The time of a record as it was written, with its year. */
const ownTime = (record: LogRecord): string | null =>
  record instanceof EnvelopedRecord ? record.datedTime : record.time;

/** A log is one format of one host. Times with and without a zone cannot be compared, and sort by their digits alone. */
interface Log {
  readonly format: string;
  readonly host: Host;
  /** Tells it from others. */
  readonly key: string;
  /** A time of it; others have other digits. */
  readonly time: string;
  /** Where its first record stands. */
  readonly start: Span;
  /** The times that are no earlier than one before them, in order, and how many records have each. */
  readonly rising: Rise[];
  latest: Second;
  /** Where the first record behind a later one stands, and how many there are. */
  first: Span;
  count: number;
}

interface Rise {
  readonly second: Second;
  count: number;
}

/** The times of a log in a part of a text: all it takes to tell where those of the whole go back. */
export type LogTimes = Readonly<Pick<Log, "key" | "start" | "rising" | "first" | "count">>;

type Host = LogRecord["fields"][string] | undefined;

/** `20261120213744`; the beginning of the time as it is written where it has no such digits. */
export type Second = number | string;

export const NEVER = 0;
const NOWHERE: Span = { from: 0, to: 0 };

/**
 * Says where a log's time goes back: several writers, or files that were put together. Told once for each log, at the
 * first entry that stands behind a later one. Times are compared only where they are written alike.
 */
export function outOfOrder(records: readonly LogRecord[]): Problem[] {
  const order = new TimeOrder();
  order.add(records);
  return order.problems();
}

/** The times of the logs among records. */
export function logTimes(records: readonly LogRecord[]): LogTimes[] {
  const order = new TimeOrder();
  order.add(records);
  return order.times();
}

class TimeOrder {
  private readonly logs = new Map<string, Log>();
  private readonly late: Log[] = [];
  private log: Log | undefined;
  /** So many characters stand behind the seconds of the entry before; -1 for another record. */
  private fraction = -1;

  add(records: readonly LogRecord[]): void {
    for (const record of records) {
      if (record instanceof ServerEntry) this.addEntry(record);
      else this.addRecord(record);
    }
  }

  /** No text of an entry's time is made where a look at its digits is enough. */
  private addEntry(entry: ServerEntry): void {
    const { second, fraction, format } = entry;
    if (second < 0) return;
    if (fraction < 0) {
      this.addRecord(entry);
      return;
    }
    if (this.log === undefined || fraction !== this.fraction || this.log.format !== format) {
      this.log = logOf(this.logs, entry, undefined, entry.time ?? "");
      this.fraction = fraction;
    }
    this.addSecond(this.log, second, entry);
  }

  private addRecord(record: LogRecord): void {
    const { time, format } = record;
    if (time === null) return;
    const host = record instanceof EnvelopedRecord ? record.host : record.fields.host;
    // Most entries are of the same log as the one before.
    if (this.log === undefined || !isOf(this.log, format, host, time))
      this.log = logOf(this.logs, record, host, time);
    this.fraction = -1;
    this.addSecond(this.log, secondOf(time), record);
  }

  private addSecond(log: Log, second: Second, { span }: LogRecord): void {
    // Processes of one server overtake each other within a second.
    if (!isBefore(second, log.latest)) rise(log, second);
    else if (log.count++ === 0) {
      log.first = span;
      this.late.push(log);
    }
  }

  /** In the order in which the logs went back. */
  problems(): Problem[] {
    return this.late.map((log) => ({ ...outOfOrderProblem(log), span: log.first }));
  }

  times(): LogTimes[] {
    return [...this.logs.values()].map(({ key, start, rising, first, count }) => ({
      key,
      start,
      rising,
      first,
      count,
    }));
  }
}

function rise(log: Log, second: Second): void {
  const last = log.rising[log.rising.length - 1];
  if (last?.second === second) last.count++;
  else log.rising.push({ second, count: 1 });
  log.latest = second;
}

/** The length of `2026-11-20T21:37:44`. */
const SECONDS = 19;

function logOf(
  logs: Map<string, Log>,
  { format, span: start }: LogRecord,
  host: Host,
  time: string,
): Log {
  const shape = time.slice(SECONDS).replace(/\d/g, "0");
  const key = `${format} ${host ?? ""} ${shape}`;
  const known = logs.get(key);
  if (known) return known;
  const none = { latest: NEVER, first: NOWHERE, count: 0 };
  const log: Log = { format, host, key, time, start, rising: [], ...none };
  logs.set(key, log);
  return log;
}

function isOf(log: Log, format: string, host: Host, time: string): boolean {
  return log.format === format && log.host === host && isWrittenAlike(log.time, time);
}

/** Have both the same signs behind the seconds, and as many digits? */
function isWrittenAlike(one: string, other: string): boolean {
  if (one.length !== other.length) return one.length <= SECONDS && other.length <= SECONDS;
  for (let at = SECONDS; at < one.length; at++) {
    const code = one.charCodeAt(at);
    const isAlike =
      code === other.charCodeAt(at) || (isDigit(code) && isDigit(other.charCodeAt(at)));
    if (!isAlike) return false;
  }
  return true;
}

const SHAPE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

function secondOf(time: string): Second {
  const found = SHAPE.exec(time);
  return found === null ? time.slice(0, SECONDS) : Number(found[0].replace(/\D/g, ""));
}

export const isBefore = (one: Second, other: Second): boolean =>
  typeof one === "number" && typeof other === "number"
    ? one < other
    : secondText(one) < secondText(other);

function secondText(second: Second): string {
  if (typeof second === "string") return second;
  if (second === NEVER) return "";
  const digits = String(second).padStart(14, "0");
  return digits.replace(/(....)(..)(..)(..)(..)(..)/, "$1-$2-$3T$4:$5:$6");
}

/** What is said of a log that goes back; `count` entries do. */
export function outOfOrderProblem({
  count,
  latest,
}: Readonly<Pick<Log, "count" | "latest">>): Omit<Problem, "span"> {
  const entries = count === 1 ? "1 entry is" : `${count} entries are`;
  return {
    code: "out-of-order",
    message: `${entries} older than one before it; the latest is of ${secondText(latest)}. Several writers, or files put together?`,
  };
}
