import { idleStack } from "../frames/idle";
import { waitingFor } from "../frames/waiting";
import type { Frame } from "../read/frame";
import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import { chosenEvidence, evidence } from "./evidence";
import {
  type Evidence,
  type Finder,
  type Finding,
  MOST_EVIDENCE,
  type NamedReading,
  type Values,
} from "./finding";
import { firstFindings } from "./limited";
import { type In, type LockGroup, lockGroups } from "./locks/groups";
import { holderOf, isShared, ownerAnswer, type Threads, threadsOf } from "./locks/holder";
import { type LockAnswer, lwpOf } from "./locks/owners";
import { askedAddresses } from "./locks/question";
import { staleFrame } from "./locks/stale";
import { type LockWait, lockFrame } from "./locks/waits";
import { Pace } from "./pace";

/**
 * `lock-wait`: threads, of whatever process and text, that wait for the same lock.
 * Values: `lock` (an address, or a semaphore's or descriptor's number), `lockKind`, `lockType` (for a cast in gdb),
 * `lockName` (gdb's name for the address), `function`, `caller`, `frame` (the one that prints the lock, in the first
 * waiter), `waiters`, `processes`, `ofThreads`, `ofProcesses`, `pid`, `lwp` (of the first waiter), `idle` (the stack of a
 * process with nothing to do), `holder`, `holderBy` (`printed`, or `deduced`: no other lock is left), `holderCaptured`,
 * `holderState` (`idle, ...` for the known stack of a process with nothing to do), `ownerAsked`, `owner` (as printed, 0 for nobody), `owners` (that were printed, each once, the latest 20), `lockWord`,
 * `robust`, `sharedMemory`, `staleArguments`, `staleFrame`.
 */
export const lockWait: Finder = function* (sources) {
  const groups = yield* lockGroups.steps(sources);
  if (groups.length === 0) return [];
  const isHeld = groups.some((group) => holderOf(group) !== null);
  const threads = yield* threadsOf.steps(isHeld ? sources : NOBODY);
  const all = yield* totals(sources);
  const asked = new Set(sources.flatMap(({ reading }) => [...askedAddresses(reading)]));
  return yield* firstFindings(groups, (group) => describe(group, sources, { threads, all, asked }));
};

const NOBODY: readonly NamedReading[] = [];

interface Totals {
  readonly ofThreads: number;
  readonly ofProcesses: number;
}

/** What is the same for all locks. */
interface Context {
  readonly threads: Threads;
  readonly all: Totals;
  readonly asked: ReadonlySet<string>;
}

function* totals(sources: readonly NamedReading[]): Steps<Totals> {
  let ofThreads = 0;
  let ofProcesses = 0;
  const pace = new Pace();
  for (const { reading } of sources) {
    for (const { threads } of reading.processes) {
      if (pace.isDone(threads.length)) yield;
      const withStack = threads.filter(({ frames }) => frames.length > 0).length;
      ofThreads += withStack;
      if (withStack > 0) ofProcesses++;
    }
  }
  return { ofThreads, ofProcesses };
}

function describe(
  group: LockGroup,
  sources: readonly NamedReading[],
  { threads, all, asked }: Context,
): Finding {
  const values = {
    ...lockValues(group),
    ...waiterValues(group, all),
    ...holderValues(group, threads),
    ownerAsked: group.answers.length > 0 || (group.lock !== null && asked.has(group.lock)),
    ...staleValues(group),
  };
  return {
    kind: "lock-wait",
    summary: summaryOf(values, all),
    values,
    evidence: evidenceOf(group, sources),
  };
}

const firstOf = ({ waits }: LockGroup): LockWait => (waits[0] as In<LockWait>).it;

function lockValues(group: LockGroup) {
  const { lock, path } = firstOf(group);
  return {
    lock: group.lock,
    lockKind: path.kind,
    lockType: lock?.entry.type ?? null,
    lockName: lock?.symbol ?? null,
    function: path.function,
    caller: path.caller,
    sharedMemory: isShared(group),
  };
}

function waiterValues(group: LockGroup, all: Totals) {
  const first = firstOf(group);
  const { process } = first.member;
  return {
    frame: first.lock === null ? null : (lockFrame(first).number ?? first.lock.index),
    waiters: group.waits.length,
    processes: new Set(group.waits.map(({ it }) => it.member.process)).size,
    ...all,
    pid: process.pid,
    lwp: lwpOf(first.member),
    idle: group.waits.every(({ it }) => it.idle),
  };
}

/** Enough to see that owners change. */
const MOST_OWNERS = 20;

function holderValues(group: LockGroup, threads: Threads) {
  const holder = holderOf(group);
  const answer = ownerAnswer(group);
  const thread =
    holder === null || answer === null
      ? null
      : threads.find(holder, answer.it.process, answer.source);
  const owners = group.answers.flatMap(({ it }) => (it.owner === null ? [] : [it.owner]));
  return {
    holder,
    holderBy: holder === null ? null : (answer?.it.by ?? null),
    holderCaptured: thread === null ? null : thread !== undefined,
    holderState: thread ? stateWords(thread.thread.frames) : null,
    owner: answer?.it.owner ?? null,
    owners: [...new Set(owners)].slice(-MOST_OWNERS),
    lockWord: group.answers.findLast(({ it }) => it.word !== null)?.it.word ?? null,
    robust: group.answers.findLast(({ it }) => it.robust !== null)?.it.robust ?? null,
  };
}

/** A holder with nothing to do has left the section without giving the lock back. */
function stateWords(frames: readonly Frame[]): string {
  const state = waitingFor(frames);
  return idleStack(frames) === null ? state : `idle, ${state}`;
}

function staleValues(group: LockGroup) {
  const index = staleIndex(group);
  const frame = index === null ? undefined : firstOf(group).member.thread.frames[index];
  return { staleArguments: index !== null, staleFrame: frame ? (frame.number ?? index) : null };
}

function staleIndex(group: LockGroup): number | null {
  const { lock, member } = firstOf(group);
  return lock === null ? null : staleFrame(member.thread.frames, lock);
}

function summaryOf(values: Values, { ofThreads }: Totals): string {
  const { waiters, processes, function: name } = values;
  const where = name === null ? "" : ` in ${name}`;
  const who = `${waiters} of ${plural(ofThreads, ["thread", "threads"])}`;
  const verb = waiters === 1 ? "waits" : "wait";
  const among = Number(processes) > 1 ? `, in ${processes} processes,` : "";
  return `${who}${among} ${verb} for ${lockWords(values)}${where}${holderWords(values)}`;
}

function lockWords({ lock, lockKind }: Values): string {
  const known = lockKind === "unknown" || lockKind === "futex" ? "lock" : String(lockKind);
  const kind = known.replace("-", " ");
  if (lock === null) return `a ${kind}`;
  if (String(lock).startsWith("0x")) return `the ${kind} ${lock}`;
  return lockKind === "file-lock" ? `the ${kind} on descriptor ${lock}` : `semaphore array ${lock}`;
}

function holderWords({ holder, holderCaptured }: Values): string {
  if (holder === null) return "";
  if (holderCaptured === null) return `; ${holder} holds it`;
  return `; ${holder} holds it, and its stack is ${holderCaptured ? "here" : "not here"}`;
}

function evidenceOf(group: LockGroup, sources: readonly NamedReading[]): Evidence[] {
  const { lock } = group;
  const says = lock === null ? "waits for a lock that is not shown" : `waits for ${lock}`;
  const waiting = group.waits
    .slice(0, MOST_EVIDENCE)
    .map(({ source, it }) => evidence(source, lockFrame(it).span, says));
  const asked = group.answers
    .slice(-10)
    .map(({ source, it }) => evidence(source, it.span, answerSays(it)));
  return chosenEvidence(sources, [...staleEvidence(group), ...asked], waiting);
}

function answerSays({ owner, by }: LockAnswer): string {
  if (owner === 0) return "says that nobody has the lock";
  const lock = by === "printed" ? "the lock" : "a lock, which can only be this one";
  return `says that ${owner} has ${lock}`;
}

function staleEvidence(group: LockGroup): Evidence[] {
  const index = staleIndex(group);
  const { source, it } = group.waits[0] as In<LockWait>;
  const frame = index === null ? undefined : it.member.thread.frames[index];
  return frame ? [evidence(source, frame.span, "arguments that cannot be true")] : [];
}
