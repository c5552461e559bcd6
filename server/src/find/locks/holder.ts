import type { Process } from "../../read/model";
import type { Steps } from "../../read/steps";
import type { NamedReading } from "../finding";
import { frameLabel, type Member } from "../groups";
import { Pace } from "../pace";
import { stepwise } from "../stepwise";
import type { In, LockGroup } from "./groups";
import { type LockAnswer, lwpOf } from "./owners";
import type { LockWait } from "./waits";

/** Can another process hold the lock? An answer's own bits say it best. */
export function isShared({ answers, waits }: LockGroup): boolean | null {
  const said = answers.find(({ it }) => it.shared !== null);
  if (said) return said.it.shared;
  return waits.find(({ it }) => it.shared !== null)?.it.shared ?? null;
}

/** The latest answer that names an owner: a session may ask again. */
export function ownerAnswer({ answers }: LockGroup): In<LockAnswer> | null {
  return answers.findLast(({ it }) => it.owner !== null) ?? null;
}

/** Who has the lock as the text proves it, or null. */
export function holderOf(group: LockGroup): number | null {
  const owner = ownerAnswer(group)?.it.owner ?? 0;
  return owner > 0 ? owner : null;
}

/** The captured threads by LWP. The same number in two texts may be two threads of two machines. */
export interface Threads {
  /**
   * The thread of this number in the process, else in its text, else the only one in the other texts; null where
   * several texts have different ones, undefined where none has. Of several samples in one text it is the latest.
   */
  find(lwp: number, process: Process | null, source: NamedReading): Member | null | undefined;
}

export const threadsOf = stepwise(function* (sources: readonly NamedReading[]): Steps<Threads> {
  const everywhere = new Map<number, Member | null>();
  const byText = new Map<NamedReading, Map<number, Member>>();
  const byProcess = new Map<Process, Map<number, Member>>();
  const pace = new Pace();
  for (const source of sources) {
    const inText = new Map<number, Member>();
    byText.set(source, inText);
    for (const member of inOrder(source)) {
      if (pace.isDone()) yield;
      const lwp = lwpOf(member);
      if (lwp === null) continue;
      const inProcess = byProcess.get(member.process) ?? new Map<number, Member>();
      byProcess.set(member.process, inProcess.set(lwp, member));
      inText.set(lwp, member);
    }
    for (const [lwp, member] of inText) {
      if (pace.isDone()) yield;
      const known = everywhere.get(lwp);
      everywhere.set(lwp, known === undefined || isSame(known, member) ? member : null);
    }
  }
  return {
    find: (lwp, process, source) =>
      (process && byProcess.get(process)?.get(lwp)) ??
      byText.get(source)?.get(lwp) ??
      everywhere.get(lwp),
  };
});

/** One process that two texts show is doing the same in both. */
const isSame = (known: Member | null, member: Member): boolean =>
  known !== null && labels(known) === labels(member);

const labels = ({ thread }: Member): string => thread.frames.map(frameLabel).join("\n");

/** The threads with a stack in document order. */
function* inOrder({ reading }: NamedReading): Generator<Member> {
  for (const process of reading.processes) {
    const threads = process.threads.filter(({ frames }) => frames.length > 0);
    threads.sort((one, other) => one.span.from - other.span.from);
    for (const thread of threads) yield { reading, process, thread };
  }
}

/** The thread that holds the lock which this one waits for, if the text proves it and shows that thread. */
export function holderFor(
  wait: In<LockWait>,
  group: LockGroup,
  shared: boolean | null,
  threads: Threads,
): Member | null {
  const answer = ownerAnswer(group);
  const holder = holderOf(group);
  if (answer === null || holder === null) return null;
  const asked = answer.it.process;
  const member = threads.find(holder, asked, answer.source);
  if (!member || shared === true) return member ?? null;
  // A lock that nobody calls shared is another one in each process, though all print the same address.
  const { process } = wait.it.member;
  return isOne(process, asked) && (shared === null || isOne(member.process, process))
    ? member
    : null;
}

/** Stacks and later answers about one process can stand apart in a text; its id connects them. */
const isOne = (one: Process, other: Process | null): boolean =>
  one === other || (one.pid !== null && one.pid === other?.pid);
