import type { Table } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import { type ListedProcess, listedProcesses } from "../../read/tables/processes";
import type { NamedReading } from "../finding";

/** Processes of one command in one process list, and who starts them. */
export interface Pool {
  readonly source: NamedReading;
  readonly table: Table;
  readonly workers: readonly ListedProcess[];
  readonly spawner: ListedProcess | null;
}

/** Fewer equal commands than these are no pool. */
const LEAST_WORKERS = 3;

/** The pool of each process list that has one: the command that most of its processes run. */
export const poolsOf: (source: NamedReading) => readonly Pool[] = oncePer((source) =>
  source.reading.tables.flatMap((table) => {
    const pool = table.kind === "process-list" ? poolOf(table) : null;
    return pool === null ? [] : [{ source, table, ...pool }];
  }),
);

function poolOf(table: Table): Pick<Pool, "workers" | "spawner"> | null {
  const processes = listedProcesses(table);
  const byCommand = new Map<string, ListedProcess[]>();
  for (const process of processes) {
    const command = plainCommand(process.command);
    if (command === null) continue;
    const equal = byCommand.get(command);
    if (equal) equal.push(process);
    else byCommand.set(command, [process]);
  }
  let largest: ListedProcess[] = [];
  for (const equal of byCommand.values()) if (equal.length > largest.length) largest = equal;
  const spawner = spawnerOf(largest, processes);
  const workers = largest.filter((process) => process !== spawner);
  return workers.length >= LEAST_WORKERS ? { workers, spawner } : null;
}

/** Without the branches of a tree; null for the kernel's own threads, and for what ps does not show. */
function plainCommand(command: string | null): string | null {
  const plain = command?.replace(/^[ |\\_`-]{0,200}(?=[^ |\\_`-])/, "").trimEnd() ?? "";
  return plain === "" || plain.startsWith("[") ? null : plain;
}

/** Programs that keep a number of other programs running, by the last part of a word of their command. */
const SPAWNER =
  /(?:^|[ /])(?:spawner|spawn-fcgi|multiwatch|supervisord?|unicorn_rails master)(?: |$)/;

/** The parent of the workers or, where they have been left to process 1, the spawner in the list. */
function spawnerOf(
  workers: readonly ListedProcess[],
  processes: readonly ListedProcess[],
): ListedProcess | null {
  const parents = new Map<number, number>();
  for (const { parent } of workers) {
    if (parent !== null) parents.set(parent, (parents.get(parent) ?? 0) + 1);
  }
  const most = [...parents].find(([, children]) => children * 2 > workers.length)?.[0];
  const parent = processes.find(({ pid }) => pid !== null && pid === most && pid !== 1);
  if (parent) return parent;
  const users = new Set(workers.map(({ user }) => user));
  const root = most === undefined ? loneUser(workers) : null;
  if (root) return root;
  const named = processes.filter(
    ({ command, user }) => users.has(user) && SPAWNER.test((command ?? "").slice(0, 1000)),
  );
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** Where parents are not listed: a server's parent runs as root, its children as somebody else. */
function loneUser(workers: readonly ListedProcess[]): ListedProcess | null {
  const byUser = new Map<string | null, ListedProcess[]>();
  for (const worker of workers) {
    byUser.set(worker.user, [...(byUser.get(worker.user) ?? []).slice(-1), worker]);
  }
  const root = byUser.get("root");
  return byUser.size === 2 && root?.length === 1 ? (root[0] ?? null) : null;
}

/** Workers by what they have done. */
export interface Use {
  readonly idle: readonly ListedProcess[];
  readonly used: readonly ListedProcess[];
}

/** Memory that grows by less than this factor from one worker to the next larger one parts no groups. */
const LEAST_STEP = 1.5;

/** A worker that has computed for as many seconds has done more than start. */
const WORKED_SECONDS = 10;

/**
 * Who has worked and who only started: those that need far less memory than the others, and have computed for no
 * longer than a start takes. Null where memory does not part the workers and their computing says nothing either.
 */
export function useOf(workers: readonly ListedProcess[]): Use | null {
  const step = stepOf(workers);
  if (step === null) {
    const times = workers.map(({ cpuSeconds }) => cpuSeconds);
    if (times.every((time) => time !== null && time >= WORKED_SECONDS))
      return { idle: [], used: workers };
    return times.every((time) => time === 0) ? { idle: workers, used: [] } : null;
  }
  const isIdle = ({ residentKiB, cpuSeconds }: ListedProcess): boolean =>
    residentKiB !== null && residentKiB < step && (cpuSeconds ?? 0) < WORKED_SECONDS;
  return { idle: workers.filter(isIdle), used: workers.filter((worker) => !isIdle(worker)) };
}

/** The memory from which on a worker is one of the large ones: behind the widest gap. */
function stepOf(workers: readonly ListedProcess[]): number | null {
  const sizes = workers.flatMap(({ residentKiB }) => residentKiB ?? []).sort((a, b) => a - b);
  if (sizes.length < workers.length) return null;
  let widest = LEAST_STEP;
  let step: number | null = null;
  for (let i = 1; i < sizes.length; i++) {
    const [before, size] = [sizes[i - 1] as number, sizes[i] as number];
    if (before > 0 && size / before >= widest) {
      widest = size / before;
      step = size;
    }
  }
  return step;
}
