import { BACKSLASH, DOUBLE_QUOTE, HASH, skipBlanks, skipBlanksBack } from "../chars";
import { isFrameNumber, isStrong, type LineKind, lineKind } from "../gdb/lineKind";
import { scanFrame } from "../gdb/scanFrame";
import { type Lines, lineText, splitLines } from "../lines";
import { Rewriter, type Rewritten } from "../rewrite";
import { Openness } from "./openness";
import { forcedGlue, glue, type WrapStyle, wrapStyle } from "./wrap";

/** Nothing that gdb prints is wrapped into more lines than this, or is longer, save by damage. */
const MOST_LINES = 600;
const MOST_CHARACTERS = 200_000;

/** As many characters decide how two lines are joined. */
const TAIL = 80;

/** More lines than this do not follow a frame that is neither complete nor inside brackets. */
const MOST_LOOSE_LINES = 12;

/** A line of gdb's output that goes on in the lines behind it. */
interface Entry {
  first: number;
  readonly kind: LineKind;
  /** Blanks before the first line; the same number before the others is the text's, not gdb's. */
  readonly indent: number;
  readonly openness: Openness;
  /** The pieces joined so far. They are put together only where the grammar has to look at the whole. */
  readonly pieces: string[];
  /** The last characters of the pieces. */
  tail: string;
  length: number;
  last: number;
  looseLines: number;
}

/** Where the text of two adjacent lines meets. */
interface Break {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly glue: "" | " ";
}

/**
 * Makes one line of every frame, thread header, local or event that was wrapped. `prefixLengths` are of the prefixes
 * that the lines have lost: a terminal counts them too.
 */
export function joinWrapped(text: string, prefixLengths: readonly number[] | null): Rewritten {
  const lines = splitLines(text);
  const rewriter = new Rewriter(text);
  let wrap: WrapStyle | undefined;
  for (let i = 0; i < lines.count; i++) {
    if (!canContinue(lines, i)) continue;
    wrap ??= measure(lines, prefixLengths);
    for (const joint of follow(lines, i, prefixLengths, wrap)) {
      rewriter.replace(joint.from, joint.to, joint.glue);
      i = joint.line;
    }
  }
  return rewriter.finish();
}

const kindOf = (lines: Lines, i: number): LineKind =>
  lineKind(lines.text, lines.starts[i] as number, lines.ends[i] as number);

const WRAPPED_KINDS: ReadonlySet<LineKind> = new Set([
  "frame",
  "bare-frame",
  "thread",
  "event",
  "current",
  "core",
  "result",
  "row",
  "indented",
  "prompt",
  "attach",
  "stop",
]);

/** The cheap question, asked of every line: could the next one belong to it? */
function canContinue(lines: Lines, i: number): boolean {
  if (i + 1 >= lines.count) return false;
  const start = lines.starts[i + 1] as number;
  // Frames follow each other in most texts, with nothing to look at in between.
  if (
    lines.text.charCodeAt(start) === HASH &&
    isFrameNumber(lines.text, start, lines.ends[i + 1] as number)
  ) {
    const isFrame = lines.text.charCodeAt(lines.starts[i] as number) === HASH;
    return isFrame && lineText(lines, i).includes('"') && hasOpenBracket(lines, i);
  }
  if ((lines.ends[i + 1] as number) <= (lines.starts[i + 1] as number)) return false;
  const kind = kindOf(lines, i);
  if (!WRAPPED_KINDS.has(kind)) return false;
  return kind !== "indented" || hasOpenBracket(lines, i) || isOutdented(lines, i + 1);
}

/** A line at the margin behind an indented one may be the rest of a local that was cut at a fixed column. */
const isOutdented = (lines: Lines, i: number): boolean =>
  indentOf(lines, i) === 0 && kindOf(lines, i) === "other";

function hasOpenBracket(lines: Lines, i: number): boolean {
  const openness = new Openness();
  openness.feed(lines.text, lines.starts[i] as number, lines.ends[i] as number);
  return openness.isOpen;
}

/**
 * How the text was wrapped. Lines that go on for reasons of grammar tell it; so do the runs of lines behind a frame that
 * begin nothing of their own, which are the only witnesses where a whole session was one line before it was wrapped.
 */
function measure(lines: Lines, prefixLengths: readonly number[] | null): WrapStyle {
  const runs = bothStyles(lines, prefixLengths, runLines(lines));
  const columns = runs.find((style) => style.style === "characters" && style.share > 0.9);
  if (columns) return columns;
  const [own, whole] = bothStyles(lines, prefixLengths, grammarLines(lines, prefixLengths));
  return own.style !== "characters" && whole.style === "characters" ? whole : own;
}

/** The style by the lines' own lengths, and by those with the prefixes that they had. */
function bothStyles(
  lines: Lines,
  prefixLengths: readonly number[] | null,
  continued: readonly number[],
): [WrapStyle, WrapStyle] {
  const own = continued.map((i) => ({ length: lineLength(lines, i), lost: lostAt(lines, i) }));
  const whole = own.map(({ length, lost }, k) => {
    const prefix = prefixLength(prefixLengths, continued[k] as number);
    return { length: length + prefix, lost };
  });
  return [wrapStyle(own), wrapStyle(whole)];
}

/** What the grammar says was lost between the line and the next one; null where a blank is still there. */
function lostAt(lines: Lines, i: number): "" | " " | null {
  const line = lineText(lines, i);
  const next = lineText(lines, i + 1);
  if (/\s$/.test(line) || /^\s/.test(next)) return null;
  return forcedGlue(line.slice(-TAIL), next.slice(0, TAIL));
}

/** The lines that go on in the next one, judged by brackets and grammar alone. */
function grammarLines(lines: Lines, prefixLengths: readonly number[] | null): number[] {
  const unknown: WrapStyle = { width: Number.POSITIVE_INFINITY, style: "unknown", share: 0 };
  const continued: number[] = [];
  for (let i = 0; i < lines.count; i++) {
    if (!canContinue(lines, i)) continue;
    const first = i;
    for (const joint of follow(lines, first, prefixLengths, unknown)) {
      if (!startsBlank(lines, joint.line, first)) continued.push(joint.line - 1);
      i = joint.line;
    }
  }
  return continued;
}

/** The lines behind a frame that are followed by one that begins nothing. */
function runLines(lines: Lines): number[] {
  const continued: number[] = [];
  for (let i = 0; i < lines.count; i++) {
    if (!isFrameStart(lines, i)) continue;
    const indent = indentOf(lines, i);
    while (i + 1 < lines.count && beginsNothing(lines, i + 1, indent)) continued.push(i++);
  }
  return continued;
}

function isFrameStart(lines: Lines, i: number): boolean {
  const start = (lines.starts[i] as number) + indentOf(lines, i);
  return lines.text.charCodeAt(start) === HASH && kindOf(lines, i) === "frame";
}

/** gdb puts up to two blanks between words, and a cut can fall before them. Its own wrapping indents by four. */
const CUT_BLANKS = 2;

/** Is the line one without a beginning of its own, indented no deeper than the one it may belong to? */
function beginsNothing(lines: Lines, i: number, indent: number): boolean {
  const kind = kindOf(lines, i);
  return kind === "other" || (kind === "indented" && indentOf(lines, i) <= indent + CUT_BLANKS);
}

/** gdb's own wrapping indents; it says nothing of how a mailer or a terminal broke lines. */
function startsBlank(lines: Lines, line: number, first: number): boolean {
  return indentOf(lines, line) > indentOf(lines, first);
}

const lineLength = (lines: Lines, i: number): number =>
  (lines.ends[i] as number) - (lines.starts[i] as number);

const prefixLength = (lengths: readonly number[] | null, i: number): number => lengths?.[i] ?? 0;

function indentOf(lines: Lines, i: number): number {
  const start = lines.starts[i] as number;
  return skipBlanks(lines.text, start, lines.ends[i] as number) - start;
}

/** The joints between the line `first` and those that belong to it. */
function follow(
  lines: Lines,
  first: number,
  prefixLengths: readonly number[] | null,
  wrap: WrapStyle,
): Break[] {
  const entry = startEntry(lines, first, prefixLengths, wrap);
  const breaks: Break[] = [];
  while (entry.last + 1 < lines.count && entry.last - entry.first < MOST_LINES) {
    const next = entry.last + 1;
    if (entry.length > MOST_CHARACTERS || !belongs(lines, entry, next, prefixLengths, wrap)) break;
    const joint = joinLine(lines, entry, next, prefixLengths, wrap);
    breaks.push(joint);
  }
  return breaks;
}

function startEntry(
  lines: Lines,
  first: number,
  prefixLengths: readonly number[] | null,
  wrap: WrapStyle,
): Entry {
  const start = lines.starts[first] as number;
  const end = lines.ends[first] as number;
  const openness = new Openness();
  openness.feed(lines.text, start, end);
  const text = lines.text.slice(
    start + indentOf(lines, first),
    skipBlanksBack(lines.text, start, end),
  );
  return {
    first,
    kind: kindOf(lines, first),
    indent: margin(lines, first, prefixLengths, wrap),
    openness,
    pieces: [text],
    tail: text.slice(-TAIL),
    length: text.length,
    last: first,
    looseLines: 0,
  };
}

/**
 * The blanks before the line that were put before all lines. Behind a line that was cut at the full width, some of them
 * may be the text's own.
 */
function margin(
  lines: Lines,
  i: number,
  prefixLengths: readonly number[] | null,
  wrap: WrapStyle,
): number {
  const indent = indentOf(lines, i);
  if (wrap.style !== "characters" || i === 0) return indent;
  const isAfterCut = fullLength(lines, i - 1, prefixLengths, wrap) >= wrap.width;
  return isAfterCut ? Math.min(indent, indentOf(lines, i - 1)) : indent;
}

function joinLine(
  lines: Lines,
  entry: Entry,
  next: number,
  prefixLengths: readonly number[] | null,
  wrap: WrapStyle,
): Break {
  const { text } = lines;
  const end = lines.ends[next] as number;
  const lastStart = lines.starts[entry.last] as number;
  const lastEnd = lines.ends[entry.last] as number;
  const own = Math.min(end, (lines.starts[next] as number) + entry.indent);
  const start = skipBlanks(text, lines.starts[next] as number, end);
  const trimmed = skipBlanksBack(text, lastStart, lastEnd);
  const hadBlank = trimmed < lastEnd || start > own;
  const after = text.slice(start, skipBlanksBack(text, start, end));
  const measured = fullLength(lines, entry.last, prefixLengths, wrap);
  const between = hadBlank ? " " : glue(entry.tail, after, measured, wrap, entry.openness.inString);
  if (!entry.openness.isOpen) entry.looseLines++;
  entry.openness.feed(text, start, end);
  entry.pieces.push(between, after);
  entry.tail = (entry.tail + between + after).slice(-TAIL);
  entry.length += between.length + after.length;
  entry.last = next;
  if (!entry.openness.isOpen && GLUED_FRAME.test(after)) dropFinished(entry);
  return { line: next, from: trimmed, to: start, glue: between };
}

/** The start of a frame behind another one on the same line. */
const GLUED_FRAME = /(?:^| )#\d/;

/** Where a whole session was joined into one line, only the last frame can be unfinished: the others are let go. */
function dropFinished(entry: Entry): void {
  const frame = lastFrame(entry.pieces.join(""));
  entry.pieces.splice(0, entry.pieces.length, frame);
  entry.length = frame.length;
  entry.first = entry.last;
  entry.looseLines = 0;
}

/** The line's length as the wrapping counted it: with the prefix that it had, where that makes it full. */
function fullLength(
  lines: Lines,
  i: number,
  prefixLengths: readonly number[] | null,
  wrap: WrapStyle,
): number {
  const whole = lineLength(lines, i) + prefixLength(prefixLengths, i);
  return whole === wrap.width ? whole : lineLength(lines, i);
}

/** Does the line `next` go on with the entry? */
function belongs(
  lines: Lines,
  entry: Entry,
  next: number,
  prefixLengths: readonly number[] | null,
  wrap: WrapStyle,
): boolean {
  const kind = kindOf(lines, next);
  if (kind === "blank") return false;
  if (isStrong(kind)) return entry.openness.inString && isInsideString(lines, next);
  if (entry.openness.isOpen) return true;
  if (entry.looseLines >= MOST_LOOSE_LINES) return false;
  const start = skipBlanks(lines.text, lines.starts[next] as number, lines.ends[next] as number);
  const after = lines.text.slice(start, lines.ends[next]);
  const isFull = fullLength(lines, entry.last, prefixLengths, wrap) >= wrap.width;
  if (isFull && wrap.style === "characters") return true;
  return isUnfinished(entry, after, isFull);
}

function isUnfinished(entry: Entry, after: string, isFull: boolean): boolean {
  const text = entry.pieces.join("");
  switch (entry.kind) {
    case "frame":
    case "bare-frame":
      return isFrameUnfinished(text, after, isFull);
    case "row":
      return isRowUnfinished(text, after, isFull);
    case "prompt":
      return promptGoesOn(text, after, isFull);
    case "core":
      return !/'\.?$/.test(text);
    case "thread":
      return !/:$/.test(text) && /\)?:$/.test(after);
    case "attach":
      return !/\d$/.test(text) && /process \d+$|^\d+$/.test(after);
    case "stop":
      return /signal [A-Z0-9]+,?[ \w]*$/.test(text) && /^[ \w]*\.$/.test(after);
    default:
      return false;
  }
}

/** A place behind complete arguments: `at apc.c:72`, `from /lib/libc.so.6`. */
const startsPlace = (after: string): boolean =>
  /^at(?:$| \S*[./:\\])/.test(after) || /^from(?:$| \S*[./])/.test(after);

function isFrameUnfinished(text: string, after: string, isFull: boolean): boolean {
  const frame = lastFrame(text);
  if (/ #\d*$/.test(frame)) return true;
  const scanned = scanFrame(frame, 0, frame.length);
  if (scanned === null || !scanned.isWhole) return true;
  const { parts } = scanned;
  if (scanned.isSignalHandler) return false;
  if (parts.fileFrom < 0 && parts.libraryFrom < 0) return startsPlace(after);
  if (!isFull) return false;
  return parts.fileFrom >= 0 ? /^\d+(?: #\d|$)/.test(after) : /^[\w./+-]+(?: #\d|$)/.test(after);
}

/** The last of the frames that were joined into one line. */
function lastFrame(text: string): string {
  let at = text.lastIndexOf(" #");
  for (let tries = 0; at > 0 && tries < 4; tries++) {
    const scanned = scanFrame(text, at + 1, text.length);
    if (scanned && (scanned.isCertain || !scanned.isWhole)) return text.slice(at + 1);
    at = text.lastIndexOf(" #", at - 1);
  }
  return text;
}

/** A row of `info threads` ends in a frame without `#`. */
function isRowUnfinished(row: string, after: string, isFull: boolean): boolean {
  if (/warning: Unexpected size/.test(row)) return false;
  const frame = row.replace(
    /^\*?\s*[\d.]+\s+(?:Thread 0x[0-9a-f]+ )?\(?(?:LWP|process) \d+\)?(?: "[^"]*")?\s*/,
    "",
  );
  return frame !== "" && frame !== row && isFrameUnfinished(frame, after, isFull);
}

function promptGoesOn(line: string, after: string, isFull: boolean): boolean {
  const output = line.replace(/^(?:\(gdb\) ?)+/, "");
  return output.startsWith("#") && isFrameUnfinished(output, after, isFull);
}

/**
 * A line inside a string that looks like the start of something: a real start leaves the quotes up to the next start
 * balanced, one inside a string does not.
 */
function isInsideString(lines: Lines, from: number): boolean {
  let quotes = 0;
  for (let i = from; i < Math.min(lines.count, from + 50); i++) {
    if (i > from && (isStrong(kindOf(lines, i)) || kindOf(lines, i) === "blank")) break;
    quotes += countQuotes(lines, i);
  }
  return quotes % 2 === 1;
}

function countQuotes(lines: Lines, i: number): number {
  const end = lines.ends[i] as number;
  let count = 0;
  for (let at = lines.starts[i] as number; at < end; at++) {
    if (lines.text.startsWith("'\"'", at)) at += 2;
    else if (lines.text.charCodeAt(at) === BACKSLASH) at++;
    else if (lines.text.charCodeAt(at) === DOUBLE_QUOTE) count++;
  }
  return count;
}
