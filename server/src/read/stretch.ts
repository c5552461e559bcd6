import { GREATER } from "./chars";
import { LineKinds } from "./gdb/lineKinds";
import { type Lines, splitLines } from "./lines";
import type { Characters } from "./piecedText";
import type { Span } from "./span";
import { timeEnd } from "./undress/prefix";

/** As far around an edit its stretch is looked for: mostly there is a blank line near by. */
const REACHES = [1 << 12, 1 << 17];

/** Lines of a log around an edit that stand between it and whatever else a repair may look at. */
const LOG_LINES = 80;

/**
 * The lines around an edit of `edited`, whole lines of a clean text, that a repair could look at together with it: what is
 * between blank lines, or inside of so many lines of a log. Null where they are too many. Lines of a server's log have nothing to
 * do with each other, but listings of ps might reach across them.
 */
export const stretchAround = (text: Characters, edited: Span, isListed: boolean): Span | null =>
  betweenBlanks(text, edited) ?? (isListed ? null : insideLog(text, edited));

/** The blank lines are part of it: a mailer's quote marks stand there, too. */
function betweenBlanks(text: Characters, edited: Span): Span | null {
  const from = blankBefore(text, edited.from);
  const to = from < 0 ? -1 : blankBehind(text, edited.to);
  return to < 0 ? null : { from, to };
}

/** Where the blank line in front of the place starts, or the text; -1 where that is too far. */
function blankBefore(text: Characters, place: number): number {
  for (const reach of REACHES) {
    const least = Math.max(0, place - reach);
    const at = text.slice(least, place).lastIndexOf("\n\n");
    if (at >= 0) return least + at + 1;
    if (least === 0) return 0;
  }
  return -1;
}

/** Where the blank line behind the place ends, or the text; -1 where that is too far. */
function blankBehind(text: Characters, place: number): number {
  const from = Math.max(0, place - 1);
  for (const reach of REACHES) {
    const at = text.slice(from, from + reach).indexOf("\n\n");
    if (at >= 0) return from + at + 2;
    if (from + reach >= text.length) return text.length;
  }
  return -1;
}

function insideLog(text: Characters, { from, to }: Span): Span | null {
  const start = linesBack(text, from, LOG_LINES + 1);
  const end = linesOn(text, to, LOG_LINES + 1);
  const isApart =
    (start === 0 || isLog(splitLines(text.slice(start, from)))) &&
    (end === text.length || isLog(splitLines(text.slice(to, end))));
  return isApart ? { from: start, to: end } : null;
}

/** The start of the line that holds the place. */
export const lineStart = (text: Characters, at: number): number => linesBack(text, at, 0);

/** Behind the line that holds the place. */
export const lineEnd = (text: Characters, at: number): number => linesOn(text, at, 1);

/** The start of the line so many lines in front of the one that holds the place. */
export function linesBack(text: Characters, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line <= lines; line++) {
    if (at <= 0) return 0;
    at = text.lastIndexOf("\n", at - 1);
  }
  return at + 1;
}

/** Behind so many lines, of which the first holds the place. */
function linesOn(text: Characters, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line < lines; line++) {
    const newline = text.indexOf("\n", at);
    if (newline < 0) return text.length;
    at = newline + 1;
  }
  return at;
}

/** `[Fri`, `2026-` or `[   12.345678] `: no message of the kernel that goes on behind a line break goes on with these. */
const LOG_START = /^(?:\[[A-Z][a-z]{2} |\d{4}-\d\d-\d\d |\[ {0,6}\d{1,7}\.\d{6}\])/;

/**
 * Are these so many lines, none of which gdb or a mailer wrote, and one the start of an entry? Then what stands in front
 * of them and what stands behind does not touch: nothing is looked for, or joined, across as many such lines.
 */
function isLog(lines: Lines): boolean {
  const kinds = new LineKinds(lines);
  let entries = 0;
  for (let i = 0; i < lines.count; i++) {
    const start = lines.starts[i] as number;
    const { text } = lines;
    const kind = kinds.at(i);
    if ((kind !== "other" && kind !== "blank") || text.charCodeAt(start) === GREATER) return false;
    if (timeEnd(text, start, lines.ends[i] as number) >= 0) return false;
    if (LOG_START.test(text.slice(start, start + 16))) entries++;
  }
  return lines.count >= LOG_LINES && entries > 0;
}
