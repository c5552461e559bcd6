import type { LogRecord } from "../read/model";
import type { Steps } from "../read/steps";
import {
  type Evidence,
  type Finder,
  type Finding,
  MOST_EVIDENCE,
  type NamedReading,
} from "./finding";
import { DAY, dayOf, isoOf, roundTo, secondsOf, timesOf } from "./logs/clock";
import { allLogs, inOrder, type Log, recordEvidence, type Timed, timeRange } from "./logs/logs";
import { type BoundedResource, boundedResources } from "./logs/resources";
import { Pace } from "./pace";

/** Reloads closer together than this are somebody's test, and tell no rate. */
const LEAST_SPAN = 3600;

/** The reloads of one kind that one server's logs tell of. */
interface Reloads {
  readonly reloads: readonly Timed[];
  readonly logs: readonly Log[];
}

/**
 * `reload-count`: how often a server re-read its configuration without a full start, and when something that leaks at
 * each reload is used up. Values: `code`, `kind`, `mpm`, `count`, `first`, `last`, `perDay`, `everySeconds` (null below
 * an hour of reloads), `sinceStart` (null where no full start is in the logs), `resource`, `limit`, `exhausted` and `failed`
 * (did a library get none, and when), `leftDays` and `exhaustion` (at the latest; null where more reloads than that did no
 * harm), `lastFullStartIfDaily` (the failure less `limit` reloads, one a day where the rate is unknown).
 */
export const reloadCount: Finder = function* (sources) {
  const logs = allLogs(sources).filter(({ format }) => format === "apache");
  const findings: Finding[] = [];
  for (const lists of yield* byKind(logs)) {
    const found = servers(lists);
    // What the one server's other logs tell, its end and its start, is of it as well.
    const whole = found.length === 1 ? found.map((server) => ({ ...server, logs })) : found;
    for (const server of whole) findings.push(yield* describe(server, sources));
  }
  return findings;
};

/** Each log's reloads, one list a kind and code. */
function* byKind(logs: readonly Log[]): Steps<Reloads[][]> {
  const kinds = new Map<string, Reloads[]>();
  const pace = new Pace();
  for (const log of logs) {
    const own = new Map<string, Timed[]>();
    for (const at of yield* log.inTime(KINDS)) {
      if (pace.isDone(2)) yield;
      const timed = log.timed(at);
      const key = `${timed.kind} ${timed.record.code ?? ""}`;
      const known = own.get(key);
      if (known) known.push(timed);
      else own.set(key, [timed]);
    }
    for (const [key, reloads] of own) {
      kinds.set(key, [...(kinds.get(key) ?? []), { reloads, logs: [log] }]);
    }
  }
  return [...kinds.values()];
}

const resourceOf = (kind: string): BoundedResource | undefined => resources.get(kind);

/** By the kinds of entries that take one. */
const resources: ReadonlyMap<string, BoundedResource> = new Map(
  boundedResources
    .flatMap((resource) => resource.takenBy.map((kind) => [kind, resource] as const))
    .reverse(),
);

const KINDS: ReadonlySet<string> = new Set(resources.keys());

/** Logs that were rotated go on where the one before ends; those of two servers overlap. */
function servers(lists: readonly Reloads[]): Reloads[] {
  const start = ({ reloads }: Reloads): number => reloads[0]?.seconds ?? 0;
  const merged: Reloads[] = [];
  for (const next of [...lists].sort((a, b) => start(a) - start(b))) {
    const at = merged.findIndex((known) => isSameServer(known, next));
    const known = merged[at];
    if (known === undefined) merged.push(next);
    else merged[at] = together(known, next);
  }
  return merged;
}

function isSameServer(one: Reloads, next: Reloads): boolean {
  const [last, first] = [one.reloads[one.reloads.length - 1], next.reloads[0]];
  if (!last || !first || last.record.fields.host !== first.record.fields.host) return false;
  if (last.record.pid !== null && last.record.pid === first.record.pid) return true;
  return last.seconds !== null && first.seconds !== null && last.seconds < first.seconds;
}

/** What stands in both is one log that is open twice. */
function together(one: Reloads, next: Reloads): Reloads {
  const key = ({ record }: Timed): string => `${record.time} ${record.pid}`;
  const known = new Set(one.reloads.map(key));
  const fresh = next.reloads.filter(
    (timed) => timed.record.time === null || !known.has(key(timed)),
  );
  return { reloads: [...one.reloads, ...fresh], logs: [...one.logs, ...next.logs] };
}

function* describe(server: Reloads, sources: readonly NamedReading[]): Steps<Finding> {
  const records = server.reloads.map(({ record }) => record);
  const { code, kind } = records[0] as LogRecord;
  const resource = resourceOf(kind) as BoundedResource;
  const range = yield* timeRange(records);
  const perDay = rateOf(records.length, range);
  const failed = yield* failureOf(server, resource);
  const start = yield* lastFullStart(server, failed);
  const sinceStart = start === null ? null : countFrom(server, start);
  const values = {
    code,
    kind,
    mpm: yield* mpmOfAll(records),
    count: records.length,
    ...range,
    perDay: perDay === null ? null : roundTo(perDay, 2),
    everySeconds: perDay === null ? null : roundTo(DAY / perDay, 1),
    sinceStart,
    resource: resource.name,
    limit: resource.limit,
    exhausted: failed !== null,
    failed: failed?.seconds == null ? null : isoOf(failed.seconds),
    ...projection(resource, {
      perDay,
      failed,
      isOver: failed !== null && (start === null || start < (failed.seconds ?? start)),
      last: range.last,
      count: sinceStart ?? records.length,
    }),
  };
  return {
    kind: "reload-count",
    summary: summaryOf(values),
    values,
    evidence: inOrder(yield* evidenceOf(server, failed), sources),
  };
}

function rateOf(count: number, range: { first: string | null; last: string | null }) {
  const [first, last] = [secondsOf(range.first), secondsOf(range.last)];
  if (first === null || last === null || last - first < LEAST_SPAN) return null;
  return ((count - 1) * DAY) / (last - first);
}

interface Course {
  readonly perDay: number | null;
  readonly failed: Timed | null;
  /** Has the server not been started again since it failed? */
  readonly isOver: boolean;
  readonly last: string | null;
  /** Reloads since the last full start, or those that are known. */
  readonly count: number;
}

function projection({ limit }: BoundedResource, { perDay, failed, isOver, last, count }: Course) {
  const end = secondsOf(last);
  const open = !isOver && perDay !== null && end !== null && count < limit;
  const leftDays = open ? (limit - count) / perDay : null;
  return {
    leftDays: leftDays === null ? null : roundTo(leftDays, 1),
    exhaustion: open && leftDays !== null ? dayOf(end + leftDays * DAY) : null,
    lastFullStartIfDaily:
      failed?.seconds == null ? null : dayOf(failed.seconds - (limit / (perDay ?? 1)) * DAY),
  };
}

/** The first entry that shows that none is left. Libraries write no time: theirs is that of the entry before. */
function* failureOf({ logs }: Reloads, { exhaustedBy }: BoundedResource): Steps<Timed | null> {
  const kinds = new Set(exhaustedBy);
  for (const log of logs) {
    const [first] = yield* log.inTime(kinds);
    if (first !== undefined) return log.timed(first);
  }
  return null;
}

const countFrom = ({ reloads }: Reloads, start: number): number =>
  reloads.filter(({ seconds }) => seconds !== null && seconds >= start).length;

function* lastFullStart({ logs }: Reloads, failed: Timed | null): Steps<number | null> {
  let starts: number[] = [];
  for (const log of logs) starts = starts.concat(yield* fullStarts(log, failed));
  return starts.length === 0 ? null : starts.reduce((last, start) => Math.max(last, start));
}

/**
 * The starts that follow a stop, or the failure, which ends the parent. "Resuming normal operations" alone does not
 * show one: a rotated log begins with it.
 */
function* fullStarts(log: Log, failed: Timed | null): Steps<number[]> {
  let stopped = false;
  const starts: number[] = [];
  const kinds = new Set(["stop", "graceful-stop", "start", failed?.kind ?? ""]);
  const pace = new Pace();
  for (const at of yield* log.inTime(kinds)) {
    if (pace.isDone()) yield;
    const { record, kind, seconds } = log.timed(at);
    if (kind === "stop" || kind === "graceful-stop" || record === failed?.record) stopped = true;
    if (kind !== "start" || !stopped || seconds === null) continue;
    stopped = false;
    starts.push(seconds);
  }
  return starts;
}

function* mpmOfAll(records: readonly LogRecord[]): Steps<string | null> {
  const names = new Set<LogRecord["fields"][string] | undefined>();
  const pace = new Pace();
  for (const { fields } of records) {
    names.add(fields.mpm);
    if (pace.isDone()) yield;
  }
  const [name] = names;
  return names.size === 1 && typeof name === "string" ? name : null;
}

const NONE_LEFT = "a library got none";

function* evidenceOf({ logs, reloads }: Reloads, failed: Timed | null): Steps<Evidence[]> {
  const own = new Set<LogRecord>(reloads.map(({ record }) => record));
  if (failed) own.add(failed.record);
  const kinds = new Set([reloads[0]?.kind ?? "", failed?.kind ?? ""]);
  const says = (record: LogRecord): string =>
    record === failed?.record ? NONE_LEFT : "the server was reloaded";
  // The failure must be among them, however many reloads there were before it.
  const most = MOST_EVIDENCE - 1;
  const found: Evidence[] = [];
  for (const log of logs) {
    yield;
    const first = firstOf(log, yield* log.inText(kinds), own);
    found.push(...recordEvidence(log.source, first, says));
  }
  const last = failed && logs.find(({ records }) => records.includes(failed.record));
  const isShown = found.slice(0, most).some(({ says: text }) => text === NONE_LEFT);
  if (!last || !failed || isShown) return found.slice(0, MOST_EVIDENCE);
  return [...found.slice(0, most), ...recordEvidence(last.source, [failed.record], says)];
}

/** The first of these entries that are wanted, as many as evidence is made of. */
function firstOf(log: Log, entries: readonly number[], wanted: ReadonlySet<LogRecord>) {
  const found: LogRecord[] = [];
  for (const at of entries) {
    const record = log.records[at] as LogRecord;
    if (wanted.has(record)) found.push(record);
    if (found.length >= MOST_EVIDENCE) break;
  }
  return found;
}

function summaryOf(values: {
  readonly code: string | null;
  readonly count: number;
  readonly perDay: number | null;
  readonly resource: string;
  readonly limit: number;
  readonly exhausted: boolean;
  readonly exhaustion: string | null;
}): string {
  const { code, count, perDay, resource, limit } = values;
  const rate = perDay === null ? "" : `, ${perDay} a day`;
  const told = `The server was reloaded ${timesOf(count)}${code === null ? "" : ` (${code})`}${rate}`;
  if (values.exhausted)
    return `${told}, and then a library got no more of the ${limit} ${resource}`;
  if (values.exhaustion === null) return told;
  return `${told}: should each leak one of ${limit} ${resource}, none is left by ${values.exhaustion}`;
}
