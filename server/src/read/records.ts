import { isDigit } from "./chars";
import type { Envelope, EnvelopeOf } from "./envelope";
import type { Lines } from "./lines";
import type { LogRecord, Problem } from "./model";
import { lastAtOrBefore, type Span } from "./span";

/**
 * Records with what the shipper's prefix of their first line knows and they do not: time, pid, host and unit. A time
 * without a year gets the one year that all other times of the text have; where they differ or are none, it stays
 * unknown.
 */
export function addEnvelopes(
  records: readonly LogRecord[],
  lines: Lines,
  envelopeOf: EnvelopeOf,
): LogRecord[] {
  const starts = lines.starts.subarray(0, lines.count);
  const found = records.map((record) => {
    const line = lastAtOrBefore(starts, record.span.from, (start) => start);
    return { record, envelope: line < 0 ? null : envelopeOf(line) };
  });
  const year = onlyYear(found.map(({ record, envelope }) => record.time ?? envelope?.time ?? null));
  return found.map(({ record, envelope }) =>
    envelope === null ? record : withEnvelope(record, envelope, year),
  );
}

/** The year of all times that have one, or null. */
function onlyYear(times: readonly (string | null)[]): string | null {
  const years = new Set(times.flatMap((time) => (time === null ? [] : time.slice(0, 4))));
  return years.size === 1 ? ([...years][0] ?? null) : null;
}

function withEnvelope(record: LogRecord, envelope: Envelope, year: string | null): LogRecord {
  const { pid, yearless } = envelope;
  const time = envelope.time ?? (year !== null && yearless ? `${year}-${yearless}` : null);
  return {
    ...record,
    time: record.time ?? time,
    pid: record.pid ?? pid,
    fields: withSender(record.fields, envelope),
  };
}

function withSender(fields: LogRecord["fields"], { host, unit }: Envelope): LogRecord["fields"] {
  if (host !== null && unit !== null) return { host, unit, ...fields };
  if (host !== null) return { host, ...fields };
  return unit !== null ? { unit, ...fields } : fields;
}

/** A log is one format of one host. Times with and without a zone cannot be compared, and sort by their digits alone. */
interface Log {
  readonly format: string;
  readonly host: LogRecord["fields"][string] | undefined;
  /** A time of it; others have other digits. */
  readonly time: string;
  latest: string;
  /** Where the first record behind a later one stands, and how many there are. */
  first: Span;
  count: number;
}

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

/** The same for records that come bit by bit. */
export class TimeOrder {
  private readonly logs = new Map<string, Log>();
  private readonly late: Log[] = [];
  private log: Log | undefined;

  add(records: readonly LogRecord[]): void {
    for (const record of records) {
      const { time, span } = record;
      if (time === null) continue;
      // Most entries are of the same log as the one before.
      if (this.log === undefined || !isOf(this.log, record, time))
        this.log = logOf(this.logs, record, time);
      const { log } = this;
      // Processes of one server overtake each other within a second.
      const second = time.slice(0, SECONDS);
      if (second >= log.latest) log.latest = second;
      else if (log.count++ === 0) {
        log.first = span;
        this.late.push(log);
      }
    }
  }

  /** What is known by now, in the order in which the logs went back. */
  problems(): Problem[] {
    return this.late.map(told);
  }
}

/** The length of `2026-11-20T21:37:44`. */
const SECONDS = 19;

function logOf(logs: Map<string, Log>, { format, fields }: LogRecord, time: string): Log {
  const shape = time.slice(SECONDS).replace(/\d/g, "0");
  const key = `${format} ${fields.host ?? ""} ${shape}`;
  const known = logs.get(key);
  if (known) return known;
  const log: Log = { format, host: fields.host, time, latest: "", first: NOWHERE, count: 0 };
  logs.set(key, log);
  return log;
}

function isOf(log: Log, { format, fields }: LogRecord, time: string): boolean {
  return log.format === format && log.host === fields.host && isWrittenAlike(log.time, time);
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

function told({ first, count, latest }: Log): Problem {
  const entries = count === 1 ? "1 entry is" : `${count} entries are`;
  return {
    code: "out-of-order",
    message: `${entries} older than one before it; the latest is of ${latest}. Several writers, or files put together?`,
    span: first,
  };
}
