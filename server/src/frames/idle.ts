import files from "knowledge:idle-stacks";
import type { StackFrame } from "./culprit";
import type { IdleStack } from "./data";
import { frameFact } from "./facts";
import { lookupNames } from "./names";

const stacks = files
  .flatMap((file) => file.stacks)
  .map((stack) => ({ stack, steps: stack.frames.map((step) => new Set(step.split("|"))) }));

/** The known stack of a process with nothing to do that this one is, or null. */
export function idleStack(frames: readonly StackFrame[]): IdleStack | null {
  if (frames.some((frame) => frame.kind === "signal-handler")) return null;
  return stacks.find(({ steps }) => isIdle(frames, steps))?.stack ?? null;
}

/** Do the steps follow each other from the innermost frame outwards, with nothing but known plumbing between them? */
function isIdle(frames: readonly StackFrame[], steps: readonly Set<string>[]): boolean {
  let step = 0;
  for (const frame of frames) {
    if (frame.function === null) return false;
    if (lookupNames(frame.function).some((name) => steps[step]!.has(name))) step++;
    else if (!isPassage(frame)) return false;
    if (step === steps.length) return true;
  }
  return false;
}

function isPassage(frame: StackFrame): boolean {
  const interest = frameFact(frame.function!, frame.library)?.interest;
  return interest === "skip" || interest === "prefix";
}
