import { Pace } from "../find/pace";
import { frameFact } from "../frames/facts";
import { NEWLINE } from "../read/chars";
import type { Frame } from "../read/frame";
import type { Process, Reading, Thread } from "../read/model";
import type { Span } from "../read/span";
import { atOnce, type Steps } from "../read/steps";
import { wholeFrame } from "./locate";
import { runFoldSteps } from "./logFolds";
import { scriptFolds } from "./scriptFolds";

/** A region that can be folded to its first line. */
export interface Fold {
  readonly span: Span;
  readonly kind: "region" | "comment";
}

/** Fewer frames of machinery than this take no room worth folding. */
const SHORTEST_RUN = 3;

/**
 * What can be folded: processes, gdb's banner, threads, frames with wrapped lines or locals, runs of frames that belong
 * to the C library or a run-time, runs of alike log entries, and what stands between the sessions. The outermost come first; some have
 * one line only: the caller knows the lines.
 */
export const folds = (reading: Reading): Fold[] => atOnce(foldSteps(reading));

/** The same in steps. */
export function* foldSteps(reading: Reading): Steps<Fold[]> {
  const runs = yield* runFoldSteps(reading);
  const isOneLine = oneLineTest(reading);
  const found: Fold[] = [];
  const pace = new Pace();
  for (const { span, kind } of foldsOf(reading, runs)) {
    const own = withoutBlankEnd(reading.clean.text, span);
    if (!isOneLine(own)) found.push({ span: own, kind });
    if (pace.isDone()) yield;
  }
  return found;
}

function* foldsOf(reading: Reading, runs: readonly Span[]): Generator<Fold> {
  const { processes, sections, records, tables } = reading;
  for (const { span } of processes) yield region(span);
  for (const { kind, span } of sections) if (!isGdb(kind)) yield region(span);
  for (const process of processes) yield* headFold(reading, process);
  for (const { threads } of processes) for (const { span } of threads) yield region(span);
  for (const span of runs) yield region(span);
  for (const span of scriptFolds(reading)) yield region(span);
  for (const { span } of records) yield region(span);
  for (const { span } of tables) yield region(span);
  for (const { threads } of processes) for (const thread of threads) yield* frameFolds(thread);
  for (const { threads } of processes) for (const thread of threads) yield* machineryFolds(thread);
}

/** Tells what is one line of the document for sure: there is nothing to fold, and most frames and entries are such. */
function oneLineTest({ clean: { text, mapping } }: Reading): (span: Span) => boolean {
  if (mapping !== null || text.includes("\r")) return () => false;
  return ({ from, to }) => {
    let at = from;
    while (at < to && text.charCodeAt(at) !== NEWLINE) at++;
    return at >= to;
  };
}

/** Blank lines behind a region stay visible when it is folded. */
function withoutBlankEnd(text: string, { from, to }: Span): Span {
  let end = to;
  while (end > from && text.charCodeAt(end - 1) <= 32) end--;
  return { from, to: end };
}

const region = (span: Span): Fold => ({ span, kind: "region" });

const isGdb = (kind: string): boolean => kind === "gdb-session" || kind === "backtrace";

/** The banner and all that gdb prints before the first stack; its first line stays, as it is the process's too. */
function headFold(reading: Reading, process: Process): Fold[] {
  const { head } = process;
  if (head === null) return [];
  const second = reading.clean.text.indexOf("\n", head.from) + 1;
  if (second === 0 || second >= head.to) return [];
  return [{ span: { from: second, to: head.to }, kind: "comment" }];
}

function frameFolds(thread: Thread): Fold[] {
  return thread.frames.map((frame) => region(wholeFrame(frame)));
}

/**
 * A run that begins where the thread does would compete with the thread's own fold: it begins one frame later. Frames of
 * a session that looked at outer ones first do not stand in the order of their numbers: there a run ends.
 */
function machineryFolds({ frames, span }: Thread): Fold[] {
  const runs: Frame[][] = [];
  let run: Frame[] = [];
  for (const frame of frames[0]?.span.from === span.from ? frames.slice(1) : frames) {
    const last = run.at(-1);
    if (!isMachinery(frame)) run = [];
    else if (last && last.span.from < frame.span.from) run.push(frame);
    else {
      run = [frame];
      runs.push(run);
    }
  }
  return runs.filter(({ length }) => length >= SHORTEST_RUN).map(runOf);
}

const runOf = (run: readonly Frame[]): Fold =>
  region({ from: (run[0] as Frame).span.from, to: wholeFrame(run.at(-1) as Frame).to });

/** A function of the C library, a run-time or a server's own loop. */
export function isMachinery(frame: Frame): boolean {
  if (frame.function === null) return false;
  const interest = frameFact(frame.function, frame.library)?.interest;
  return interest === "skip" || interest === "base";
}
