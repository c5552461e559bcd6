import { HASH, isSpace } from "../chars";
import type { Broken, Meeting, Met } from "../met";
import { isStep, type Steps } from "../steps";
import { canContinue, follow, TAIL } from "./entry";
import type { PhysicalLines } from "./physicalLines";
import { type BrokenLine, BrokenLines, forcedGlue, type WrapStyle } from "./wrap";

/**
 * How the text was wrapped. Lines that go on for reasons of grammar tell it; so do the runs of lines behind a frame that
 * begin nothing of their own, which are the only witnesses where a whole session was one line before it was wrapped. Of a
 * part of a text both are counted, for with the rest others may decide.
 */
export function* measure(lines: PhysicalLines, met: Meeting, isPart: boolean): Steps<WrapStyle> {
  const lost = new Map<number, BrokenLine["lost"]>();
  met.behindFrames = bothWays(lines, yield* runLines(lines), lost);
  if (isPart || !columnsOf(met)) {
    yield;
    met.continued = bothWays(lines, yield* grammarLines(lines), lost);
  }
  return wrapStyle(met);
}

/** The column at which the lines behind frames say that the text was cut. */
export const columnsOf = ({ behindFrames: { own, whole } }: Met): WrapStyle | undefined =>
  [own.style, whole.style].find(isCutAtColumn);

/** How a text was wrapped in which so much was met. */
export function wrapStyle(met: Met): WrapStyle {
  const [own, whole] = [met.continued.own.style, met.continued.whole.style];
  const better = own.style !== "characters" && whole.style === "characters" ? whole : own;
  return columnsOf(met) ?? better;
}

/** Do the lines behind frames leave no doubt? */
const isCutAtColumn = ({ style, share }: WrapStyle): boolean =>
  style === "characters" && share > 0.9;

/**
 * The lines by their own lengths, and by those with the prefixes that they had. What is known to be lost at the end
 * of a line is kept in `lost`.
 */
function bothWays(
  lines: PhysicalLines,
  continued: readonly number[],
  lost: Map<number, BrokenLine["lost"]>,
): Broken {
  for (const i of continued) if (!lost.has(i)) lost.set(i, lostAt(lines, i));
  const broken = (length: (i: number) => number): BrokenLines =>
    BrokenLines.of(continued.map((i) => ({ length: length(i), lost: lost.get(i) ?? null })));
  const own = broken((i) => lines.length(i));
  return { own, whole: lines.hasPrefixes ? broken((i) => lines.wholeLength(i)) : own };
}

/** What the grammar says was lost between the line and the next one; null where a blank is still there. */
function lostAt(lines: PhysicalLines, i: number): "" | " " | null {
  const { text } = lines;
  const [start, end] = [lines.start(i), lines.end(i)];
  const [nextStart, nextEnd] = [lines.start(i + 1), lines.end(i + 1)];
  if (end > start && isSpace(text.charCodeAt(end - 1))) return null;
  if (nextEnd > nextStart && isSpace(text.charCodeAt(nextStart))) return null;
  const tail = text.slice(Math.max(start, end - TAIL), end);
  return forcedGlue(tail, text.slice(nextStart, Math.min(nextEnd, nextStart + TAIL)));
}

/** The lines that go on in the next one, judged by brackets and grammar alone. */
function* grammarLines(lines: PhysicalLines): Steps<number[]> {
  const unknown: WrapStyle = { width: Number.POSITIVE_INFINITY, style: "unknown", share: 0 };
  const continued: number[] = [];
  for (let i = 0; i < lines.count; i++) {
    if (isStep(i)) yield;
    if (!canContinue(lines, i)) continue;
    const first = i;
    for (const joint of follow(lines, first, unknown)) {
      // gdb's own wrapping indents; it says nothing of how a mailer or a terminal broke lines.
      if (lines.indent(joint.line) <= lines.indent(first)) continued.push(joint.line - 1);
      i = joint.line;
    }
  }
  return continued;
}

/** The lines behind a frame that are followed by one that begins nothing. */
function* runLines(lines: PhysicalLines): Steps<number[]> {
  const continued: number[] = [];
  for (let i = 0; i < lines.count; i++) {
    if (isStep(i)) yield;
    if (!isFrameStart(lines, i)) continue;
    const indent = lines.indent(i);
    while (i + 1 < lines.count && beginsNothing(lines, i + 1, indent)) continued.push(i++);
  }
  return continued;
}

function isFrameStart(lines: PhysicalLines, i: number): boolean {
  return lines.text.charCodeAt(lines.firstWord(i)) === HASH && lines.kind(i) === "frame";
}

/** gdb puts up to two blanks between words, and a cut can fall before them. Its own wrapping indents by four. */
const CUT_BLANKS = 2;

/** Is the line one without a beginning of its own, indented no deeper than the one it may belong to? */
function beginsNothing(lines: PhysicalLines, i: number, indent: number): boolean {
  const kind = lines.kind(i);
  return kind === "other" || (kind === "indented" && lines.indent(i) <= indent + CUT_BLANKS);
}
