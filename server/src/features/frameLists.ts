import type { Frame } from "../read/frame";
import type { LogRecord, Process, Reading, Thread } from "../read/model";
import { processAsRead } from "../read/movedProcess";
import { Numbers } from "../read/numbers";
import { oncePer } from "../read/oncePer";
import type { RecordList } from "../read/recordList";
import { recordsOf } from "../read/renewal";
import { lastAtOrBefore, lastNumberAtOrBefore, type Span } from "../read/span";

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

/** Frames in document order, each with its number. */
export interface FrameList {
  readonly count: number;
  startOf(i: number): number;
  /** Where the frame's lines with its locals end. */
  endOf(i: number): number;
  at(i: number): FramePlace;
  /** The frame alone, `shift` in front of where it stands now: `at` moves all of its process. */
  asRead(i: number): Frame;
  readonly shift: number;
}

/** The frames of a process, views included. What they are is found out once, however often an edit moves the process. */
class ProcessFrames implements FrameList {
  private readonly process: Process;
  private readonly processAsRead: Process;
  readonly shift: number;
  private readonly order: Int32Array;

  constructor(process: Process) {
    this.process = process;
    const { process: before, shift } = processAsRead(process);
    this.processAsRead = before;
    this.shift = shift;
    this.order = orderOfProcess(before);
  }

  get count(): number {
    return this.order.length / WIDTH;
  }

  startOf(i: number): number {
    return (this.order[i * WIDTH] as number) + this.shift;
  }

  endOf(i: number): number {
    return this.asRead(i).end + this.shift;
  }

  at(i: number): FramePlace {
    const { process } = this;
    const thread = this.threadIn(process, i);
    const frame = this.frameIn(process, i);
    const isView = this.numberOf(i) < 0;
    return { frame, stack: thread.frames, thread, process, record: null, isView };
  }

  asRead(i: number): Frame {
    return this.frameIn(this.processAsRead, i);
  }

  private numberOf(i: number): number {
    return this.order[i * WIDTH + 2] as number;
  }

  private threadIn({ threads }: Process, i: number): Thread {
    return threads[this.order[i * WIDTH + 1] as number] as Thread;
  }

  private frameIn(process: Process, i: number): Frame {
    const { frames, views } = this.threadIn(process, i);
    const number = this.numberOf(i);
    return (number < 0 ? views[-1 - number] : frames[number]) as Frame;
  }
}

/** The frames of a text's log records. */
class RecordFrames implements FrameList {
  readonly shift = 0;
  private readonly records: RecordList;
  private readonly order: Int32Array;

  constructor(records: RecordList) {
    this.records = records;
    const rows = new Numbers();
    records.eachAsRead(withFrames, (number, { frames }, shift) =>
      addFrames(rows, frames as Frame[], number, (k) => k, shift),
    );
    this.order = documentOrder(rows.trim());
  }

  get count(): number {
    return this.order.length / WIDTH;
  }

  startOf(i: number): number {
    return this.order[i * WIDTH] as number;
  }

  endOf(i: number): number {
    return this.asRead(i).end;
  }

  asRead(i: number): Frame {
    return this.at(i).frame;
  }

  at(i: number): FramePlace {
    const record = this.records.at(this.order[i * WIDTH + 1] as number);
    const stack = record.frames as readonly Frame[];
    const frame = stack[this.order[i * WIDTH + 2] as number] as Frame;
    return { frame, stack, thread: null, process: null, record, isView: false };
  }
}

/** The numbers of the records that have frames. */
export const withFrames = oncePer((records: readonly LogRecord[]): Int32Array => {
  const numbers = new Numbers();
  for (let i = 0; i < records.length; i++)
    if ((records[i] as LogRecord).frames !== null) numbers.push(i);
  return numbers.trim();
});

/** Of a frame in the rows: its start, the number of its thread or record, its number there; views are counted from -1 downwards. */
const WIDTH = 3;

const orderOfProcess = oncePer(({ threads }: Process): Int32Array => {
  const rows = new Numbers();
  for (const [i, thread] of threads.entries()) addThread(rows, thread, i);
  return documentOrder(rows.trim());
});

function addFrames(
  rows: Numbers,
  frames: readonly Frame[],
  owner: number,
  numbered: (k: number) => number,
  shift = 0,
): void {
  for (let k = 0; k < frames.length; k++) {
    rows.push((frames[k] as Frame).start + shift);
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

/** The frame's lines with its locals. */
export const wholeFrame = (frame: Frame): Span => ({ from: frame.start, to: frame.end });

/** The stretch so much further back. */
export const shifted = ({ from, to }: Span, by: number): Span => ({ from: from + by, to: to + by });

/** One frame of a list. */
export interface NumberedFrame {
  readonly list: FrameList;
  readonly i: number;
}

/** The number of the list's last frame that starts at the offset or in front of it, or -1. */
const lastIn = (list: FrameList, offset: number): number =>
  lastNumberAtOrBefore(list.count, offset, (i) => list.startOf(i));

/**
 * The frames of a text: those of its processes, which never overlap and hold all of their frames, and those of its log
 * records. Only the processes that somebody asks for are looked into.
 */
export class FramesOfText {
  private readonly processes: readonly Process[];
  /** Where each process starts and ends. */
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly lists: (ProcessFrames | undefined)[] = [];
  private readonly ofRecords: RecordFrames;

  constructor(reading: Reading) {
    this.processes = inDocumentOrder(reading.processes);
    const { starts, ends } = placesOf(this.processes);
    this.starts = starts;
    this.ends = ends;
    this.ofRecords = new RecordFrames(recordsOf(reading));
  }

  /** The last frame that starts at the offset or in front of it; of those in processes, only one of a process that is there. */
  lastAt(offset: number): NumberedFrame | null {
    const inRecord = lastIn(this.ofRecords, offset);
    const start = inRecord < 0 ? -1 : this.ofRecords.startOf(inRecord);
    for (let p = this.numberAt(offset); p >= 0 && (this.ends[p] as number) >= offset; p--) {
      const list = this.listOf(p);
      const i = lastIn(list, offset);
      if (i >= 0 && list.startOf(i) > start) return { list, i };
    }
    return inRecord < 0 ? null : { list: this.ofRecords, i: inRecord };
  }

  /** The processes whose sessions are at the offset, the last first: there are two where one ends and the next begins. */
  processesAt(offset: number): Process[] {
    const found: Process[] = [];
    for (let p = this.numberAt(offset); p >= 0 && (this.ends[p] as number) >= offset; p--)
      found.push(this.processes[p] as Process);
    return found;
  }

  processBefore(offset: number): Process | null {
    return this.processes[this.numberAt(offset)] ?? null;
  }

  /** All that touch the stretch, in document order. */
  touching({ from, to }: Span): FramePlace[] {
    const found: NumberedFrame[] = [];
    for (let p = Math.max(0, this.numberAt(from)); p < this.processes.length; p++) {
      if ((this.starts[p] as number) >= to) break;
      addTouching(found, this.listOf(p), from, to);
    }
    addTouching(found, this.ofRecords, from, to);
    return inOrder(found).map(({ list, i }) => list.at(i));
  }

  all(): FramePlace[] {
    return this.touching({ from: 0, to: Number.MAX_SAFE_INTEGER });
  }

  /** The number of the last process that starts at the offset or in front of it, or -1. */
  private numberAt(offset: number): number {
    return lastAtOrBefore(this.starts, offset, (start) => start);
  }

  private listOf(p: number): ProcessFrames {
    const known = this.lists[p] ?? new ProcessFrames(this.processes[p] as Process);
    this.lists[p] = known;
    return known;
  }
}

/** Where they start and end. To ask each for its span would make thousands of objects after each key. */
function placesOf(processes: readonly Process[]): { starts: Int32Array; ends: Int32Array } {
  const starts = new Int32Array(processes.length);
  const ends = new Int32Array(processes.length);
  for (let i = 0; i < processes.length; i++) {
    const { process, shift } = processAsRead(processes[i] as Process);
    starts[i] = process.span.from + shift;
    ends[i] = process.span.to + shift;
  }
  return { starts, ends };
}

/** Mostly they are. */
function inDocumentOrder(processes: readonly Process[]): readonly Process[] {
  const { starts } = placesOf(processes);
  const isInOrder = starts.every((start, i) => i === 0 || start >= (starts[i - 1] as number));
  if (isInOrder) return processes;
  return [...processes].sort((one, other) => one.span.from - other.span.from);
}

function addTouching(found: NumberedFrame[], list: FrameList, from: number, to: number): void {
  for (let i = Math.max(0, lastIn(list, from)); i < list.count && list.startOf(i) < to; i++)
    if (list.endOf(i) > from) found.push({ list, i });
}

/** Frames of processes and of records may stand in turns. */
function inOrder(found: readonly NumberedFrame[]): readonly NumberedFrame[] {
  const start = ({ list, i }: NumberedFrame): number => list.startOf(i);
  const isInOrder = found.every(
    (one, k) => k === 0 || start(one) >= start(found[k - 1] as NumberedFrame),
  );
  return isInOrder ? found : [...found].sort((one, other) => start(one) - start(other));
}
