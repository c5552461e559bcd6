import { Pace } from "../find/pace";
import type { Frame, FramePart } from "../read/frame";
import type { Process, Reading, Thread } from "../read/model";
import { oncePer } from "../read/oncePer";
import type { Characters } from "../read/piecedText";
import { textOf } from "../read/renewal";
import { contains, type Span } from "../read/span";
import type { Steps } from "../read/steps";
import type { NamedValue } from "../read/values";
import { type FramePlace, FramesOfText, type NumberedFrame } from "./frameLists";

export { type FramePlace, wholeFrame } from "./frameLists";

/** A thread with the process it belongs to. */
export interface ThreadPlace {
  readonly thread: Thread;
  readonly process: Process;
}

/** What of a frame an offset touches. */
export interface PartPlace {
  readonly part: FramePart | "locals" | null;
  /** The argument or local variable there. */
  readonly value: NamedValue | null;
  readonly span: Span;
}

const framesOf = oncePer((reading: Reading) => new FramesOfText(reading));

/** Every frame of the text in document order, views and the frames of log records included. */
export const framePlaces = (reading: Reading): FramePlace[] => framesOf(reading).all();

/** The frames of the text that a stretch of it touches, in document order. */
export const framePlacesIn = (reading: Reading, span: Span): FramePlace[] =>
  framesOf(reading).touching(span);

/**
 * The frames in whose lines, locals included, one of the words stands, in document order. To look for a word in the text
 * is many times faster than to take every frame apart.
 */
export const framesWith = (reading: Reading, words: readonly string[]): Steps<NumberedFrame[]> =>
  framesAtWords(reading, words, [{ text: textOf(reading), from: 0 }]);

/** The same where the words stand in some stretches of the text and nowhere else. */
export function framesWithin(
  reading: Reading,
  words: readonly string[],
  stretches: readonly Span[],
): Steps<NumberedFrame[]> {
  const text = textOf(reading);
  const parts = stretches.map(({ from, to }) => ({ text: text.slice(from, to), from }));
  return framesAtWords(reading, words, parts);
}

/** A part of the text, and where it starts. */
interface Part {
  readonly text: Characters;
  readonly from: number;
}

function* framesAtWords(
  reading: Reading,
  words: readonly string[],
  parts: readonly Part[],
): Steps<NumberedFrame[]> {
  const found = new Map<number, NumberedFrame>();
  const pace = new Pace();
  for (const part of parts) {
    for (const word of words) {
      for (const frame of withWord(reading, part, word)) {
        found.set(frame.list.startOf(frame.i), frame);
        if (pace.isDone()) yield;
      }
    }
  }
  return [...found].sort(([one], [other]) => one - other).map(([, frame]) => frame);
}

function* withWord(reading: Reading, { text, from }: Part, word: string): Generator<NumberedFrame> {
  const frames = framesOf(reading);
  for (let at = text.indexOf(word); at >= 0 && at < text.length; ) {
    const frame = frames.lastAt(from + at);
    const end = frame === null ? 0 : frame.list.endOf(frame.i) - from;
    if (frame !== null && at < end) yield frame;
    at = text.indexOf(word, Math.max(at + 1, end));
  }
}

/** The frame at a clean-text offset; the end of its last line still counts. */
export function frameAt(reading: Reading, offset: number): FramePlace | null {
  const found = framesOf(reading).lastAt(offset);
  return found && offset <= found.list.endOf(found.i) ? found.list.at(found.i) : null;
}

/** The thread whose header or stack is at the offset. */
export function threadAt(reading: Reading, offset: number): ThreadPlace | null {
  const place = frameAt(reading, offset);
  if (place?.thread && place.process) return { thread: place.thread, process: place.process };
  for (const process of framesOf(reading).processesAt(offset)) {
    const thread = process.threads.findLast(({ span }) => touches(span, offset));
    if (thread) return { thread, process };
  }
  return null;
}

/** The process whose session is at the offset. */
export const processAt = (reading: Reading, offset: number): Process | null =>
  framesOf(reading).processesAt(offset)[0] ?? null;

/** The process whose session is at the offset or ended last before it: a prompt at the end of a text asks about it. */
export const processBefore = (reading: Reading, offset: number): Process | null =>
  framesOf(reading).processBefore(offset);

const touches = (span: Span, offset: number): boolean => span.from <= offset && offset <= span.to;

const PARTS: readonly FramePart[] = [
  "number",
  "address",
  "function",
  "arguments",
  "file",
  "line",
  "library",
];

/** The part of the frame at the offset; between parts, the frame as a whole. */
export function partAt(frame: Frame, offset: number): PartPlace {
  if (frame.localsSpan && contains(frame.localsSpan, offset)) return localAt(frame, offset);
  const part =
    PARTS.find((name) => holds(frame, name, contains, offset)) ??
    PARTS.find((name) => holds(frame, name, touches, offset));
  if (part === undefined) return { part: null, value: null, span: frame.span };
  const value = part === "arguments" ? valueAt(frame.arguments, offset) : null;
  return { part, value, span: value ? valueSpan(value) : (frame.part(part) as Span) };
}

function holds(
  frame: Frame,
  name: FramePart,
  test: (span: Span, offset: number) => boolean,
  offset: number,
): boolean {
  const span = frame.part(name);
  // The `#` belongs to the number.
  const from = span && name === "number" ? span.from - 1 : span?.from;
  return span !== null && from !== undefined && test({ from, to: span.to }, offset);
}

function localAt(frame: Frame, offset: number): PartPlace {
  const value = valueAt(frame.locals, offset);
  return { part: "locals", value, span: value ? valueSpan(value) : (frame.localsSpan as Span) };
}

/** The whole `name=value`. */
export function valueSpan(value: NamedValue): Span {
  return { from: value.nameSpan.from, to: value.valueSpan.to };
}

function valueAt(values: readonly NamedValue[] | null, offset: number): NamedValue | null {
  return values?.find((value) => touches(valueSpan(value), offset)) ?? null;
}
