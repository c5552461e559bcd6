import type { Envelope, EnvelopeOf } from "./envelope";
import type { Lines } from "./lines";
import type { LogRecord, Problem } from "./model";
import { lastAtOrBefore } from "./span";

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
  const { host, unit, pid, yearless } = envelope;
  const time = envelope.time ?? (year !== null && yearless ? `${year}-${yearless}` : null);
  const known = Object.entries({ host, unit }).filter(([, value]) => value !== null);
  return {
    ...record,
    time: record.time ?? time,
    pid: record.pid ?? pid,
    fields: { ...Object.fromEntries(known), ...record.fields },
  };
}

/**
 * Says where a log's time goes back: several writers, or files that were put together. Told once for each log, at the
 * first entry that stands behind a later one. Times are compared only where they are written alike.
 */
export function outOfOrder(records: readonly LogRecord[]): Problem[] {
  const latest = new Map<string, string>();
  const first = new Map<string, LogRecord>();
  const counts = new Map<string, number>();
  for (const record of records) {
    if (record.time === null) continue;
    const log = logOf(record, record.time);
    // Processes of one server overtake each other within a second.
    const second = record.time.slice(0, 19);
    const before = latest.get(log);
    if (before === undefined || second >= before) latest.set(log, second);
    else {
      counts.set(log, (counts.get(log) ?? 0) + 1);
      if (!first.has(log)) first.set(log, record);
    }
  }
  return [...first].map(([log, record]) =>
    told(record, counts.get(log) ?? 0, latest.get(log) ?? ""),
  );
}

/** A log is one format of one host. Times with and without a zone cannot be compared, and sort by their digits alone. */
function logOf({ format, fields }: LogRecord, time: string): string {
  const shape = time.slice(19).replace(/\d/g, "0");
  return `${format} ${fields["host"] ?? ""} ${shape}`;
}

function told(record: LogRecord, count: number, latest: string): Problem {
  const entries = count === 1 ? "1 entry is" : `${count} entries are`;
  return {
    code: "out-of-order",
    message: `${entries} older than one before it; the latest is of ${latest}. Several writers, or files put together?`,
    span: record.span,
  };
}
