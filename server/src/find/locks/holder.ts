import type { Process } from "../../read/model";
import type { NamedReading } from "../finding";
import type { Member } from "../groups";
import { stacksOf } from "../stacks";
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
  /** The thread of this number in the process, else in its text, else the only one in all texts. */
  find(lwp: number, process: Process | null, source: NamedReading): Member | null;
}

/** The member, or null where a number stands for several threads. */
type ByNumber = Map<number, Member | null>;

export function threadsOf(sources: readonly NamedReading[]): Threads {
  const everywhere: ByNumber = new Map();
  const byText = new Map<NamedReading, ByNumber>();
  const byProcess = new Map<Process, ByNumber>();
  for (const source of sources) {
    const inText: ByNumber = new Map();
    byText.set(source, inText);
    for (const member of stacksOf(source.reading).flatMap(({ members }) => members)) {
      const inProcess = byProcess.get(member.process) ?? new Map();
      byProcess.set(member.process, inProcess);
      for (const threads of [everywhere, inText, inProcess]) add(threads, member);
    }
  }
  return {
    find: (lwp, process, source) =>
      (process && byProcess.get(process)?.get(lwp)) ??
      byText.get(source)?.get(lwp) ??
      everywhere.get(lwp) ??
      null,
  };
}

function add(threads: ByNumber, member: Member): void {
  const lwp = lwpOf(member);
  if (lwp !== null) threads.set(lwp, threads.has(lwp) ? null : member);
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
  if (member === null || shared === true) return member;
  // A lock that nobody calls shared is another one in each process, though all print the same address.
  const { process } = wait.it.member;
  return process === asked && (shared === null || member.process === process) ? member : null;
}
