import { GREATER } from "./chars";
import { LineKinds } from "./gdb/lineKinds";
import { type Lines, splitLines, splitOnce } from "./lines";
import type { Characters } from "./piecedText";
import { isCutAtColumn } from "./rejoin/measure";
import { type Met, metAfter, nothingMet } from "./rejoin/met";
import { MOST_WORK } from "./rejoin/split";
import type { Change } from "./reread";
import type { Span } from "./span";
import { atOnce } from "./steps";
import { psHeader } from "./tables/ps";
import { undoDamage } from "./undoDamage";
import { isEscaped } from "./undress/entities";
import { isSpoken } from "./undress/mi";
import { timeEnd } from "./undress/prefix";

/** A larger stretch around an edit is not looked at. */
const LARGEST = 1 << 17;

/** Lines of a log around an edit that stand between it and whatever else a repair may look at. */
const LOG_LINES = 80;

/**
 * Does nothing have to be undone in the text, as nothing had to be in the text before the edit? Then what the repairs
 * meet in it is returned; null where nobody can tell.
 *
 * Every repair works inside of stretches between blank lines, or between lines of a log; what it must know of the whole
 * text is asked first.
 */
export function leavesTextAlone(
  before: Characters,
  text: Characters,
  change: Change,
  known: Met,
): Met | null {
  if (isEscaped(text)) return null;
  const span = stretchAround(text, change);
  if (span === null) return null;
  const stretch = text.slice(span.from, span.to);
  const { inserted } = change;
  if (inserted.includes("\r") || inserted.includes("\x1b")) return null;
  if (OPENERS.some((words) => stretch.includes(words) && !before.includes(words))) return null;
  if (CALLS_FOR_MORE.some((words) => stretch.includes(words))) return null;
  if (KERNEL_START.test(stretch.slice(0, 200)) || isSpoken(splitLines(stretch))) return null;
  const now = metIn(stretch);
  if (now === null) return null;
  const old = before.slice(span.from, span.to - text.length + before.length);
  const gone = isNothingBroken(known) ? nothingMet() : metIn(old);
  if (gone === null) return null;
  const met = metAfter(known, gone, now);
  if (!isWrappedAlike(known, met)) return null;
  // Half of what is allowed: with the other half, no text that was left alone can have come to its end.
  const isShort = now.searched < MOST_WORK * stretch.length;
  return isShort && met.searched <= (MOST_WORK / 2) * text.length ? met : null;
}

const isNothingBroken = ({ behindFrames, continued }: Met): boolean =>
  behindFrames.isEmpty && continued.isEmpty;

/** What the repairs meet in a stretch that they leave alone; null for one that they do not. */
function metIn(stretch: string): Met | null {
  const met = nothingMet();
  const { mapping } = atOnce(undoDamage(stretch, splitOnce(), met));
  return mapping === null ? met : null;
}

/**
 * Lines that no repair has joined stay apart where lines count as full less often than before, or as often, and where
 * nothing says that the text was cut at a column.
 */
function isWrappedAlike(known: Met, met: Met): boolean {
  if (isNothingBroken(known) && isNothingBroken(met)) return true;
  const [before, now] = [known.continued.style, met.continued.style];
  if (isCutAtColumn(known.behindFrames.style) || isCutAtColumn(met.behindFrames.style))
    return false;
  if (before.style === "characters" || now.style === "characters") return false;
  return now.width >= before.width;
}

/** What makes the whole text be looked at for entries of lighttpd, or for JSON. */
const OPENERS = [".c.", '{"', '"msg": "'];

/** What only counts where something else stands in the text. */
const CALLS_FOR_MORE = [
  "frame={",
  "--- Message",
  "},{",
  '"log":',
  '"MESSAGE":',
  '"message":',
  '"msg":',
];

/** With these the kernel's message may have begun in front of the blank lines. */
const KERNEL_START = /^\s*(?:segfault|general protection|\] trap |Code: )/;

/** The lines around the edit that a repair could look at together with it, or null where they are too many. */
function stretchAround(text: Characters, change: Change): Span | null {
  const { from, inserted } = change;
  return (
    betweenBlanks(text, from, from + inserted.length) ??
    insideLog(text, from, from + inserted.length)
  );
}

function betweenBlanks(text: Characters, from: number, to: number): Span | null {
  const blank = from < 2 ? -1 : text.slice(Math.max(0, from - LARGEST), from).lastIndexOf("\n\n");
  const start = blank < 0 ? (from > LARGEST ? -1 : 0) : Math.max(0, from - LARGEST) + blank + 2;
  const next = text.slice(to, to + LARGEST).indexOf("\n\n");
  const end = next < 0 ? (to + LARGEST < text.length ? -1 : text.length) : to + next + 1;
  return start < 0 || end < 0 ? null : { from: start, to: end };
}

/** Lines of a server's log have nothing to do with each other, but listings of ps might reach across them. */
function insideLog(text: Characters, from: number, to: number): Span | null {
  if (hasListing(text)) return null;
  const start = back(text, from, LOG_LINES + 1);
  const end = forward(text, to, LOG_LINES + 1);
  const front = splitLines(text.slice(start, back(text, from, 0)));
  const rest = splitLines(text.slice(forward(text, to, 0), end));
  const isApart = (start === 0 || isLog(front)) && (end === text.length || isLog(rest));
  return isApart ? { from: start, to: end } : null;
}

/** Each line that holds the word is looked at once. */
function hasListing(text: Characters): boolean {
  for (let at = text.indexOf("PID"); at >= 0; ) {
    const start = back(text, at, 0);
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    if (psHeader(text.slice(start, Math.min(end, start + LONGEST_HEADER))) !== null) return true;
    at = text.indexOf("PID", end);
  }
  return false;
}

/** Behind so much, no header of ps has begun to name its columns. */
const LONGEST_HEADER = 4096;

/** The start of the line that holds the place, or of one so many lines in front of it. */
function back(text: Characters, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line <= lines && at > 0; line++) at = text.lastIndexOf("\n", at - 1);
  return Math.max(0, at + 1);
}

/** The start of the line behind the place, or of one so many lines further on. */
function forward(text: Characters, to: number, lines: number): number {
  let at = to - 1;
  for (let line = 0; line <= lines; line++) {
    at = text.indexOf("\n", at + 1);
    if (at < 0) return text.length;
  }
  return at + 1;
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
