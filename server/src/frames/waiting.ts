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
  const frames = stack.filter((frame) => !isNamelessPlumbing(frame));
  const facts = frames.map((frame) => frame.function && frameFact(frame.function, frame.library));
  return waits(frames, facts) ?? fails(frames, facts) ?? "running";
}

/** A stripped libstdc++ shows up as `??` between abort and the function that found the fault. */
function isNamelessPlumbing({ function: name, library }: StackFrame): boolean {
  return name === null && library !== null && isPlumbing(objectNamed(library));
}

type Facts = readonly (FrameFact | "" | null)[];

/** The last of the innermost waiting functions says best what is waited for: `select` in `apr_sleep` sleeps. */
function waits(frames: readonly StackFrame[], facts: Facts): string | null {
  const length = leading(facts, (fact) => roleState(fact.role) === "waits");
  if (length === 0) return null;
  const label = roleLabel(roleOf(facts, length - 1));
  const named = facts.findIndex((fact, i) => frames[i]!.function && isTelling(fact));
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
