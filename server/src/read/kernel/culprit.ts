import type { Frame } from "../frame";
import { knowledge, type Search } from "./data";
import { type IsOneOf, oneOf, ownName } from "./names";

// The frame of a kernel stack most likely at fault. Frames with `?` were only found lying on the stack and never count.
//
//  site       the innermost frame that is not machinery: below the code that reports and checks, the locks, the copy
//             routines and the allocators stands what used them wrongly.
//  operation  where a task is stuck, the place it was caught at is chance. What counts is the operation: the function
//             that the innermost dispatcher (a timer, a worker thread, a system call, a protocol) called. Dispatchers
//             above the first frame that is not machinery belong to the interrupt that noticed, and do not count.
//  wait       like site, but a lock with a name of its own counts: to wait for rtnl_lock says more than who called it.
//  holder     the place where a lock was taken, which the report tells elsewhere (stacks.ts); else like site.
//  recursion  in a stack that ran out, the function that stands in it most often; the outermost one among equals.

const isMachinery = oneOf(knowledge.machinery);
const isMachineryOfWait = oneOf(knowledge.machinery.filter(({ notFor }) => notFor !== "wait"));
const isDispatcher = oneOf(knowledge.dispatchers);

/** The index of the frame most likely at fault, or null where every frame is machinery or unsure. */
export function kernelCulprit(frames: readonly Frame[], search: Search): number | null {
  if (search === "wait") return site(frames, isMachineryOfWait);
  if (search === "operation") return operation(frames) ?? site(frames, isMachinery);
  if (search === "recursion") return recursion(frames) ?? site(frames, isMachinery);
  return site(frames, isMachinery);
}

const nameOf = (frame: Frame): string | null =>
  frame.isUncertain || frame.function === null ? null : ownName(frame.function);

function site(frames: readonly Frame[], isSkipped: IsOneOf): number | null {
  const index = frames.findIndex((frame) => {
    const name = nameOf(frame);
    return name !== null && !isSkipped(name);
  });
  return index < 0 ? null : index;
}

function operation(frames: readonly Frame[]): number | null {
  let candidate: number | null = null;
  for (const [index, frame] of frames.entries()) {
    const name = nameOf(frame);
    if (name === null) continue;
    if (isDispatcher(name) && candidate !== null) return candidate;
    if (!isMachinery(name) && !isDispatcher(name)) candidate = index;
  }
  return null;
}

function recursion(frames: readonly Frame[]): number | null {
  const counts = new Map<string, { count: number; index: number }>();
  for (const [index, frame] of frames.entries()) {
    const name = nameOf(frame);
    if (name === null || isMachinery(name)) continue;
    const seen = counts.get(name);
    counts.set(name, { count: (seen?.count ?? 0) + 1, index: seen?.index ?? index });
  }
  let best: { count: number; index: number } | null = null;
  for (const entry of counts.values()) if (best === null || entry.count >= best.count) best = entry;
  return best !== null && best.count > 1 ? best.index : null;
}
