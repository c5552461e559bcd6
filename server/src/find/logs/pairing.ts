import { monthNumber } from "../../read/calendar";
import { oncePer } from "../../read/oncePer";
import type { ListedProcess } from "../../read/tables/processes";
import type { NamedReading } from "../finding";
import { type BackendDeath, backendDeaths } from "./backendDeaths";
import { secondsOfClock } from "./clock";
import { allLogs, type Log, logsOf } from "./logs";
import type { Pool } from "./pools";

/**
 * The log of the server that a pool's workers answer to. The list has times of day but no date: it is taken to be of
 * the log's one day.
 */
export interface Pairing {
  readonly log: Log;
  /** `order`: it stands beside the list; `time`: a worker started when a backend died; `only`: there is no other. */
  readonly by: "order" | "time" | "only";
  readonly replacements: readonly Replacement[];
}

/** A worker that started when a backend had died. */
export interface Replacement {
  readonly worker: ListedProcess;
  readonly death: BackendDeath;
}

/** A spawner looks after its workers every few seconds. */
const MOST_DELAY = 30;

/** The log that belongs to the pool, or null where several may. */
export function pairingOf(pool: Pool, sources: readonly NamedReading[]): Pairing | null {
  const fits = (log: Log): boolean => namesBackends(log) && isOfOneDay(log, pool);
  const own = logsOf(pool.source);
  const beside = neighbours(pool, own).filter(fits);
  if (beside.length === 1) return paired(pool, beside[0], "order");
  const inText = own.filter(fits);
  const logs = inText.length > 0 ? inText : allLogs(sources).filter(fits);
  return logs.length === 1 ? paired(pool, logs[0], "only") : byTime(pool, logs);
}

function paired(pool: Pool, log: Log | undefined, by: Pairing["by"]): Pairing | null {
  return log === undefined ? null : { log, by, replacements: replacementsIn(pool, log) };
}

/** The one log of all in which most starts of workers follow a death. */
function byTime(pool: Pool, logs: readonly Log[]): Pairing | null {
  const pairings = logs.flatMap((log) => paired(pool, log, "time") ?? []);
  const most = Math.max(0, ...pairings.map(({ replacements }) => replacements.length));
  const best = pairings.filter(({ replacements }) => replacements.length === most);
  return most > 0 && best.length === 1 ? (best[0] ?? null) : null;
}

/** The logs in front of and behind the list, unless another list of processes stands in between. */
function neighbours({ source, table }: Pool, logs: readonly Log[]): Log[] {
  const lists = source.reading.tables.filter(({ kind }) => kind === "process-list");
  const spans = logs.map((log) => ({ log, ...extent(log) }));
  const before = spans.filter(({ to }) => to <= table.span.from).sort((a, b) => b.to - a.to)[0];
  const after = spans
    .filter(({ from }) => from >= table.span.to)
    .sort((a, b) => a.from - b.from)[0];
  const isFree = (from: number, to: number): boolean =>
    !lists.some(({ span }) => span.from >= from && span.to <= to);
  return [
    ...(before && isFree(before.to, table.span.from) ? [before.log] : []),
    ...(after && isFree(table.span.to, after.from) ? [after.log] : []),
  ];
}

function extent({ records }: Log): { from: number; to: number } {
  return { from: records[0]?.span.from ?? 0, to: records[records.length - 1]?.span.to ?? 0 };
}

const namesBackends = oncePer(({ records }: Log): boolean =>
  records.some(({ fields }) => typeof fields.backend === "string"),
);

/** Times of day say nothing where the log has several days, or where the list was made on another one. */
function isOfOneDay({ first, last }: Log, { workers, spawner }: Pool): boolean {
  if (first === null || first.slice(0, 10) !== last?.slice(0, 10)) return false;
  const [month, day] = first.slice(5, 10).split("-").map(Number) as [number, number];
  return [...workers, ...(spawner ? [spawner] : [])].every(({ start }) => {
    const dated = /^([A-Z][a-z]{2}) ?(\d{1,2})$/.exec(start ?? "");
    const started = monthNumber(dated?.[1] ?? "");
    if (!dated || started === 0) return true;
    // ps dates only what is not of its day. More than half a year ahead is the year before.
    const days = (started - month) * 31 + Number(dated[2]) - day;
    return days < 0 || days > 183;
  });
}

/** Each death with the first worker that started within half a minute of it. */
function replacementsIn({ workers }: Pool, log: Log): Replacement[] {
  const byMinute = startsByMinute(workers);
  return backendDeaths(log).flatMap((death) => {
    const died = secondsOfClock(death.time.slice(11, 19));
    if (died === null) return [];
    for (const minute of new Set([minuteOf(died), minuteOf(died + MOST_DELAY)])) {
      const started = byMinute.get(minute) ?? [];
      const at = started.findIndex(({ start }) => mayFollow(start, died));
      const [worker] = at < 0 ? [] : started.splice(at, 1);
      if (worker) return [{ worker, death }];
    }
    return [];
  });
}

const minuteOf = (seconds: number): number => Math.floor(seconds / 60);

function startsByMinute(workers: readonly ListedProcess[]): Map<number, ListedProcess[]> {
  const byMinute = new Map<number, ListedProcess[]>();
  for (const worker of workers) {
    const started = secondsOfClock(worker.start);
    if (started === null) continue;
    const minute = minuteOf(started);
    byMinute.set(minute, [...(byMinute.get(minute) ?? []), worker]);
  }
  return byMinute;
}

/** ps prints starts to the minute. */
function mayFollow(start: string | null, died: number): boolean {
  const started = secondsOfClock(start);
  if (started === null) return false;
  return started <= died + MOST_DELAY && started + (start?.length === 5 ? 59 : 0) >= died;
}
