import type { LogRecord } from "../../read/model";
import type { Steps } from "../../read/steps";
import type { NamedReading } from "../finding";
import { Pace } from "../pace";
import type { Crash } from "./crash";
import { isUserFault, kernelCrash } from "./kernelCrashes";
import { stackCrashes } from "./stackCrashes";

/** A kernel's entry of a crash. */
interface Told {
  readonly source: NamedReading;
  readonly record: LogRecord;
}

/**
 * Hands every crash to `take` once: a kernel's line and the stack of the same process are one. None of them is kept, for a
 * kernel's log may be full of them.
 */
export function* eachCrash(
  sources: readonly NamedReading[],
  take: (crash: Crash) => void,
): Steps<void> {
  const { joined, alone } = yield* joinedCrashes(sources);
  const pace = new Pace();
  for (const source of sources) {
    for (const record of source.reading.records) {
      const isFault = isUserFault(record);
      if (isFault) take(joined.get(record) ?? kernelCrash(source, record));
      if (pace.isDone(isFault ? 4 : 1)) yield;
    }
  }
  for (const crash of alone) {
    take(crash);
    if (pace.isDone(4)) yield;
  }
}

interface StackCrashes {
  /** What a kernel's entry and a stack tell together. */
  readonly joined: ReadonlyMap<LogRecord, Crash>;
  /** Those of which no entry tells. */
  readonly alone: readonly Crash[];
}

function* joinedCrashes(sources: readonly NamedReading[]): Steps<StackCrashes> {
  const joined = new Map<LogRecord, Crash>();
  const alone: Crash[] = [];
  const hasStacks = sources.some(({ reading }) => reading.processes.length > 0);
  const byPid = hasStacks ? yield* toldByPid(sources) : new Map();
  const pace = new Pace();
  for (const source of sources) {
    for (const stack of stackCrashes(source)) {
      if (pace.isDone(stack.isStruck ? 16 : 1)) yield;
      const told = stack.ids.map((id) => byPid.get(id)).find((found) => found !== undefined);
      const kernel = told && (joined.get(told.record) ?? kernelCrash(told.source, told.record));
      if (told && kernel?.stack === null && agree(kernel, stack.crash(), stack.thread.name))
        joined.set(told.record, together(kernel, stack.crash()));
      else if (stack.isStruck) alone.push(stack.crash());
    }
  }
  return { joined, alone };
}

/** The first entry about each process. */
function* toldByPid(sources: readonly NamedReading[]): Steps<Map<number, Told>> {
  const byPid = new Map<number, Told>();
  const pace = new Pace();
  for (const source of sources) {
    for (const record of source.reading.records) {
      if (pace.isDone()) yield;
      if (!isUserFault(record)) continue;
      const { pid } = record;
      if (pid !== null && !byPid.has(pid)) byPid.set(pid, { source, record });
    }
  }
  return byPid;
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

function together(kernel: Crash, stack: Crash): Crash {
  return {
    ...kernel,
    copyRoutine: stack.copyRoutine ?? kernel.copyRoutine,
    function: stack.function,
    culprit: stack.culprit,
    stack: stack.stack,
    evidence: [...kernel.evidence, ...stack.evidence],
  };
}
