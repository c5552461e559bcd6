import { idleStack } from "../frames/idle";
import { isFailing, waitingPart } from "../frames/waiting";
import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import { evidence } from "./evidence";
import { type Finder, type Finding, MOST_EVIDENCE, type NamedReading } from "./finding";
import type { Member, StackGroup } from "./groups";
import { Pace } from "./pace";
import { stacksOf } from "./stacks";

/**
 * `thread-state`: what the threads of a text are doing, one finding a text with stacks.
 * Values: `running`, `waitingLock`, `waitingCondition`, `waitingIo`, `waitingChild`, `idle` (the known stack of a process
 * with nothing to do), `failing`, `other` (sleeping), `threads`, `processes`.
 */
export const threadState: Finder = function* (sources) {
  const findings: Finding[] = [];
  for (const source of sources)
    if (stacksOf(source.reading).length > 0) findings.push(yield* describe(source));
  return findings;
};

const states = [
  "running",
  "waitingLock",
  "waitingCondition",
  "waitingIo",
  "waitingChild",
  "idle",
  "failing",
  "other",
] as const;
type State = (typeof states)[number];

const words: Readonly<Record<State, string>> = {
  running: "running",
  waitingLock: "waiting for a lock",
  waitingCondition: "waiting for another thread",
  waitingIo: "waiting for I/O",
  waitingChild: "waiting for a child process",
  idle: "idle",
  failing: "failing",
  other: "sleeping",
};

const waitingStates: ReadonlyMap<string, State> = new Map([
  ["wait-lock", "waitingLock"],
  ["wait-cond", "waitingCondition"],
  ["wait-io", "waitingIo"],
  ["wait-child", "waitingChild"],
]);

function* describe(source: NamedReading): Steps<Finding> {
  const groups = stacksOf(source.reading);
  const counts = yield* countStates(groups);
  const threads = groups.reduce((sum, { members }) => sum + members.length, 0);
  const processes = source.reading.processes.filter((process) =>
    process.threads.some(({ frames }) => frames.length > 0),
  ).length;
  return {
    kind: "thread-state",
    summary: summaryOf(counts, threads),
    values: { ...counts, threads, processes },
    evidence: groups
      .slice(0, MOST_EVIDENCE)
      .map((group) => groupEvidence(source, group))
      .sort((one, other) => one.span.from - other.span.from),
  };
}

function* countStates(groups: readonly StackGroup[]): Steps<Record<State, number>> {
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<State, number>;
  const pace = new Pace();
  for (const { members } of groups) {
    if (pace.isDone(8)) yield;
    const state = stateOf((members[0] as Member).thread.frames);
    for (const { process, thread } of members) {
      counts[thread.crashed && isFatal(process.signal) ? "failing" : state]++;
      if (pace.isDone()) yield;
    }
  }
  return counts;
}

/** What a stack shows of its thread. */
export function stateOf(frames: Member["thread"]["frames"]): State {
  if (idleStack(frames)) return "idle";
  const part = waitingPart(frames);
  if (part) return waitingStates.get(part.role) ?? "other";
  return isFailing(frames) ? "failing" : "running";
}

/** Signals that gdb stops a healthy thread with. */
const harmless = new Set(["SIGINT", "SIGSTOP", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIG0"]);
const isFatal = (signal: string | null): boolean => signal !== null && !harmless.has(signal);

function summaryOf(counts: Readonly<Record<State, number>>, threads: number): string {
  const parts = states
    .filter((state) => counts[state] > 0)
    .sort((one, other) => counts[other] - counts[one])
    .map((state) => `${counts[state]} ${words[state]}`);
  return `${plural(threads, ["thread", "threads"])}: ${parts.join(", ")}`;
}

/** One place a stack: its first thread, at the innermost frame. */
function groupEvidence(source: NamedReading, { members, state }: StackGroup) {
  const { thread } = members[0] as Member;
  const many = members.length > 1 ? `${members.length} threads with this stack: ` : "";
  return evidence(source, thread.frames[0]?.span ?? thread.span, `${many}${state}`);
}
