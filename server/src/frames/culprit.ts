// The frame most likely at fault is the innermost one that is not machinery: below raise and abort, the allocator, the
// copy and string routines, lock waits and the C++ run-time stands the code that called them with something wrong.
//
//  1. Where a signal handler stands in the stack, only one side of `<signal handler called>` is searched. A handler that
//     raises, waits for a child, collects a backtrace or bears a crash handler's name reports a crash: the culprit is
//     among the interrupted frames. A handler that does none of this, but calls code of the program, failed itself.
//  2. Each frame gets a weight, and the innermost of the heaviest is the culprit:
//       fault      a function nobody explains (so it is the program's own), or one with the interest `culprit`
//       work       a `prefix` function, not of a run-time library, that does the program's kind of work (a handler, a
//                  query, a codec) or waits; a nameless frame in an object that is not a run-time library
//       loop       `main` and event loops: at fault where everything inside them is machinery
//       nameless   other nameless frames, and `prefix` machinery such as malloc_printerr
//       machinery  everything else; the innermost where the stack holds nothing better

import { type FrameFact, frameFact } from "./facts";
import { plainName } from "./names";
import { isPlumbing, isPlumbingSource, objectNamed } from "./objects";
import { roleState } from "./roles";

/** What the search needs of a frame; innermost first. */
export interface StackFrame {
  readonly function: string | null;
  readonly library: string | null;
  readonly kind: string;
  readonly file?: string | null;
}

/** Is this function, as printed or plain, machinery for this user? */
export type ExtraMachinery = (name: string) => boolean;

type Weight = 0 | 1 | 2 | 3 | 4;
const machinery = 0;
const nameless = 1;
const loop = 2;
const work = 3;
const fault = 4;

/** The index of the frame most likely at fault; null only for an empty stack. */
export function culpritIndex(
  frames: readonly StackFrame[],
  extraMachinery: ExtraMachinery = () => false,
): number | null {
  if (frames.length === 0) return null;
  const [from, to] = searchRange(frames, extraMachinery);
  let culprit = from;
  let heaviest: Weight = machinery;
  for (let i = from; i < to && heaviest < fault; i++) {
    const weight = weigh(frames[i]!, extraMachinery);
    if (weight > heaviest) [culprit, heaviest] = [i, weight];
  }
  return culprit;
}

/** The frames to search: those inside the innermost signal frame whose handler failed itself, or those it interrupted. */
function searchRange(
  frames: readonly StackFrame[],
  extra: ExtraMachinery,
): readonly [number, number] {
  let from = 0;
  for (let i = 0; i < frames.length; i++) {
    if (frames[i]!.kind !== "signal-handler") continue;
    if (handlerFailed(frames.slice(from, i), extra)) return [from, i];
    if (i + 1 < frames.length) from = i + 1;
  }
  return [from, frames.length];
}

function handlerFailed(handler: readonly StackFrame[], extra: ExtraMachinery): boolean {
  if (handler.some(reportsCrash)) return false;
  return handler.some((frame) => weigh(frame, extra) === fault);
}

const reportingRoles = new Set([
  "raise",
  "abort",
  "wait-child",
  "sleep",
  "exit",
  "spawn",
  "exception",
  "signal-return",
]);

function reportsCrash(frame: StackFrame): boolean {
  const fact = factOf(frame);
  return fact !== null && reportingRoles.has(fact.role);
}

function weigh(frame: StackFrame, extra: ExtraMachinery): Weight {
  if (frame.kind === "signal-handler") return machinery;
  const inPlumbing = frame.library !== null && isPlumbing(objectNamed(frame.library));
  if (frame.function === null) return frame.library === null || inPlumbing ? nameless : work;
  if (extra(frame.function) || extra(plainName(frame.function))) return machinery;
  const fact = factOf(frame);
  if (fact) return weighFact(fact);
  return inPlumbing || (frame.file && isPlumbingSource(frame.file)) ? machinery : fault;
}

function weighFact({ interest, role, plumbing }: FrameFact): Weight {
  if (interest === "culprit") return fault;
  if (interest === "skip") return machinery;
  const state = roleState(role);
  if (interest === "base") return state === "runs" || state === "works" ? loop : machinery;
  if (state === "runs") return loop;
  return !plumbing && (state === "works" || state === "waits") ? work : nameless;
}

function factOf(frame: StackFrame): FrameFact | null {
  return frame.function === null ? null : frameFact(frame.function, frame.library);
}
