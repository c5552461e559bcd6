import { culpritIndex } from "../../frames/culprit";
import { type FrameFact, frameFact } from "../../frames/facts";
import { plainName } from "../../frames/names";
import { isPlumbing, isPlumbingSource, objectNamed } from "../../frames/objects";
import type { Frame } from "../../read/frame";
import type { Process, Thread } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import type { Span } from "../../read/span";
import type { StackShape } from "../shapes";
import { type AbortFunction, abortFunction, knownTexts, type Reason } from "./data";

/** What a stack says of why its process gave up. */
export interface StackAbort {
  readonly process: Process;
  readonly reason: Reason;
  readonly message: string | null;
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly exception: string | null;
  readonly culprit: string | null;
  /** The frame that says most, and the one that asked for it. */
  readonly spans: readonly Span[];
}

/** So deep do the functions reach that end a program; below them stands who called them. */
const DEEPEST = 40;

/** What the thread's stack says of an abort, or null where it does not show one. */
export function stackAbort(process: Process, thread: Thread): StackAbort | null {
  const frames = abortingFrames(thread.frames);
  const length = machineryLength(frames);
  const steps = stepsOf(frames.slice(0, length));
  if (!endsProgram(steps)) return null;
  const step = tellingStep(steps);
  const site = frames[length] ?? null;
  const said = argumentsOf(steps);
  return {
    process,
    ...classified(step.entry.reason, said.message, steps),
    function: said.function ?? (site?.function ? plainName(site.function) : null),
    file: said.file ?? site?.file ?? null,
    line: said.line ?? site?.line ?? null,
    culprit: culpritOf(thread.frames),
    spans: [step.frame, ...(site ? [site] : [])].map(({ span }) => span),
  };
}

/** Do stacks of this shape show an abort? */
export const isAborting = oncePer(({ first }: StackShape): boolean => {
  const frames = abortingFrames(first.frames);
  return endsProgram(stepsOf(frames.slice(0, machineryLength(frames))));
});

/** Whatever is thrown may be caught: only with terminate or abort inside has it ended the program. */
const endsProgram = (steps: readonly Step[]): boolean =>
  steps.some(({ entry }) => entry.reason !== "uncaught-exception");

/** A handler that aborts was called for another reason, which the frames below it show. */
function abortingFrames(frames: readonly Frame[]): readonly Frame[] {
  const marker = frames.findIndex(({ kind }) => kind === "signal-handler");
  const isReported = marker >= 0 && (culpritIndex(frames) ?? 0) > marker;
  return isReported ? frames.slice(marker + 1) : frames;
}

/** How many of the innermost frames belong to the machinery that ends a program. */
function machineryLength(frames: readonly Frame[]): number {
  const end = frames.slice(0, DEEPEST).findIndex((frame) => !isMachinery(frame));
  return end < 0 ? Math.min(frames.length, DEEPEST) : end;
}

function isMachinery(frame: Frame): boolean {
  const { function: name, library, file } = frame;
  if (library !== null && isPlumbing(objectNamed(library))) return true;
  if (name === null) return false;
  if (abortFunction(plainName(name)) !== undefined) return true;
  const fact: FrameFact | null = frameFact(name, library);
  if (fact?.plumbing) return fact.role !== "entry" && fact.role !== "thread-entry";
  return file !== null && isPlumbingSource(file);
}

interface Step {
  readonly frame: Frame;
  readonly entry: AbortFunction;
}

function stepsOf(frames: readonly Frame[]): Step[] {
  return frames.flatMap((frame) => {
    const name = frame.function;
    if (name === null) return [];
    const entry = abortFunction(plainName(name)) ?? checkedCall(name);
    return entry === undefined ? [] : { frame, entry };
  });
}

/** `__strcpy_chk`: the check of a call that the compiler fortified. */
const checkedCall = (name: string): AbortFunction | undefined =>
  name.endsWith("_chk") && frameFact(name)?.role === "fortify"
    ? { names: [], reason: "fortify" }
    : undefined;

/** The outermost step is the one that found something wrong; that a program ends is only how. */
function tellingStep(steps: readonly Step[]): Step {
  return steps.reduce((best, step) =>
    WEIGHTS[step.entry.reason] >= WEIGHTS[best.entry.reason] ? step : best,
  );
}

/** How much a reason tells: `terminate` and `abort` say that the program ended, the others also why. */
const WEIGHTS: Readonly<Record<Reason, number>> = {
  abort: 0,
  terminate: 1,
  "glibc-message": 1,
  "fatal-error": 2,
  panic: 2,
  "uncaught-exception": 2,
  "double-free": 2,
  "heap-corruption": 2,
  assertion: 2,
  "stack-smashing": 2,
  fortify: 2,
  "pure-virtual": 2,
  sanitizer: 2,
};

/** malloc_printerr's words tell a double free from other damage. */
function classified(reason: Reason, message: string | null, steps: readonly Step[]) {
  const known = message === null ? undefined : knownTexts.find(({ text }) => message === text);
  const exception = steps.map(({ entry }) => entry.exception).find((name) => name !== undefined);
  const isGeneric = reason === "heap-corruption" || reason === "glibc-message";
  return {
    reason: isGeneric && known ? known.reason : reason,
    message,
    exception: exception ?? null,
  };
}

/** What the arguments of the steps say, the outermost first: inner ones may have been optimized away. */
function argumentsOf(steps: readonly Step[]) {
  const first = (names: (entry: AbortFunction) => readonly string[] | undefined): string | null => {
    for (const { frame, entry } of [...steps].reverse()) {
      const wanted = names(entry);
      const found = wanted && frame.arguments?.find(({ name }) => wanted.includes(name));
      const text = found ? textOf(found.value) : null;
      if (text !== null) return text;
    }
    return null;
  };
  const line = first((entry) => entry.line);
  return {
    message: first((entry) => entry.message),
    file: first((entry) => entry.file),
    line: line !== null && /^\d{1,9}$/.test(line) ? Number(line) : null,
    function: first((entry) => entry.function),
  };
}

/** `0x55 "q->used"` as `q->used`, `94` as it is; null for what gdb could not print. */
function textOf(value: string): string | null {
  const from = value.indexOf('"');
  const to = value.lastIndexOf('"');
  if (from >= 0 && to > from)
    return value
      .slice(from + 1, to)
      .replace(/\\n$/, "")
      .replace(/\\"/g, '"');
  return /^\d/.test(value) && !value.startsWith("0x") ? value : null;
}

function culpritOf(frames: readonly Frame[]): string | null {
  const name = frames[culpritIndex(frames) ?? 0]?.function;
  return name ? plainName(name) : null;
}
