import {
  BLANK,
  CLOSE_BRACKET,
  indexWithin,
  isBlank,
  isSpace,
  skipBlanks,
  skipBlanksBack,
  skipDigits,
} from "../chars";
import { skipBrackets } from "../gdb/brackets";
import { isStrong, lineKind, promptLength } from "../gdb/lineKind";
import { scanFrame } from "../gdb/scanFrame";
import { type Split, splitLines } from "../lines";
import { type Meeting, nothingMet } from "../met";
import { Rewriter, type Rewritten } from "../rewrite";

/** A frame's number has no more digits. */
const MOST_DIGITS = 7;

/** As far behind its start as a frame's end is looked for. */
const LONGEST_FRAME = 20_000;

/** Work per character of the text after which a hostile text is left as it is. */
export const MOST_WORK = 16;

/**
 * Puts line breaks back into a session that was joined into long lines: before frames, thread headers, prompts and
 * gdb's sentences that stand behind something else on a line.
 */
export function splitGlued(
  text: string,
  _: Split = splitLines,
  met: Meeting = nothingMet(),
): Rewritten {
  const rewriter = new Rewriter(text);
  const work = { left: MOST_WORK * text.length };
  let done = 0;
  for (let at = text.indexOf("#"); at >= 0; at = text.indexOf("#", Math.max(at + 1, done))) {
    if (!isGluedFrame(text, at)) continue;
    const start = text.lastIndexOf("\n", at) + 1;
    const newline = text.indexOf("\n", at);
    done = newline < 0 ? text.length : newline;
    splitLine(rewriter, text, start, done, work);
  }
  met.searched = MOST_WORK * text.length - work.left;
  return rewriter.finish();
}

/** Does a frame stand at the `#`, behind something else on its line? */
function isGluedFrame(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1) === BLANK ? at - 2 : at - 1;
  if (before < 0 || isSpace(text.charCodeAt(before))) return false;
  const digits = skipDigits(text, at + 1, Math.min(text.length, at + MOST_DIGITS + 1));
  return digits > at + 1 && text.charCodeAt(digits) === BLANK;
}

function splitLine(
  rewriter: Rewriter,
  text: string,
  from: number,
  to: number,
  work: { left: number },
): void {
  let start = skipBlanks(text, from, to);
  while (start < to && work.left > 0) {
    const next = nextStart(text, start, to, work);
    if (next < 0) return;
    rewriter.replace(skipBlanksBack(text, start, next), next, "\n");
    start = next;
  }
}

/** Where the next thing starts that begins a line in gdb's own output, outside the one that starts at `start`. */
function nextStart(text: string, start: number, to: number, work: { left: number }): number {
  for (let at = entryCore(text, start, to); at < to && work.left > 0; at++) {
    work.left--;
    if (!mayStart(text, at)) continue;
    const end = Math.min(to, at + LONGEST_FRAME);
    if (isStart(text, at, end)) return at;
    if (text.charAt(at) === "#") work.left -= end - at;
  }
  return -1;
}

/** Past what must not be cut: a prompt, a frame's arguments with their strings, the brackets of a header. */
function entryCore(text: string, from: number, to: number): number {
  let start = from;
  while (promptLength(text, start) > 0) {
    start = skipBlanks(text, start + promptLength(text, start), to);
  }
  const end = Math.min(to, start + LONGEST_FRAME);
  const kind = lineKind(text, start, end);
  if (kind === "thread" || kind === "event" || kind === "current") {
    const open = indexWithin(text, kind === "thread" ? "(" : "[", start, end);
    const after = open < 0 ? -1 : skipBrackets(text, open, end, true);
    return after < 0 ? start + 1 : after;
  }
  if (kind !== "frame" && kind !== "bare-frame") return start + 1;
  const frame = scanFrame(text, start, end);
  return frame !== null && frame.parts.argumentsTo > 0 ? frame.parts.argumentsTo : start + 1;
}

function mayStart(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return (before === BLANK || before === CLOSE_BRACKET) && !isBlank(text.charCodeAt(at));
}

/** Locals of `bt full` keep their eight blanks where nobody lost them. */
const LOCAL = /^ {8}[\w.]{1,80} = /;

function isStart(text: string, at: number, end: number): boolean {
  const kind = lineKind(text, at, end);
  // `#3` may be an issue's number; a frame has an address or a call.
  if (kind === "frame") return scanFrame(text, at, end)?.isCertain ?? false;
  if (kind === "bare-frame" || kind === "banner-rest" || isStrong(kind)) return true;
  return kind === "other" && LOCAL.test(text.slice(at - 8, at + 90));
}
