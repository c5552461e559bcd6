import type { Frame } from "../../read/frame";
import type { Reading, TableRow, Thread } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import type { Span } from "../../read/span";
import { announceWords, mentionsOf } from "../mentions/mentions";
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
export function countSymbols(reading: Reading): SymbolCount {
  const count = { framesTotal: 0, framesUnnamed: 0, framesWithSource: 0, objects: new Map() };
  const shapes = shapesOf(reading);
  for (const { threads } of reading.processes)
    for (const thread of threads) countThread(count, thread, shapes.get(thread) as StackShape);
  for (const { kind, rows } of reading.tables)
    if (kind === "library-list") for (const row of rows) countRow(count, row);
  for (const { object, span } of nakedPrograms(reading)) poorObject(count, object, span);
  return count;
}

function countThread(count: SymbolCount, { frames }: Thread, shape: StackShape): void {
  const { whole, poor } = callsOf(shape);
  count.framesTotal += whole;
  count.framesWithSource += whole;
  for (const index of poor) {
    const frame = frames[index] as Frame;
    if (index > 0 && index === frames.length - 1 && isEnd(frame)) continue;
    count.framesTotal++;
    if (frame.has("line")) count.framesWithSource++;
    else countPoor(count, frame);
  }
}

/** Of all stacks of a shape: how many calls have a name and a source line, and the places of the others. */
const callsOf = oncePer(({ frames }: StackShape) => {
  const calls = frames.flatMap(({ frame }, index) =>
    frame.kind === "call" || frame.kind === "inline" ? { frame, index } : [],
  );
  const poor = calls.filter(({ frame }) => !frame.has("line") || frame.function === null);
  return { whole: calls.length - poor.length, poor: poor.map(({ index }) => index) };
});

/** Where a stack ends, gdb may print a frame at address zero. */
const isEnd = (frame: Frame): boolean => frame.function === null && frame.address === "0x0";

function countPoor(count: SymbolCount, frame: Frame): void {
  const isUnnamed = frame.function === null;
  if (isUnnamed) count.framesUnnamed++;
  if (!isUnnamed && frame.library === null) return;
  const poor = poorObject(count, frame.library && objectName(frame.library), frame.span);
  poor.sourceless++;
  if (isUnnamed) poor.unnamed++;
}

const objectName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function poorObject(count: SymbolCount, object: string | null, span: Span): PoorObject {
  const known = count.objects.get(object);
  if (known) return known;
  const poor: PoorObject = { object, unnamed: 0, sourceless: 0, span };
  count.objects.set(object, poor);
  return poor;
}

/** `0x00007f29  0x00007f2a  Yes (*)  /lib/libz.so.1`: read, but without debug information. The kernel's own has no file. */
function countRow(count: SymbolCount, { cells, span }: TableRow): void {
  const read = cells[2]?.text;
  const library = cells[3]?.text;
  if (library === undefined || !library.startsWith("/")) return;
  if (read === "No" || read === "Yes (*)") poorObject(count, objectName(library), span);
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
