import type { Thread } from "../read/model";
import type { Steps } from "../read/steps";
import { chosenEvidence, evidence } from "./evidence";
import type { Finder, Finding, NamedReading } from "./finding";
import { type In, type LockGroup, lockGroups } from "./locks/groups";
import { holderFor, holderOf, isShared, ownerAnswer, threadsOf } from "./locks/holder";
import { lwpOf } from "./locks/owners";
import { type LockWait, lockFrame } from "./locks/waits";
import { Pace } from "./pace";

/**
 * `wait-cycle`: threads of which each waits for a lock that the next one holds, and the last one for a lock of the first.
 * Proven by printed owners only. A thread that waits for a lock of its own is a cycle of one.
 * Values: `cycle` (`pid`, `lwp`, `lock` that it waits for, `holder`), `length`, and the first link's `pid`, `lwp`, `lock`
 * and `holder`.
 */
export const waitCycle: Finder = function* (sources) {
  const all = yield* lockGroups.steps(sources);
  const groups = all.filter((group) => holderOf(group) !== null);
  if (groups.length === 0) return [];
  const waiting = yield* stepsOf(groups, sources);
  return cyclesOf(waiting).map((cycle) => describe(cycle, sources));
};

/** A thread, the lock that it waits for, and the thread that holds it. */
interface Step {
  readonly wait: In<LockWait>;
  readonly group: LockGroup;
  readonly holder: Thread;
}

function* stepsOf(
  groups: readonly LockGroup[],
  sources: readonly NamedReading[],
): Steps<Map<Thread, Step>> {
  const threads = yield* threadsOf.steps(sources);
  const steps = new Map<Thread, Step>();
  const pace = new Pace();
  for (const group of groups) {
    const shared = isShared(group);
    for (const wait of group.waits) {
      if (pace.isDone()) yield;
      const holder = holderFor(wait, group, shared, threads);
      if (holder) steps.set(wait.it.member.thread, { wait, group, holder: holder.thread });
    }
  }
  return steps;
}

/** Each thread is walked through once: a walk that meets itself has found a cycle, one that meets another ends there. */
function cyclesOf(steps: ReadonlyMap<Thread, Step>): Step[][] {
  const walked = new Map<Thread, number>();
  const cycles: Step[][] = [];
  let walk = 0;
  for (const start of steps.keys()) {
    walk++;
    let thread: Thread | undefined = start;
    while (thread && steps.has(thread) && !walked.has(thread)) {
      walked.set(thread, walk);
      thread = steps.get(thread)?.holder;
    }
    if (thread && walked.get(thread) === walk) cycles.push(cycleFrom(thread, steps));
  }
  return cycles;
}

function cycleFrom(start: Thread, steps: ReadonlyMap<Thread, Step>): Step[] {
  const cycle: Step[] = [];
  let thread = start;
  do {
    const step = steps.get(thread) as Step;
    cycle.push(step);
    thread = step.holder;
  } while (thread !== start);
  return cycle;
}

function describe(steps: readonly Step[], sources: readonly NamedReading[]): Finding {
  const cycle = steps.map(({ wait, group }) => ({
    pid: wait.it.member.process.pid,
    lwp: lwpOf(wait.it.member),
    lock: group.lock,
    holder: holderOf(group),
  }));
  return {
    kind: "wait-cycle",
    summary: summaryOf(cycle),
    values: { cycle, length: cycle.length, ...(cycle[0] as (typeof cycle)[number]) },
    evidence: chosenEvidence(sources, steps.flatMap(evidenceOf), []),
  };
}

interface Link {
  readonly lwp: number | null;
  readonly lock: string | null;
  readonly holder: number | null;
}

/** A cycle is named by its first threads. */
const MOST_NAMED = 4;

function summaryOf(cycle: readonly Link[]): string {
  const [first] = cycle as [Link];
  if (cycle.length === 1)
    return `Thread ${first.lwp} waits for ${first.lock}, which it holds itself`;
  const links = cycle
    .slice(0, MOST_NAMED)
    .map(({ lwp, lock, holder }) => `${lwp} waits for ${lock}, held by ${holder}`);
  const rest = cycle.length > MOST_NAMED ? ", and so on" : "";
  return `${cycle.length} threads wait for each other in a circle: ${links.join("; ")}${rest}`;
}

function evidenceOf({ wait, group }: Step) {
  const waits = evidence(wait.source, lockFrame(wait.it).span, `waits for ${group.lock}`);
  const answer = ownerAnswer(group);
  if (answer === null) return [waits];
  const says = `says that ${answer.it.owner} has ${group.lock}`;
  return [waits, evidence(answer.source, answer.it.span, says)];
}
