import { EnvelopedRecord } from "../../read/envelopedRecord";
import type { LogRecord } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import { ServerEntry } from "../../read/serverEntry";
import { type Evidence, MOST_EVIDENCE, type NamedReading } from "../finding";
import { secondsOfRecord } from "./clock";

/** The entries that one server wrote into one log, though text of others may stand between them. */
export interface Log {
  readonly source: NamedReading;
  readonly format: string;
  /** In the order of the text. */
  readonly records: readonly LogRecord[];
  /** In the order of time: processes of one server overtake each other. */
  readonly inTime: readonly Timed[];
  /** The earliest and the latest time, as the records have it. */
  readonly first: string | null;
  readonly last: string | null;
}

export interface Timed {
  readonly record: LogRecord;
  /** The record's. */
  readonly kind: string;
  /** Of the record itself or, where it has no time, of the one before it; null where there is none. */
  readonly seconds: number | null;
}

/** Writers of one log are never this many seconds apart: what goes back further is another log. */
const MOST_DISORDER = 60;

/** A text whose time goes back more often than this is no row of logs but one that is in no order. */
const MOST_LOGS = 16;

/** The logs of servers (Apache, lighttpd) in a text. */
export const logsOf: (source: NamedReading) => readonly Log[] = oncePer((source) => {
  return byServer(source.reading.records).flatMap((records) =>
    apart(records).map((own) => toLog(source, own)),
  );
});

function byServer(records: readonly LogRecord[]): LogRecord[][] {
  const servers = new Map<string, LogRecord[]>();
  let before: { format: string; host: Host; own: LogRecord[] } | null = null;
  for (const record of records) {
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
  return [...servers.values()];
}

type Host = LogRecord["fields"][string] | undefined;

/** Who wrote the entry; a server's own entries do not say. */
function hostOf(record: LogRecord): Host {
  if (record instanceof EnvelopedRecord) return record.host;
  return record instanceof ServerEntry ? undefined : record.fields.host;
}

/** The logs of all texts. */
export const allLogs = (sources: readonly NamedReading[]): Log[] => sources.flatMap(logsOf);

/** Two servers' logs in one text are told apart by the time, which begins anew. */
function apart(records: readonly LogRecord[]): Timed[][] {
  const logs: Timed[][] = [[]];
  let latest = Number.NEGATIVE_INFINITY;
  let before: number | null = null;
  for (const record of records) {
    const own = secondsOfRecord(record);
    const begins = own !== null && own < latest - MOST_DISORDER;
    if (begins) logs.push([]);
    latest = begins ? own : Math.max(latest, own ?? latest);
    before = own ?? before;
    logs[logs.length - 1]?.push({ record, kind: record.kind, seconds: before });
  }
  return logs.length > MOST_LOGS ? [logs.flat()] : logs;
}

function toLog(source: NamedReading, timed: readonly Timed[]): Log {
  const start = Number.NEGATIVE_INFINITY;
  const isInOrder = timed.every(
    ({ seconds }, i) => i === 0 || (seconds ?? start) >= (timed[i - 1]?.seconds ?? start),
  );
  const inTime = isInOrder
    ? timed
    : [...timed].sort((a, b) => (a.seconds ?? start) - (b.seconds ?? start) || 0);
  const isTimed = ({ record }: Timed): boolean => record.time !== null;
  return {
    source,
    format: timed[0]?.record.format ?? "",
    records: timed.map(({ record }) => record),
    inTime,
    first: inTime.find(isTimed)?.record.time ?? null,
    last: inTime.findLast(isTimed)?.record.time ?? null,
  };
}

/** The earliest and the latest time of some entries. */
export function timeRange(records: readonly LogRecord[]): {
  first: string | null;
  last: string | null;
} {
  let first: LogRecord | null = null;
  let last: LogRecord | null = null;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (const record of records) {
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
