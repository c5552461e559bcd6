import type { Frame, FramePart } from "../read/frame";
import type { LogRecord, Process, Reading, Thread } from "../read/model";
import { oncePer } from "../read/oncePer";
import { contains, lastAtOrBefore, type Span } from "../read/span";
import type { NamedValue } from "../read/values";

/** A frame with what it belongs to. */
export interface FramePlace {
  readonly frame: Frame;
  /** The frames it stands among, innermost first. */
  readonly stack: readonly Frame[];
  /** Both null where the frame is part of a log record. */
  readonly thread: Thread | null;
  readonly process: Process | null;
  readonly record: LogRecord | null;
  /** It was printed before, and the session shows it again. */
  readonly isView: boolean;
}

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

/** A value with the stretch that it covers; in order of their starts. */
interface Indexed<T> {
  readonly span: Span;
  readonly item: T;
}

/** Every frame of the text in document order, views and the frames of log records included. */
export const framePlaces: (reading: Reading) => readonly FramePlace[] = oncePer(
  (reading: Reading) => {
    const places: FramePlace[] = [];
    for (const { item } of threadPlaces(reading)) addThread(places, item);
    for (const record of reading.records) if (record.frames) addRecord(places, record);
    // Only what a session shows twice stands elsewhere.
    return isInOrder(places) ? places : places.sort((one, other) => startOf(one) - startOf(other));
  },
);

const startOf = ({ frame }: FramePlace): number => frame.start;

function isInOrder(places: readonly FramePlace[]): boolean {
  let before = -1;
  for (const { frame } of places) {
    if (frame.start < before) return false;
    before = frame.start;
  }
  return true;
}

// Each property is named: engines keep an object that was spread from another one in several times the memory.

function addThread(places: FramePlace[], { thread, process }: ThreadPlace): void {
  const { frames: stack, views } = thread;
  for (const frame of stack)
    places.push({ frame, stack, thread, process, record: null, isView: false });
  for (const frame of views)
    places.push({ frame, stack, thread, process, record: null, isView: true });
}

function addRecord(places: FramePlace[], record: LogRecord): void {
  const stack = record.frames ?? [];
  for (const frame of stack)
    places.push({ frame, stack, thread: null, process: null, record, isView: false });
}

/** The frames of the text that a stretch of it touches, in document order. */
export function framePlacesIn(reading: Reading, { from, to }: Span): FramePlace[] {
  const places = framePlaces(reading);
  const first = Math.max(0, lastAtOrBefore(places, from, startOf));
  const behind = lastAtOrBefore(places, to - 1, startOf) + 1;
  return places.slice(first, behind).filter(({ frame }) => wholeFrame(frame).to > from);
}

/** The frame's lines with its locals. */
export function wholeFrame(frame: Frame): Span {
  const { from, to } = frame.span;
  return { from, to: Math.max(to, frame.localsSpan?.to ?? to) };
}

const threadPlaces = oncePer((reading: Reading): Indexed<ThreadPlace>[] =>
  reading.processes
    .flatMap((process) => process.threads.map((thread) => ({ thread, process })))
    .map((item) => ({ span: item.thread.span, item }))
    .sort(byStart),
);

const processIndex = oncePer((reading: Reading): Indexed<Process>[] =>
  reading.processes.map((item) => ({ span: item.span, item })).sort(byStart),
);

const byStart = (one: Indexed<unknown>, other: Indexed<unknown>): number =>
  one.span.from - other.span.from;

/** The frame at a clean-text offset; the end of its last line still counts. */
export function frameAt(reading: Reading, offset: number): FramePlace | null {
  const places = framePlaces(reading);
  const found = places[lastAtOrBefore(places, offset, startOf)];
  return found && touches(wholeFrame(found.frame), offset) ? found : null;
}

/** The thread whose header or stack is at the offset. */
export function threadAt(reading: Reading, offset: number): ThreadPlace | null {
  const place = frameAt(reading, offset);
  if (place?.thread && place.process) return { thread: place.thread, process: place.process };
  return lastTouching(threadPlaces(reading), offset);
}

/** The process whose session is at the offset. */
export function processAt(reading: Reading, offset: number): Process | null {
  return lastTouching(processIndex(reading), offset);
}

/** The process whose session is at the offset or ended last before it: a prompt at the end of a text asks about it. */
export function processBefore(reading: Reading, offset: number): Process | null {
  const list = processIndex(reading);
  return list[lastAtOrBefore(list, offset, ({ span }) => span.from)]?.item ?? null;
}

function lastTouching<T>(list: readonly Indexed<T>[], offset: number): T | null {
  const found = list[lastAtOrBefore(list, offset, ({ span }) => span.from)];
  return found && touches(found.span, offset) ? found.item : null;
}

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
