import type { StackFrame } from "./culprit";
import { type FrameFact, frameFact } from "./facts";
import { plainName } from "./names";
import { isPlumbing, objectNamed } from "./objects";
import { roleLabel, roleState } from "./roles";

/**
 * What a stack is doing, in a few words for a list of stacks: `waiting for a lock (apc_pthreadmutex_lock)`,
 * `aborting: malloc_printerr`, `running`.
 */
export function waitingFor(stack: readonly StackFrame[]): string {
  const { frames, facts } = known(stack);
  return waits(frames, facts) ?? fails(frames, facts) ?? "running";
}

/** The innermost functions that wait, with the role that says best what for: `wait-lock`. */
export interface WaitingPart<F> {
  readonly frames: readonly F[];
  readonly role: string;
  /** The one worth naming, as in `waiting for a lock (apc_pthreadmutex_lock)`, or null. */
  readonly telling: F | null;
}

/** Null where the thread does not wait. Nameless plumbing between the frames is left out. */
export function waitingPart<F extends StackFrame>(stack: readonly F[]): WaitingPart<F> | null {
  const { frames, facts } = known(stack);
  const length = waitingLength(facts);
  if (length === 0) return null;
  return {
    frames: frames.slice(0, length),
    role: roleOf(facts, length - 1),
    telling: frames[tellingIndex(frames, facts)] ?? null,
  };
}

/** Do the innermost functions report a failure? */
export function isFailing(stack: readonly StackFrame[]): boolean {
  const { frames, facts } = known(stack);
  return waitingLength(facts) === 0 && fails(frames, facts) !== null;
}

function known<F extends StackFrame>(stack: readonly F[]): { frames: F[]; facts: Facts } {
  const frames = stack.filter((frame) => !isNamelessPlumbing(frame));
  const facts = frames.map((frame) => frame.function && frameFact(frame.function, frame.library));
  return { frames, facts };
}

const waitingLength = (facts: Facts): number =>
  leading(facts, (fact) => roleState(fact.role) === "waits");

const tellingIndex = (frames: readonly StackFrame[], facts: Facts): number =>
  facts.findIndex((fact, i) => frames[i]!.function && isTelling(fact));

/** A stripped libstdc++ shows up as `??` between abort and the function that found the fault. */
function isNamelessPlumbing({ function: name, library }: StackFrame): boolean {
  return name === null && library !== null && isPlumbing(objectNamed(library));
}

type Facts = readonly (FrameFact | "" | null)[];

/** The last of the innermost waiting functions says best what is waited for: `select` in `apr_sleep` sleeps. */
function waits(frames: readonly StackFrame[], facts: Facts): string | null {
  const length = waitingLength(facts);
  if (length === 0) return null;
  const label = roleLabel(roleOf(facts, length - 1));
  const named = tellingIndex(frames, facts);
  return named < 0 ? label : `${label} (${plainName(frames[named]!.function!)})`;
}

/** The outermost of the innermost failing functions is the one that found something wrong. */
function fails(frames: readonly StackFrame[], facts: Facts): string | null {
  const length = leading(facts, (fact) => roleState(fact.role) === "fails");
  const roles = facts.slice(0, length).map((_, i) => roleOf(facts, i));
  if (roles.includes("abort") || roles.includes("assert")) {
    return `aborting: ${plainName(frames[length - 1]!.function!)}`;
  }
  return roles.includes("raise") ? roleLabel("raise") : null;
}

/** How many of the innermost frames are known and pass the test. */
function leading(facts: Facts, test: (fact: FrameFact) => boolean): number {
  const end = facts.findIndex((fact) => !fact || !test(fact));
  return end < 0 ? facts.length : end;
}

/** Worth naming: the program's own function, or a library's that is not mere plumbing. */
function isTelling(fact: FrameFact | "" | null | undefined): boolean {
  return !fact || fact.interest === "prefix" || fact.interest === "culprit";
}

function roleOf(facts: Facts, index: number): string {
  const fact = facts[index];
  return fact ? fact.role : "unknown";
}
