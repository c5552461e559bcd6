import type { Frame, FramePart } from "../read/frame";
import type { LogRecord, Process, Reading, Thread } from "../read/model";
import { Numbers } from "../read/numbers";
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

/** The frames of a text in document order, views and the frames of log records included, as numbers. */
class FrameIndex {
  private readonly threads: readonly ThreadPlace[];
  private readonly records: readonly LogRecord[];
  private readonly starts: Int32Array;
  /** The number of the frame's thread, or of its record behind all threads. */
  private readonly owners: Int32Array;
  /** Which frame of its owner it is; views are counted from -1 downwards. */
  private readonly numbers: Int32Array;

  constructor(reading: Reading) {
    this.threads = threadPlaces(reading).map(({ item }) => item);
    this.records = reading.records.filter(({ frames }) => frames !== null);
    const rows = new Numbers();
    for (const [i, { thread }] of this.threads.entries()) addThread(rows, thread, i);
    for (const [i, { frames }] of this.records.entries())
      addFrames(rows, frames ?? [], this.threads.length + i, (k) => k);
    const order = documentOrder(rows.trim());
    this.starts = column(order, 0);
    this.owners = column(order, 1);
    this.numbers = column(order, 2);
  }

  /** The number of the last frame that starts at the offset or in front of it, or -1. */
  lastAt(offset: number): number {
    return lastAtOrBefore(this.starts, offset, (start) => start);
  }

  get count(): number {
    return this.starts.length;
  }

  at(i: number): FramePlace {
    const owner = this.owners[i] as number;
    const number = this.numbers[i] as number;
    const isView = number < 0;
    const record = this.records[owner - this.threads.length] ?? null;
    const { thread, process } = this.threads[owner] ?? { thread: null, process: null };
    const stack = thread?.frames ?? record?.frames ?? [];
    const frame = (isView ? thread?.views[-1 - number] : stack[number]) as Frame;
    return { frame, stack, thread, process, record, isView };
  }
}

/** Of a frame in the rows: its start, its owner, its number there. */
const WIDTH = 3;

function addFrames(
  rows: Numbers,
  frames: readonly Frame[],
  owner: number,
  numbered: (k: number) => number,
): void {
  for (let k = 0; k < frames.length; k++) {
    rows.push((frames[k] as Frame).start);
    rows.push(owner);
    rows.push(numbered(k));
  }
}

/** What a session shows before a stack, mostly the line of a stop, goes in front of it. */
function addThread(rows: Numbers, { frames, views }: Thread, owner: number): void {
  const addViews = () => addFrames(rows, views, owner, (k) => -1 - k);
  const isBefore = views.length > 0 && (views[0] as Frame).start < (frames[0]?.start ?? 0);
  if (isBefore) addViews();
  addFrames(rows, frames, owner, (k) => k);
  if (!isBefore) addViews();
}

/** More frames than this no text has that fits into a string; with its start, a frame's number is one exact number. */
const MOST_FRAMES = 1 << 23;

/** The rows by their starts. */
function documentOrder(rows: Int32Array): Int32Array {
  const count = rows.length / WIDTH;
  const keys = new Float64Array(count);
  let isInOrder = true;
  for (let i = 0; i < count; i++) {
    keys[i] = (rows[i * WIDTH] as number) * MOST_FRAMES + i;
    isInOrder &&= i === 0 || (rows[i * WIDTH] as number) >= (rows[(i - 1) * WIDTH] as number);
  }
  if (isInOrder) return rows;
  const ordered = new Int32Array(rows.length);
  for (const [i, key] of keys.sort().entries()) {
    const from = (key % MOST_FRAMES) * WIDTH;
    ordered.set(rows.subarray(from, from + WIDTH), i * WIDTH);
  }
  return ordered;
}

function column(rows: Int32Array, which: number): Int32Array {
  const values = new Int32Array(rows.length / WIDTH);
  for (let i = 0; i < values.length; i++) values[i] = rows[i * WIDTH + which] as number;
  return values;
}

const frameIndex = oncePer((reading: Reading) => new FrameIndex(reading));

/** Every frame of the text in document order, views and the frames of log records included. */
export function framePlaces(reading: Reading): FramePlace[] {
  const index = frameIndex(reading);
  return Array.from({ length: index.count }, (_, i) => index.at(i));
}

/** The frames of the text that a stretch of it touches, in document order. */
export function framePlacesIn(reading: Reading, { from, to }: Span): FramePlace[] {
  const index = frameIndex(reading);
  const places: FramePlace[] = [];
  const last = index.lastAt(to - 1);
  for (let i = Math.max(0, index.lastAt(from)); i <= last; i++) {
    const place = index.at(i);
    if (wholeFrame(place.frame).to > from) places.push(place);
  }
  return places;
}

/**
 * The frames in whose lines, locals included, one of the words stands, in document order. To look for a word in the text
 * is many times faster than to take every frame apart.
 */
export function framesWith(reading: Reading, words: readonly string[]): FramePlace[] {
  const { text } = reading.clean;
  const index = frameIndex(reading);
  const found = new Set<number>();
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0 && at < text.length; ) {
      const i = index.lastAt(at);
      const end = i < 0 ? 0 : wholeFrame(index.at(i).frame).to;
      if (at < end) found.add(i);
      at = text.indexOf(word, Math.max(at + 1, end));
    }
  }
  return [...found].sort((one, other) => one - other).map((i) => index.at(i));
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
  const index = frameIndex(reading);
  const last = index.lastAt(offset);
  const found = last < 0 ? null : index.at(last);
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
