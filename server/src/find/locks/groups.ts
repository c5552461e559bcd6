// The threads of all texts that wait for the same lock. An address means the same lock in all processes of a program:
// they share the memory, or inherited its layout from one parent. Two programs share nothing.

import type { Process, Reading } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import type { NamedReading } from "../finding";
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

/** Most waiters first. */
export function lockGroups(sources: readonly NamedReading[]): LockGroup[] {
  const waits = collect(sources, ({ reading }) => waitsInOrder(reading), keyOfWait);
  const answers = collect(sources, ({ reading }) => lockAnswers(reading), keyOfAnswer);
  return [...waits]
    .map(([key, members]) => ({
      lock: (members[0] as In<LockWait>).it.lock?.address ?? null,
      waits: members,
      answers: answers.get(key) ?? [],
    }))
    .sort((one, other) => other.waits.length - one.waits.length);
}

const waitsInOrder = oncePer((reading: Reading): readonly LockWait[] =>
  [...lockWaits(reading)].sort(
    (one, other) => one.member.thread.span.from - other.member.thread.span.from,
  ),
);

function collect<T>(
  sources: readonly NamedReading[],
  inside: (source: NamedReading) => readonly T[],
  keyOf: (it: T) => string,
): Map<string, In<T>[]> {
  const groups = new Map<string, In<T>[]>();
  for (const source of sources) {
    for (const it of inside(source)) {
      const key = keyOf(it);
      const members = groups.get(key);
      if (members) members.push({ source, it });
      else groups.set(key, [{ source, it }]);
    }
  }
  return groups;
}

const keyOfWait = ({ lock, path, member }: LockWait): string =>
  lock === null ? `chain ${path.chain}` : keyOf(lock.address, member.process);

const keyOfAnswer = ({ address, process }: LockAnswer): string => keyOf(address, process);

const keyOf = (address: string, process: Process | null): string =>
  `${address} ${process === null ? "" : programOf(process)}`;

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
