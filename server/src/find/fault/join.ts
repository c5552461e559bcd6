import type { NamedReading } from "../finding";
import type { Crash } from "./crash";
import { kernelCrashes } from "./kernelCrashes";
import { type StackCrash, stackCrashes } from "./stackCrashes";

/** Every crash once: a kernel's line and the stack of the same process are one. */
export function crashesOf(sources: readonly NamedReading[]): Crash[] {
  const known = sources.flatMap(kernelCrashes);
  const byPid = byPidOf(known);
  const alone: Crash[] = [];
  for (const source of sources) {
    for (const stack of stackCrashes(source)) {
      const index = kernelIndex(stack, known, byPid);
      if (index !== undefined) known[index] = joined(known[index] as Crash, stack.crash());
      else if (stack.isStruck) alone.push(stack.crash());
    }
  }
  return [...known, ...alone];
}

function byPidOf(crashes: readonly Crash[]): ReadonlyMap<number, number> {
  const byPid = new Map<number, number>();
  for (const [index, { pid }] of crashes.entries()) {
    if (pid !== null && !byPid.has(pid)) byPid.set(pid, index);
  }
  return byPid;
}

function kernelIndex(
  { ids, thread, crash }: StackCrash,
  known: readonly Crash[],
  byPid: ReadonlyMap<number, number>,
): number | undefined {
  const index = ids.map((id) => byPid.get(id)).find((found) => found !== undefined);
  if (index === undefined) return undefined;
  const kernel = known[index] as Crash;
  return kernel.stack === null && agree(kernel, crash(), thread.name) ? index : undefined;
}

/** The kernel calls a process by the first 15 letters of its name, and a thread by its own. */
const LONGEST_NAME = 15;

/** Numbers of processes are used again: what both texts say must fit. */
function agree(kernel: Crash, stack: Crash, threadName: string | null): boolean {
  if (kernel.signal && stack.signal && kernel.signal !== stack.signal) return false;
  if (kernel.ip && stack.ip) return kernel.ip === stack.ip;
  if (kernel.program === null || stack.program === null) return true;
  const names = [stack.program, threadName].map((name) => name?.slice(0, LONGEST_NAME));
  return names.includes(kernel.program);
}

function joined(kernel: Crash, stack: Crash): Crash {
  return {
    ...kernel,
    copyRoutine: stack.copyRoutine ?? kernel.copyRoutine,
    function: stack.function,
    culprit: stack.culprit,
    stack: stack.stack,
    evidence: [...kernel.evidence, ...stack.evidence],
  };
}
