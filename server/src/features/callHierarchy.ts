import { frameLabel } from "../find/groups";
import type { Frame } from "../read/frame";
import type { Reading } from "../read/model";
import type { Span } from "../read/span";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { threadsOf } from "./stacks";

/** A function of the stacks in a text. */
export interface StackFunction {
  /** The name that the frames have in common: `apc_cache_find`, `?? (libz.so.1)`. */
  readonly label: string;
  /** `12 stacks, apc_cache.c:626`. */
  readonly detail: string;
  /** The first frame of the function, and its name there. */
  readonly span: Span;
  readonly nameSpan: Span;
}

/** A function with what connects it to the one that was asked about. */
export interface StackCall {
  readonly other: StackFunction;
  /** The callers' frames: there the calls were made. */
  readonly calls: readonly Span[];
}

/** The function of a frame, with the number of its frames in the text. */
export function stackFunction(reading: Reading, frame: Frame): StackFunction {
  const label = frameLabel(frame);
  const frames = framesNamed(reading, label);
  return describe(label, frames.length > 0 ? frames : [frame], frames.length);
}

/** Who called the function, over all stacks of the text: the next outer frames. */
export function incomingCalls(reading: Reading, label: string): StackCall[] {
  return collect(
    pairs(reading).filter(({ callee }) => frameLabel(callee) === label),
    "caller",
  );
}

/** Whom the function called: the next inner frames. */
export function outgoingCalls(reading: Reading, label: string): StackCall[] {
  return collect(
    pairs(reading).filter(({ caller }) => frameLabel(caller) === label),
    "callee",
  );
}

interface Pair {
  readonly caller: Frame;
  readonly callee: Frame;
}

function pairs(reading: Reading): Pair[] {
  return threadsOf(reading).flatMap(({ frames }) =>
    frames.slice(1).flatMap((caller, i) => {
      const callee = frames[i] as Frame;
      return isNext(callee, caller) ? [{ caller, callee }] : [];
    }),
  );
}

/** Frames that are missing in the text could stand between two others. */
const isNext = (callee: Frame, caller: Frame): boolean =>
  callee.number === null || caller.number === null || caller.number === callee.number + 1;

function collect(found: readonly Pair[], side: keyof Pair): StackCall[] {
  const byLabel = new Map<string, Pair[]>();
  for (const pair of found) {
    const label = frameLabel(pair[side]);
    const known = byLabel.get(label);
    if (known) known.push(pair);
    else byLabel.set(label, [pair]);
  }
  return [...byLabel]
    .map(([label, group]) => toCall(label, group, side))
    .sort((one, other) => other.calls.length - one.calls.length);
}

function toCall(label: string, group: readonly Pair[], side: keyof Pair): StackCall {
  const frames = group.map((pair) => pair[side]);
  const calls = group.map(({ caller }) => caller.span);
  return { other: describe(label, frames, frames.length), calls };
}

function framesNamed(reading: Reading, label: string): Frame[] {
  return threadsOf(reading).flatMap(({ frames }) =>
    frames.filter((frame) => frameLabel(frame) === label),
  );
}

function describe(label: string, frames: readonly Frame[], count: number): StackFunction {
  const first = frames[0] as Frame;
  const where = placeOf(first);
  const times = plural(count, ["stack frame", "stack frames"]);
  return {
    label,
    detail: where === null ? times : printable(shorten(`${times}, ${where}`, 300)),
    span: first.span,
    nameSpan: first.part("function") ?? first.span,
  };
}

function placeOf(frame: Frame): string | null {
  const base = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  if (frame.file !== null) return `${base(frame.file)}:${frame.line ?? "?"}`;
  return frame.library === null ? null : base(frame.library);
}
