import { frameLabel } from "../find/groups";
import { releaseStretches } from "../find/lighttpdStretches";
import { Pace } from "../find/pace";
import { waitingFor } from "../frames/waiting";
import type { Frame } from "../read/frame";
import type { Process, Reading, Section, Thread } from "../read/model";
import { textOf } from "../read/renewal";
import { lastAtOrBefore, type Span } from "../read/span";
import { atOnce, type Steps } from "../read/steps";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { sectionRuns } from "./entries/runs";
import { processState } from "./lenses";
import { logSymbol, tableSymbol } from "./logSymbols";

/** An entry of the outline. */
export interface OutlineSymbol {
  readonly kind: "process" | "thread" | "frame" | "section" | "entry" | "table";
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
  /** What is selected when the entry is; inside `span`. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineSymbol[];
}

/** In a text with more frames than this, an outline of frames would only be slow: it ends at the threads. */
const MOST_FRAMES = 20_000;

/** Of a deeper stack, which is endless recursion, the outline has the innermost and the outermost frames. */
const DEEPEST_STACK = 200;
const OUTERMOST = 20;

/**
 * Processes, their threads and frames, logs with what matters in them, listings and other sections, in document order. A process with one thread
 * that has no header has its frames directly below it.
 */
export const symbols = (reading: Reading): OutlineSymbol[] => atOnce(symbolSteps(reading));

/** The same in steps. */
export function* symbolSteps(reading: Reading): Steps<OutlineSymbol[]> {
  yield* sectionRuns.steps(reading);
  yield* releaseStretches.steps(reading);
  const found: OutlineSymbol[] = [];
  const isHuge = countFrames(reading) > MOST_FRAMES;
  const pace = new Pace();
  for (const process of reading.processes) {
    found.push(processSymbol(process, isHuge));
    if (pace.isDone(8 + process.threads.length)) yield;
  }
  for (const section of reading.sections) {
    if (!holdsProcess(reading, section)) found.push(symbolOf(reading, section));
    if (pace.isDone(8)) yield;
  }
  return found.sort((one, other) => one.span.from - other.span.from);
}

function countFrames({ processes }: Reading): number {
  let count = 0;
  for (const { threads } of processes) for (const { frames } of threads) count += frames.length;
  return count;
}

const symbolOf = (reading: Reading, section: Section): OutlineSymbol =>
  logSymbol(reading, section) ?? tableSymbol(reading, section) ?? sectionSymbol(reading, section);

function processSymbol(process: Process, isHuge: boolean): OutlineSymbol {
  const { threads, span } = process;
  const only = threads.length === 1 && isAnonymous(threads[0] as Thread) ? threads[0] : undefined;
  const children = only
    ? frameSymbols(only, isHuge)
    : threads.map((thread) => threadSymbol(thread, isHuge));
  const count = only ? frameCount(only) : plural(threads.length, ["thread", "threads"]);
  const detail = joined([processState(process), count]);
  const whole = union(span, children);
  const name = clean(processName(process));
  const nameSpan = process.head ?? whole;
  return { kind: "process", name, detail, span: whole, nameSpan, children };
}

const isAnonymous = ({ number, id, lwp, name }: Thread): boolean =>
  number === null && id === null && lwp === null && name === null;

/** `process 311`, or what else the text tells of it. */
export function processName({ pid, program }: Process): string {
  if (pid !== null) return `process ${pid}`;
  return program === null ? "backtrace" : program;
}

function threadSymbol(thread: Thread, isHuge: boolean): OutlineSymbol {
  const children = frameSymbols(thread, isHuge);
  const span = union(thread.span, children);
  const state = waitingFor(thread.frames);
  const crashed = thread.crashed ? "got the signal" : null;
  const detail = joined([crashed, state === "running" ? null : state, frameCount(thread)]);
  const nameSpan = { from: thread.span.from, to: firstFrame(thread) };
  return { kind: "thread", name: clean(threadName(thread)), detail, span, nameSpan, children };
}

function firstFrame({ frames, span }: Thread): number {
  const from = frames[0]?.span.from ?? span.to;
  return from > span.from ? from : span.to;
}

/** `Thread 2 "worker" (LWP 71)`, as far as the text tells. */
export function threadName({ number, name, lwp, id }: Thread): string {
  const kernel = lwp === null ? id && `(${id})` : `(LWP ${lwp})`;
  const parts = [number === null ? "Thread" : `Thread ${number}`, name && `"${name}"`, kernel];
  return parts.filter((part) => part !== null && part !== "").join(" ");
}

function frameSymbols({ frames }: Thread, isHuge: boolean): OutlineSymbol[] {
  if (isHuge) return [];
  if (frames.length <= DEEPEST_STACK) return frames.map(frameSymbol);
  const inner = frames.slice(0, DEEPEST_STACK - OUTERMOST);
  return [...inner, ...frames.slice(-OUTERMOST)].map(frameSymbol);
}

function frameSymbol(frame: Frame): OutlineSymbol {
  const { span, number } = frame;
  const name = clean(`${number === null ? "" : `#${number} `}${frameLabel(frame)}`);
  const nameSpan = frame.part("function") ?? span;
  return { kind: "frame", name, detail: clean(frameDetail(frame)), span, nameSpan, children: [] };
}

function frameDetail({ file, line, library }: Frame): string {
  if (file !== null) return line === null ? baseName(file) : `${baseName(file)}:${line}`;
  return library === null ? "" : baseName(library);
}

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function sectionSymbol(reading: Reading, { kind, span }: Section): OutlineSymbol {
  const name = kind.replaceAll("-", " ");
  const text = textOf(reading).slice(span.from, Math.min(span.to, span.from + 1000));
  const detail = clean(text.trimStart().split("\n")[0] ?? "");
  return { kind: "section", name, detail, span, nameSpan: span, children: [] };
}

const frameCount = ({ frames }: Thread): string => plural(frames.length, ["frame", "frames"]);

const joined = (parts: readonly (string | null)[]): string =>
  clean(parts.filter((part) => part !== null).join(" · "));

/** One line, without control characters, of a length that an outline can show. */
function clean(text: string): string {
  return printable(shorten(text.replace(/\s+/g, " ").trim(), 120)) || "?";
}

/** The stretch that covers the span and all entries: a session may show a thread's frames far apart. */
function union(span: Span, children: readonly OutlineSymbol[]): Span {
  let { from, to } = span;
  for (const child of children) {
    from = Math.min(from, child.span.from);
    to = Math.max(to, child.span.to);
  }
  return { from, to };
}

function holdsProcess({ processes }: Reading, { span }: Section): boolean {
  const last = processes[lastAtOrBefore(processes, span.to - 1, (process) => process.span.from)];
  return last !== undefined && last.span.to > span.from;
}
