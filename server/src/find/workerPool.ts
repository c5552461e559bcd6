import { oncePer } from "../read/oncePer";
import { atOnce } from "../read/steps";
import type { ListedProcess } from "../read/tables/processes";
import { plural } from "../words/plural";
import {
  type Evidence,
  type Finder,
  type Finding,
  MOST_EVIDENCE,
  type NamedReading,
} from "./finding";
import { backendDeaths } from "./logs/backendDeaths";
import { roundTo, secondsOfClock } from "./logs/clock";
import type { Log } from "./logs/logs";
import { type Pairing, pairingOf } from "./logs/pairing";
import { type Pool, poolsOf, type Use, useOf } from "./logs/pools";
import { type Snapshot, snapshotOf } from "./logs/snapshot";

/** As many process ids are among the values. */
const MOST_LISTED = 200;

/**
 * `worker-pool`: what one process list says of the workers of one command. Values: `workers`, `spawner` (process id),
 * `parent` (of all workers), `idle` and `used` (null where nothing tells them apart), `idleResidentKiB`,
 * `usedResidentKiB`, `usedMeanResidentKiB`, `idleRangeKiB`, `usedRangeKiB`, `totalResidentKiB`, `withSpawnerKiB`,
 * `meanResidentKiB`, `cpuSeconds`, `topPid`, `topCpuSeconds`, `topShare` (per cent), `startedToday`, `startedEarlier`,
 * `snapshotFrom` and `snapshotTo`, `ports`, `checkSeconds` (both of the spawner's command).
 * With the server's log, if that can be told (`logBy`, see Pairing): `deathsLogged` (ends of backends, from the last
 * start of the server to the snapshot), `replaced`, `replacedAt` and `replacedUnlogged` (workers that started after
 * it, and those of them with no such end before them).
 */
export const workerPool: Finder = (sources) =>
  sources.flatMap((source) => poolsOf(source).map((pool) => describe(pool, sources)));

function describe(pool: Pool, sources: readonly NamedReading[]): Finding {
  const { workers, spawner, table } = pool;
  const use = useOf(workers);
  const snapshot = snapshotOf(table, workers);
  const memory = memoryOf(pool, use);
  const history = historyOf(pool, pairingOf(pool, sources), snapshot);
  const parents = new Set(workers.map(({ parent }) => parent));
  const [parent = null] = parents;
  return {
    kind: "worker-pool",
    summary: summaryOf(workers.length, use, memory.totalResidentKiB, history.replacedUnlogged),
    values: {
      workers: workers.length,
      spawner: spawner?.pid ?? null,
      parent: parents.size === 1 ? parent : null,
      ...memory,
      ...computing(workers),
      startedToday: pidsOf(workers.filter(({ startedToday }) => startedToday === true)),
      startedEarlier: workers.filter(({ startedToday }) => startedToday === false).length,
      snapshotFrom: snapshot.from,
      snapshotTo: snapshot.to,
      ...spawning(spawner),
      ...history,
    },
    evidence: evidenceOf(pool, use),
  };
}

const pidsOf = (processes: readonly ListedProcess[]): number[] =>
  processes.flatMap(({ pid }) => pid ?? []).slice(0, MOST_LISTED);

/** The sum, or null where one is not known. */
function sum(numbers: readonly (number | null)[]): number | null {
  let total = 0;
  for (const number of numbers) {
    if (number === null) return null;
    total += number;
  }
  return total;
}

function memoryOf({ workers, spawner }: Pool, use: Use | null) {
  const total = sum(workers.map(({ residentKiB }) => residentKiB));
  const spawnerKiB = spawner?.residentKiB ?? null;
  const idle = groupMemory(use?.idle);
  const used = groupMemory(use?.used);
  return {
    idle: use?.idle.length ?? null,
    used: use?.used.length ?? null,
    idleResidentKiB: idle.total,
    usedResidentKiB: used.total,
    usedMeanResidentKiB: used.mean,
    idleRangeKiB: idle.range,
    usedRangeKiB: used.range,
    totalResidentKiB: total,
    withSpawnerKiB: total === null || spawnerKiB === null ? null : total + spawnerKiB,
    meanResidentKiB: total === null ? null : Math.round(total / workers.length),
  };
}

function groupMemory(group: readonly ListedProcess[] | undefined) {
  const total = group ? sum(group.map(({ residentKiB }) => residentKiB)) : null;
  if (!group || total === null || group.length === 0) return { total, mean: null, range: null };
  const sizes = group.flatMap(({ residentKiB }) => residentKiB ?? []);
  const range = sizes.reduce(
    ([least, most], size): [number, number] => [Math.min(least, size), Math.max(most, size)],
    [Number.POSITIVE_INFINITY, 0] as [number, number],
  );
  return { total, mean: Math.round(total / group.length), range };
}

function computing(workers: readonly ListedProcess[]) {
  const total = sum(workers.map(({ cpuSeconds }) => cpuSeconds));
  const top = workers.reduce<ListedProcess | null>(
    (most, worker) => ((worker.cpuSeconds ?? -1) > (most?.cpuSeconds ?? -1) ? worker : most),
    null,
  );
  const seconds = total === null || total === 0 ? null : (top?.cpuSeconds ?? null);
  return {
    cpuSeconds: total,
    topPid: seconds === null ? null : (top?.pid ?? null),
    topCpuSeconds: seconds,
    topShare: seconds === null || total === null ? null : roundTo((seconds / total) * 100, 1),
  };
}

/** Rails' spawner is told the first port, how many workers, and how often to look after them. */
function spawning(spawner: ListedProcess | null) {
  const command = spawner?.command?.slice(0, 1000) ?? "";
  const isRails = /(?:^|\/)spawner (?:fcgi|mongrel)(?: |$)/.test(command);
  const option = (name: string): number | null => {
    const digits = isRails ? new RegExp(` -${name} (\\d{1,9})(?: |$)`).exec(command) : null;
    return digits ? Number(digits[1]) : null;
  };
  const [first, count] = [option("p"), option("i")];
  const isRange = first !== null && count !== null && count > 0;
  return { ports: isRange ? [first, first + count - 1] : null, checkSeconds: option("r") };
}

const UNKNOWN = {
  logBy: null,
  deathsLogged: null,
  replaced: null,
  replacedAt: null,
  replacedUnlogged: null,
};

function historyOf({ workers }: Pool, pairing: Pairing | null, { to }: Snapshot) {
  if (pairing === null) return UNKNOWN;
  const { log, by, replacements } = pairing;
  const since = clockIn(lastStart(log));
  const until = secondsOfClock(to) ?? Number.POSITIVE_INFINITY;
  const deaths = backendDeaths(log).filter(({ time }) => {
    const died = clockIn(time) ?? 0;
    return died >= (since ?? 0) && died <= until;
  });
  if (since === null) return { ...UNKNOWN, logBy: by, deathsLogged: deaths.length };
  const replaced = workers.filter(({ start }) => (secondsOfClock(start) ?? -1) >= since);
  const told = new Set(replacements.map(({ worker }) => worker));
  return {
    logBy: by,
    deathsLogged: deaths.length,
    replaced: replaced.length,
    replacedAt: replaced.map(({ start }) => start).slice(0, MOST_LISTED),
    replacedUnlogged: replaced.filter((worker) => !told.has(worker)).length,
  };
}

const STARTS: ReadonlySet<string> = new Set(["server-start"]);

const lastStart = oncePer((log: Log): string | null => {
  const last = atOnce(log.inTime(STARTS)).at(-1);
  return last === undefined ? null : (log.records[last]?.time ?? null);
});

/** Seconds since midnight of a record's time. */
const clockIn = (time: string | null): number | null => secondsOfClock(time?.slice(11, 19) ?? null);

function evidenceOf({ source, table, workers, spawner }: Pool, use: Use | null): Evidence[] {
  const idle = new Set(use?.idle ?? []);
  const says = (process: ListedProcess): string => {
    if (process === spawner) return "starts the workers";
    if (use === null) return "a worker";
    return idle.has(process) ? "a worker that has only started" : "a worker that has worked";
  };
  return [...(spawner ? [spawner] : []), ...workers]
    .sort((a, b) => a.row - b.row)
    .slice(0, MOST_EVIDENCE)
    .flatMap((process) => {
      const span = table.rows[process.row]?.span;
      return span ? [{ source, span, says: says(process) }] : [];
    });
}

function summaryOf(
  workers: number,
  use: Use | null,
  totalKiB: number | null,
  unlogged: number | null,
): string {
  const memory = totalKiB === null ? "" : `, ${roundTo(totalKiB / 1024 ** 2, 2)} GiB together`;
  const idle = use === null ? "" : `, ${use.used.length} used and ${use.idle.length} idle`;
  const lost =
    unlogged === null || unlogged === 0
      ? ""
      : `; ${unlogged} of them replaced workers whose end no log line tells of`;
  return `${plural(workers, "worker")}${idle}${memory}${lost}`;
}
