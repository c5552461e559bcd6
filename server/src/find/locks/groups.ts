// The threads of all texts that wait for the same lock. An address means the same lock in all processes of a program:
// they share the memory, or inherited its layout from one parent. Two programs share nothing.

import type { Process, Reading } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import type { Steps } from "../../read/steps";
import type { NamedReading } from "../finding";
import { Pace } from "../pace";
import { indices, sorted } from "../sorted";
import { stepwise } from "../stepwise";
import { type LockAnswer, lockAnswers } from "./owners";
import { type LockWait, lockWaits } from "./waits";

/** A wait or an answer, with the text that it stands in. */
export interface In<T> {
  readonly source: NamedReading;
  readonly it: T;
}

export interface LockGroup {
  /** Null where no frame prints it. */
  readonly lock: string | null;
  /** In the order of the texts, and of each text. */
  readonly waits: readonly In<LockWait>[];
  /** What the texts print of the lock. */
  readonly answers: readonly In<LockAnswer>[];
}

/** Most waiters first; conditions last, which nobody holds. */
export const lockGroups = stepwise(function* (
  sources: readonly NamedReading[],
): Steps<readonly LockGroup[]> {
  for (const { reading } of sources) yield* waitsInOrder.steps(reading);
  const programs = yield* programsByLock(sources);
  const waits = yield* collect(
    sources,
    ({ reading }) => waitsInOrder.steps(reading),
    (wait) => keyOfWait(wait, programs),
  );
  if (waits.size === 0) return [];
  const answers = yield* collect(
    sources,
    ({ reading }) => lockAnswers.steps(reading),
    (answer) => keyOf(answer.address, answer.process, programs),
  );
  const groups = [...waits].map(([key, members]) => ({
    lock: (members[0] as In<LockWait>).it.lock?.address ?? null,
    waits: members,
    answers: answers.get(key) ?? [],
  }));
  yield;
  const compare = (one: LockGroup, other: LockGroup): number =>
    Number(isCondition(one)) - Number(isCondition(other)) || other.waits.length - one.waits.length;
  const order = yield* sorted(indices(groups.length), (one, other) =>
    compare(groups[one] as LockGroup, groups[other] as LockGroup),
  );
  return Array.from(order, (i) => groups[i] as LockGroup);
});

const isCondition = ({ waits }: LockGroup): boolean => waits[0]?.it.path.kind === "condition";

const waitsInOrder = stepwise(function* (reading: Reading): Steps<readonly LockWait[]> {
  const waits = yield* lockWaits.steps(reading);
  const starts = new Float64Array(waits.length);
  const pace = new Pace();
  for (const [i, { member }] of waits.entries()) {
    starts[i] = member.thread.span.from;
    if (pace.isDone()) yield;
  }
  const compare = (one: number, other: number): number =>
    (starts[one] as number) - (starts[other] as number);
  const order = yield* sorted(indices(waits.length), compare);
  return Array.from(order, (i) => waits[i] as LockWait);
});

function* collect<T>(
  sources: readonly NamedReading[],
  inside: (source: NamedReading) => Steps<readonly T[]>,
  keyOf: (it: T) => string,
): Steps<Map<string, In<T>[]>> {
  const groups = new Map<string, In<T>[]>();
  const pace = new Pace();
  for (const source of sources) {
    for (const it of yield* inside(source)) {
      if (pace.isDone()) yield;
      const key = keyOf(it);
      const members = groups.get(key);
      if (members) members.push({ source, it });
      else groups.set(key, [{ source, it }]);
    }
  }
  return groups;
}

/** The programs whose threads wait for the lock at an address, as far as they are known. */
type Programs = ReadonlyMap<string, ReadonlySet<string>>;

function* programsByLock(sources: readonly NamedReading[]): Steps<Programs> {
  const programs = new Map<string, Set<string>>();
  const pace = new Pace();
  for (const { reading } of sources) {
    for (const { lock, member } of yield* waitsInOrder.steps(reading)) {
      if (pace.isDone()) yield;
      const program = lock && programOf(member.process);
      if (!lock || !program) continue;
      const known = programs.get(lock.address);
      if (known) known.add(program);
      else programs.set(lock.address, new Set([program]));
    }
  }
  return programs;
}

const keyOfWait = ({ lock, path, member }: LockWait, programs: Programs): string =>
  lock === null ? `chain ${path.chain}` : keyOf(lock.address, member.process, programs);

/** A process of which no program is known goes with the only program that has a lock there. */
function keyOf(address: string, process: Process | null, programs: Programs): string {
  const program = process === null ? "" : programOf(process);
  const known = programs.get(address);
  const only = known?.size === 1 ? [...known][0] : "";
  return `${address} ${program || only}`;
}

/** The program's file name; gdb does not tell it of every process that it attaches to, but `main` stands in it. */
const programOf = oncePer((process: Process): string => {
  const program = process.program ?? programOfMain(process) ?? "";
  return program.slice(program.lastIndexOf("/") + 1);
});

function programOfMain({ threads }: Process): string | null {
  for (const { frames } of threads) {
    const outermost = frames.at(-1);
    if (outermost?.function === "main") return outermost.library;
  }
  return null;
}
