import type { NamedReading } from "../find/finding";
import { frameLabel } from "../find/groups";
import { Pace } from "../find/pace";
import { stacksInOrder } from "../find/stacks";
import { stepwise } from "../find/stepwise";
import { culpritIndex } from "../frames/culprit";
import { lookupNames } from "../frames/names";
import type { Frame } from "../read/frame";
import type { LogRecord, Process, Thread } from "../read/model";
import type { Steps } from "../read/steps";

/** A stack of a text with whose it is: a thread's, or the call trace of a kernel report. */
export interface Stack {
  readonly source: NamedReading;
  readonly frames: readonly Frame[];
  readonly process: Process | null;
  readonly thread: Thread | null;
  readonly record: LogRecord | null;
}

/** Stacks with the same functions: what is asked of names is asked once. */
export interface StackKind {
  /** For each frame the names by which it can be asked for. */
  readonly names: readonly (readonly string[])[];
  /** All of them. */
  readonly anyName: ReadonlySet<string>;
  readonly culprit: number | null;
  readonly stacks: readonly Stack[];
}

/** The stacks of one text by their functions. */
export const stackKinds = stepwise(function* (source: NamedReading): Steps<readonly StackKind[]> {
  const kinds = new Map<string, Stack[]>();
  const pace = new Pace();
  for (const { functions, members } of yield* stacksInOrder.steps(source.reading)) {
    const stacks: Stack[] = [];
    for (const { process, thread } of members) {
      stacks.push({ source, frames: thread.frames, process, thread, record: null });
      if (pace.isDone()) yield;
    }
    kinds.set(functions.join("\n"), stacks);
  }
  for (const record of source.reading.records) {
    const stack = stackOf(source, record);
    if (pace.isDone(stack === null ? 1 : 8)) yield;
    if (stack === null) continue;
    const signature = stack.frames.map(frameLabel).join("\n");
    const alike = kinds.get(signature);
    if (alike) alike.push(stack);
    else kinds.set(signature, [stack]);
  }
  const described: StackKind[] = [];
  for (const stacks of kinds.values()) {
    described.push(describe(stacks));
    if (pace.isDone(8)) yield;
  }
  return described;
});

/** The call trace of an entry; null where it has none. */
function stackOf(source: NamedReading, record: LogRecord): Stack | null {
  const frames = record.frames?.filter((frame) => !frame.isUncertain) ?? [];
  return frames.length === 0 ? null : { source, frames, process: null, thread: null, record };
}

function describe(stacks: readonly Stack[]): StackKind {
  const { frames, record } = stacks[0] as Stack;
  const names = frames.map(namesOf);
  const anyName = new Set(names.flat());
  const culprit = record === null ? culpritIndex(frames) : recordCulprit(record, frames);
  return { names, anyName, culprit, stacks };
}

/** The record counts its culprit among all frames, the uncertain ones included. */
function recordCulprit(record: LogRecord, frames: readonly Frame[]): number | null {
  const frame = record.culprit === null ? undefined : record.frames?.[record.culprit];
  const index = frame === undefined ? -1 : frames.indexOf(frame);
  return index < 0 ? null : index;
}

function namesOf(frame: Frame): string[] {
  if (frame.kind === "signal-handler") return ["<signal handler called>"];
  const name = frame.function;
  if (name === null) return ["??"];
  return [...new Set([name, ...lookupNames(name)])];
}
