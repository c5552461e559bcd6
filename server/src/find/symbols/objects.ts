import type { Frame } from "../../read/frame";
import type { Reading, TableRow, Thread } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import type { Span } from "../../read/span";
import type { Steps } from "../../read/steps";
import { announceWords, mentionsOf } from "../mentions/mentions";
import { Pace } from "../pace";
import { type StackShape, shapesOf } from "../shapes";

/** An object of which symbols are missing, with the first place that shows it. */
export interface PoorObject {
  /** Its file name; null for frames that no object is known of. */
  readonly object: string | null;
  /** Frames in it without a name. */
  unnamed: number;
  /** Frames in it without a source line. */
  sourceless: number;
  readonly span: Span;
}

export interface SymbolCount {
  framesTotal: number;
  framesUnnamed: number;
  framesWithSource: number;
  /** By file name, in the order of the text. */
  readonly objects: Map<string | null, PoorObject>;
}

/** Counts what the stacks and gdb's own lines show of missing symbols. */
export function* countSymbols(reading: Reading): Steps<SymbolCount> {
  const count = { framesTotal: 0, framesUnnamed: 0, framesWithSource: 0, objects: new Map() };
  const shapes = yield* shapesOf.steps(reading);
  const pace = new Pace();
  for (const { threads } of reading.processes) {
    for (const thread of threads) {
      countThread(count, thread, shapes.get(thread) as StackShape);
      if (pace.isDone()) yield;
    }
  }
  for (const { kind, rows } of reading.tables)
    if (kind === "library-list") for (const row of rows) countRow(count, row);
  for (const { object, span } of nakedPrograms(reading)) poorObject(count, object, () => span);
  return count;
}

function countThread(count: SymbolCount, { frames }: Thread, shape: StackShape): void {
  const { all, withoutEnd } = countsOf(shape);
  // Where a stack ends, gdb may print a frame at address zero.
  const isEnd = withoutEnd !== null && frames[frames.length - 1]?.address === "0x0";
  const own = isEnd ? withoutEnd : all;
  count.framesTotal += own.framesTotal;
  count.framesUnnamed += own.framesUnnamed;
  count.framesWithSource += own.framesWithSource;
  for (const { object, unnamed, sourceless, index } of own.objects) {
    const poor = poorObject(count, object, () => (frames[index] as Frame).span);
    poor.unnamed += unnamed;
    poor.sourceless += sourceless;
  }
}

interface Call {
  readonly frame: Frame;
  readonly index: number;
}

/** What all stacks of a shape show, and what they show where the outermost frame, which has no name, is none. */
const countsOf = oncePer(({ frames }: StackShape) => {
  const calls = frames
    .map(({ frame }, index): Call => ({ frame, index }))
    .filter(({ frame: { kind } }) => kind === "call" || kind === "inline");
  const last = calls[calls.length - 1];
  const mayEnd =
    last?.index === frames.length - 1 && last.index > 0 && last.frame.function === null;
  return { all: countCalls(calls), withoutEnd: mayEnd ? countCalls(calls.slice(0, -1)) : null };
});

function countCalls(calls: readonly Call[]) {
  const count = { framesTotal: calls.length, framesUnnamed: 0, framesWithSource: 0 };
  const objects = new Map<string | null, Omit<PoorObject, "span"> & { readonly index: number }>();
  for (const { frame, index } of calls) {
    if (frame.has("line")) {
      count.framesWithSource++;
      continue;
    }
    const isUnnamed = frame.function === null;
    if (isUnnamed) count.framesUnnamed++;
    if (!isUnnamed && frame.library === null) continue;
    const object = frame.library && objectName(frame.library);
    const poor = objects.get(object) ?? { object, unnamed: 0, sourceless: 0, index };
    objects.set(object, poor);
    poor.sourceless++;
    if (isUnnamed) poor.unnamed++;
  }
  return { ...count, objects: [...objects.values()] };
}

const objectName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function poorObject(count: SymbolCount, object: string | null, place: () => Span): PoorObject {
  const known = count.objects.get(object);
  if (known) return known;
  const poor: PoorObject = { object, unnamed: 0, sourceless: 0, span: place() };
  count.objects.set(object, poor);
  return poor;
}

/** `0x00007f29  0x00007f2a  Yes (*)  /lib/libz.so.1`: read, but without debug information. The kernel's own has no file. */
function countRow(count: SymbolCount, { cells, span }: TableRow): void {
  const read = cells[2]?.text;
  const library = cells[3]?.text;
  if (library === undefined || !library.startsWith("/")) return;
  if (read === "No" || read === "Yes (*)") poorObject(count, objectName(library), () => span);
}

const NAKED =
  /Reading symbols from ([^\n]{1,1000}?)\.{3}\(no debugging symbols found\)|^\(No debugging symbols found in ([^\n]{1,1000})\)/gm;

const WITHOUT_SYMBOLS = "o debugging symbols found";

announceWords(() => [WITHOUT_SYMBOLS]);

/** `Reading symbols from /usr/sbin/httpd...(no debugging symbols found)...done.` */
function nakedPrograms(reading: Reading): { object: string; span: Span }[] {
  const { text } = reading.clean;
  if (mentionsOf(reading).indexOf(WITHOUT_SYMBOLS) < 0) return [];
  return [...text.matchAll(NAKED)].map((found) => ({
    object: objectName((found[1] ?? found[2]) as string),
    span: { from: found.index, to: found.index + found[0].length },
  }));
}
