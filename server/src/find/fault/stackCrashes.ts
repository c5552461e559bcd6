import { culpritIndex } from "../../frames/culprit";
import { frameFact } from "../../frames/facts";
import { plainName } from "../../frames/names";
import type { Frame } from "../../read/frame";
import type { Process, Reading, Thread } from "../../read/model";
import type { Evidence, NamedReading } from "../finding";
import { frameLabel } from "../groups";
import { type Crash, fileName, isCLibrary, UNKNOWN_CRASH } from "./crash";
import { toldFault, toldInstruction } from "./siginfo";

/** Signals that the processor causes by way of a single instruction. */
const FAULT_SIGNALS: ReadonlySet<string> = new Set(["SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL"]);

/** A thread with a stack, and the crash it shows. */
export interface StackCrash {
  readonly thread: Thread;
  /** Did the text say that this thread got the signal? */
  readonly isStruck: boolean;
  /** The numbers that the kernel may know it by. */
  readonly ids: readonly number[];
  readonly crash: () => Crash;
}

/** Every thread that may be the one that crashed. Those which got the signal are crashes of their own. */
export function* stackCrashes(source: NamedReading): Generator<StackCrash> {
  for (const process of source.reading.processes) {
    for (const thread of process.threads) {
      if (thread.frames.length === 0) continue;
      yield {
        thread,
        isStruck: thread.crashed && FAULT_SIGNALS.has(process.signal ?? ""),
        ids: idsOf(process, thread),
        crash: () => stackCrash(source, process, thread),
      };
    }
  }
}

/** Of several threads without numbers of their own, none is known to be the process. */
function idsOf({ pid, threads }: Process, { lwp }: Thread): number[] {
  if (lwp !== null) return [lwp];
  return pid !== null && threads.length === 1 ? [pid] : [];
}

function stackCrash(source: NamedReading, process: Process, thread: Thread): Crash {
  const { reading } = source;
  const faulting = faultingFrames(thread.frames);
  const innermost = faulting[0] as Frame;
  const told = thread.crashed ? toldFault(reading, process.span) : null;
  const culprit = thread.frames[culpritIndex(thread.frames) ?? 0] as Frame;
  const object = innermost.library === null ? null : fileName(innermost.library);
  const ip = instructionOf(reading, process, innermost);
  const program = process.program === null ? null : fileName(process.program);
  return {
    ...UNKNOWN_CRASH,
    program: program || null,
    pid: process.pid ?? thread.lwp,
    signal: process.signal,
    ip,
    // Nothing is mapped at the start of the address space: whatever goes on there faults by doing so.
    address: told?.address ?? (isUnmapped(ip) ? ip : null),
    access: told === null && isUnmapped(ip) ? "fetch" : null,
    object,
    copyRoutine: isCopying(innermost, object),
    function: nameOf(faulting.find((frame) => frame.function !== null)),
    culprit: nameOf(culprit),
    stack: thread.frames.map(frameLabel),
    evidence: evidenceOf(source, innermost, culprit, told?.span ?? null),
  };
}

/** The frames of the code that faulted: below the marker, where a handler reports the crash. */
function faultingFrames(frames: readonly Frame[]): readonly Frame[] {
  const marker = frames.findIndex(({ kind }) => kind === "signal-handler");
  const culprit = culpritIndex(frames) ?? 0;
  const isBelow = marker >= 0 && culprit > marker && marker + 1 < frames.length;
  return isBelow ? frames.slice(marker + 1) : frames;
}

function instructionOf(reading: Reading, process: Process, frame: Frame): string | null {
  if (frame.address !== null || frame.function === null) return frame.address;
  return toldInstruction(reading, process.span, frame.function)?.address ?? null;
}

/** By default the kernel lets no program map anything below this address (vm.mmap_min_addr). */
const FIRST_MAPPED = 0x10000;

const isUnmapped = (ip: string | null): boolean => ip !== null && Number(ip) < FIRST_MAPPED;

function isCopying(frame: Frame, object: string | null): boolean | null {
  if (frame.function === null) return object !== null && isCLibrary(object) ? true : null;
  const role = frameFact(frame.function, frame.library)?.role;
  return role === "copy" || role === "string";
}

const nameOf = (frame: Frame | undefined): string | null =>
  frame?.function ? plainName(frame.function) : null;

function evidenceOf(
  source: NamedReading,
  innermost: Frame,
  culprit: Frame,
  told: Evidence["span"] | null,
): Evidence[] {
  const evidence: Evidence[] = [{ source, span: innermost.span, says: "the frame that faulted" }];
  if (culprit !== innermost)
    evidence.push({ source, span: culprit.span, says: "the frame most likely at fault" });
  if (told) evidence.push({ source, span: told, says: "the address of the fault" });
  return evidence.sort((a, b) => a.span.from - b.span.from);
}
