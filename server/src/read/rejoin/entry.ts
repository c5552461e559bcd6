import { HASH } from "../chars";
import { isFrameNumber, isStrong, type LineKind } from "../gdb/lineKind";
import { isInsideString } from "./insideString";
import { Openness } from "./openness";
import type { PhysicalLines } from "./physicalLines";
import { isUnfinished, lastFrame } from "./unfinished";
import { glue, type WrapStyle } from "./wrap";

/** Nothing that gdb prints is wrapped into more lines than this, or is longer, save by damage. */
const MOST_LINES = 600;
const MOST_CHARACTERS = 200_000;

/** As many characters decide how two lines are joined. */
export const TAIL = 80;

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

/** Where two adjacent lines meet: `from .. to` becomes the glue. */
export interface Joint {
  /** The second of the two lines. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly glue: "" | " ";
}

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
export function canContinue(lines: PhysicalLines, i: number): boolean {
  if (i + 1 >= lines.count) return false;
  const next = lines.start(i + 1);
  // Frames follow each other in most texts, with nothing to look at in between.
  if (lines.text.charCodeAt(next) === HASH && isFrameNumber(lines.text, next, lines.end(i + 1))) {
    return lines.text.charCodeAt(lines.start(i)) === HASH && hasOpenString(lines, i);
  }
  if (lines.end(i + 1) <= next) return false;
  const kind = lines.kind(i);
  if (!WRAPPED_KINDS.has(kind)) return false;
  if (isStrong(lines.kind(i + 1))) return hasOpenString(lines, i);
  return kind !== "indented" || hasOpenBracket(lines, i) || isOutdented(lines, i + 1);
}

/** Only inside a string does a line that looks like the start of something belong to the one before it. */
const hasOpenString = (lines: PhysicalLines, i: number): boolean =>
  lines.line(i).includes('"') && hasOpenBracket(lines, i);

/** A line at the margin behind an indented one may be the rest of a local that was cut at a fixed column. */
const isOutdented = (lines: PhysicalLines, i: number): boolean =>
  lines.indent(i) === 0 && lines.kind(i) === "other";

function hasOpenBracket(lines: PhysicalLines, i: number): boolean {
  const openness = new Openness();
  openness.feed(lines.text, lines.start(i), lines.end(i));
  return openness.isOpen;
}

/** The joints between the line `first` and those that belong to it. */
export function follow(lines: PhysicalLines, first: number, wrap: WrapStyle): Joint[] {
  const entry = startEntry(lines, first, wrap);
  const joints: Joint[] = [];
  while (entry.last + 1 < lines.count && entry.last - entry.first < MOST_LINES) {
    if (entry.length > MOST_CHARACTERS || !belongs(lines, entry, wrap)) break;
    joints.push(joinNext(lines, entry, wrap));
  }
  return joints;
}

function startEntry(lines: PhysicalLines, first: number, wrap: WrapStyle): Entry {
  const openness = new Openness();
  openness.feed(lines.text, lines.start(first), lines.end(first));
  const text = lines.text.slice(lines.firstWord(first), lines.lastWord(first));
  return {
    first,
    kind: lines.kind(first),
    indent: margin(lines, first, wrap),
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
function margin(lines: PhysicalLines, i: number, wrap: WrapStyle): number {
  const indent = lines.indent(i);
  if (wrap.style !== "characters" || i === 0 || !lines.isFull(i - 1, wrap)) return indent;
  return Math.min(indent, lines.indent(i - 1));
}

/** Does the next line go on with the entry? */
function belongs(lines: PhysicalLines, entry: Entry, wrap: WrapStyle): boolean {
  const next = entry.last + 1;
  const kind = lines.kind(next);
  if (kind === "blank") return false;
  if (isStrong(kind)) return entry.openness.inString && isInsideString(lines, next);
  if (entry.openness.isOpen) return true;
  if (entry.looseLines >= MOST_LOOSE_LINES) return false;
  const isFull = lines.isFull(entry.last, wrap);
  if (isFull && wrap.style === "characters") return true;
  const after = lines.text.slice(lines.firstWord(next), lines.end(next));
  return isUnfinished(entry.kind, entry.pieces.join(""), after, isFull);
}

function joinNext(lines: PhysicalLines, entry: Entry, wrap: WrapStyle): Joint {
  const next = entry.last + 1;
  const from = lines.lastWord(entry.last);
  const to = lines.firstWord(next);
  const own = Math.min(lines.end(next), lines.start(next) + entry.indent);
  const after = lines.text.slice(to, lines.lastWord(next));
  const hadBlank = from < lines.end(entry.last) || to > own;
  const length = lines.countedLength(entry.last, wrap);
  const between = hadBlank ? " " : glue(entry.tail, after, length, wrap, entry.openness.inString);
  if (!entry.openness.isOpen) entry.looseLines++;
  entry.openness.feed(lines.text, to, lines.end(next));
  entry.pieces.push(between, after);
  entry.tail = (entry.tail + between + after).slice(-TAIL);
  entry.length += between.length + after.length;
  entry.last = next;
  if (!entry.openness.isOpen && GLUED_FRAME.test(after)) dropFinished(entry);
  return { line: next, from, to, glue: between };
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
