import { DASH, skipBlanks, skipBlanksBack } from "../chars";
import { isBlankLine, type Lines, lineText, type Split, splitLines } from "../lines";
import { type Meeting, nothingMet } from "../met";
import { Occurrences, Phrase } from "../phrase";
import { Rewriter, type Rewritten } from "../rewrite";
import { type PsHeader, psHeader, rowReader } from "../tables/ps";
import { rowPattern } from "../tables/psColumns";

/** A row goes on for no more lines than this where the lines are of different lengths, or of the same. */
const MOST_TAILS = 3;
const MOST_FULL_TAILS = 600;

/** As many of the broken lines have the same length where they were cut at a column. */
const CUT_SHARE = 0.7;

/** Lines that are exactly so long were most likely cut there. */
const TERMINAL_WIDTHS: ReadonlySet<number> = new Set([80, 100, 120, 132, 160, 200]);

const SEMAPHORES = new Phrase("--- Semaphore");
const SHARED_MEMORY = new Phrase("--- Shared Memory");

/** Puts every row of the listings of ps and ipcs on a line of its own, be they joined into one line or wrapped. */
export function straightenTables(
  text: string,
  split: Split = splitLines,
  met: Meeting = nothingMet(),
): Rewritten {
  const rewriter = new Rewriter(text);
  const hasProcesses = text.includes("PID");
  const hasSemaphores = SEMAPHORES.isIn(text) || SHARED_MEMORY.isIn(text);
  if (!hasProcesses && !hasSemaphores) return rewriter.finish();
  const lines = split(text);
  const columns = new Occurrences(text, "PID");
  for (let i = 0; i < lines.count; ) {
    const isHeader =
      hasProcesses && columns.isWithin(lines.starts[i] as number, lines.ends[i] as number);
    const after = isHeader ? straightenProcesses(rewriter, lines, i, met) : i;
    if (after === i && hasSemaphores) splitIpcs(rewriter, lines, i);
    i = Math.max(after, i + 1);
  }
  return rewriter.finish();
}

/** Straightens the listing that starts on the line `at`, and returns the first line behind it, or `at`. */
function straightenProcesses(rewriter: Rewriter, lines: Lines, at: number, met: Meeting): number {
  const line = lineText(lines, at);
  const header = psHeader(line);
  if (header === null) return at;
  met.isListed = true;
  if (header.end === line.trimEnd().length) {
    const whole = wrappedHeader(lines, at);
    if (whole === null) return joinRows(rewriter, lines, at + 1, header);
    rewriter.replace(lines.ends[at] as number, lines.starts[at + 1] as number, " ");
    return joinRows(rewriter, lines, at + 2, whole);
  }
  splitRows(rewriter, lines, at, header);
  return at + 1;
}

/** The header on the lines `at` and behind, where the last names were broken off; else null. */
function wrappedHeader(lines: Lines, at: number): PsHeader | null {
  if (at + 1 >= lines.count || isBlankLine(lines, at + 1)) return null;
  const text = `${lineText(lines, at)} ${lineText(lines, at + 1)}`.trimEnd();
  const header = psHeader(text);
  return header !== null && header.end === text.length ? header : null;
}

/** Breaks `PID TTY TIME CMD 1 ? 00:00:02 init 7 ? 00:00:00 sh` before every row. */
function splitRows(rewriter: Rewriter, lines: Lines, at: number, header: PsHeader): void {
  const line = lineText(lines, at);
  const row = new RegExp(`(?<=[ \\t])${rowPattern(header.columns)}(?: |$)`, "g");
  const starts = [...line.slice(header.end).matchAll(row)].map(({ index }) => header.end + index);
  // Capitals without a row right behind them are no header.
  if (starts[0] !== skipBlanks(line, header.end, line.length)) return;
  for (const start of starts) {
    const from = (lines.starts[at] as number) + skipBlanksBack(line, header.end, start);
    rewriter.replace(from, (lines.starts[at] as number) + start, "\n");
  }
}

/** Joins the lines of wrapped rows, and returns the first line behind the listing. */
function joinRows(rewriter: Rewriter, lines: Lines, first: number, header: PsHeader): number {
  const read = rowReader(header.columns);
  const isRow = (line: string): boolean => read(line, 0) !== null;
  const joints: number[] = [];
  let i = first;
  for (let heads = headLines(lines, i, isRow); heads > 0; heads = headLines(lines, i, isRow)) {
    const after = i + heads + tailLines(lines, i + heads, isRow, joints);
    for (let joint = i + 1; joint < after; joint++) joints.push(joint);
    i = after;
  }
  joinAt(rewriter, lines, joints);
  return i;
}

/** How many lines make a row with all its columns: one, two where the row was broken inside them, or none. */
function headLines(lines: Lines, at: number, isRow: (line: string) => boolean): number {
  if (at >= lines.count) return 0;
  if (isRow(lineText(lines, at))) return 1;
  if (at + 1 >= lines.count || isBlankLine(lines, at)) return 0;
  return isRow(`${lineText(lines, at)} ${lineText(lines, at + 1).trimStart()}`) ? 2 : 0;
}

/** How many lines go on with the row that ends before the line `at`: those up to the next row. */
function tailLines(
  lines: Lines,
  at: number,
  isRow: (line: string) => boolean,
  joints: readonly number[],
): number {
  const isFull = (i: number): boolean => lengthOf(lines, i) === lengthOf(lines, at - 1);
  let full = 0;
  for (let tails = 0; tails <= MOST_TAILS + full && at + tails < lines.count; tails++) {
    if (headLines(lines, at + tails, isRow) > 0) return tails;
    if (isBlankLine(lines, at + tails)) break;
    if (isFull(at + tails) && tails === full && full < MOST_FULL_TAILS) full++;
  }
  // Nothing tells the end of the last row but the width at which the others were broken.
  const isWidth = joints.some((joint) => isFull(joint - 1));
  return isWidth && at + full < lines.count && !isBlankLine(lines, at + full) ? full + 1 : 0;
}

const lengthOf = (lines: Lines, i: number): number =>
  (lines.ends[i] as number) - (lines.starts[i] as number);

/** Puts each of these lines behind the one before it; without a blank where all were cut at the same column. */
function joinAt(rewriter: Rewriter, lines: Lines, joints: readonly number[]): void {
  const width = cutColumn(joints.map((joint) => lineText(lines, joint - 1)));
  for (const joint of joints) {
    const end = lines.ends[joint - 1] as number;
    const start = lines.starts[joint] as number;
    const from = skipBlanksBack(lines.text, lines.starts[joint - 1] as number, end);
    const to = skipBlanks(lines.text, start, lines.ends[joint] as number);
    const isCut = from === end && to === start && lengthOf(lines, joint - 1) === width;
    rewriter.replace(from, to, isCut ? "" : " ");
  }
}

/**
 * The column at which a terminal cut the lines, or -1. Whoever breaks at blanks leaves lines of many lengths, but not
 * where the rows are alike; those have their last words at the same place, too.
 */
function cutColumn(broken: readonly string[]): number {
  const width = broken.reduce((longest, line) => Math.max(longest, line.length), 0);
  const full = broken.filter((line) => line.length === width);
  if (full.length < CUT_SHARE * broken.length) return -1;
  const lastWords = new Set(full.map((line) => line.lastIndexOf(" ")));
  return TERMINAL_WIDTHS.has(width) || lastWords.size > 1 ? width : -1;
}

/** Titles, names of columns and rows, behind something else on their line. */
const IPCS_PARTS =
  / (?=-{3,10} (?:Shared|Semaphore|Message) )|(?<=-) (?=(?:key|shmid|semid|msqid) +[a-z])| (?=0x[\da-f]{8} +\d{1,10} )/g;

function splitIpcs(rewriter: Rewriter, lines: Lines, at: number): void {
  if (lines.text.charCodeAt(lines.starts[at] as number) !== DASH) return;
  const line = lineText(lines, at);
  if (!/^-{3,10} (?:Shared|Semaphore|Message) /.test(line)) return;
  const start = lines.starts[at] as number;
  for (const { index } of line.matchAll(IPCS_PARTS)) {
    rewriter.replace(start + skipBlanksBack(line, 0, index), start + index + 1, "\n");
  }
}
