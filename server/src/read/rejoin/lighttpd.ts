import { BLANK, COLON, isBlank, isDigit, skipBlanksBack } from "../chars";
import { Rewriter, type Rewritten } from "../rewrite";

const ENTRY = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?: \((?=[\w./+-]{1,200}\.\d)/y;

/** Gives every entry of lighttpd's error log a line of its own where several were joined into one. */
export function splitLighttpd(text: string): Rewritten {
  const rewriter = new Rewriter(text);
  if (!text.includes(".c.")) return rewriter.finish();
  let end = -1;
  for (let sign = text.indexOf(": ("); sign >= 0; sign = text.indexOf(": (", sign + 1)) {
    const index = timeStart(text, sign);
    // Nearly all entries stand at the start of a line and need no further look.
    if (index < 0 || isLineStart(text, skipBlanksBack(text, 0, index))) continue;
    if (!isEntry(text, index)) continue;
    // In front of a line's first entry may be the file name that grep puts there.
    const isFirst = index > end && !startsWithEntry(text, index);
    if (index > end) end = endOfLine(text, index);
    if (isFirst && !isBlank(text.charCodeAt(index - 1))) continue;
    rewriter.replace(skipBlanksBack(text, 0, index), index, "\n");
  }
  return rewriter.finish();
}

/** As long as a time is without its fraction, and how many digits that has. */
const TIME = 19;
const MOST_FRACTION = 9;

/** Where the time starts that ends at the sign, or -1. Only its colons are looked at. */
function timeStart(text: string, sign: number): number {
  let end = sign;
  while (sign - end <= MOST_FRACTION && isDigit(text.charCodeAt(end - 1))) end--;
  if (text.charAt(end - 1) !== "." || end === sign) end = sign;
  else end--;
  const isClock = text.charCodeAt(end - 3) === COLON && text.charCodeAt(end - 6) === COLON;
  return isClock && text.charCodeAt(end - 9) === BLANK ? end - TIME : -1;
}

function isEntry(text: string, at: number): boolean {
  ENTRY.lastIndex = at;
  return ENTRY.test(text);
}

/** Does the line that holds the place start with an entry, blanks aside? */
function startsWithEntry(text: string, at: number): boolean {
  let start = text.lastIndexOf("\n", at) + 1;
  while (start < at && isBlank(text.charCodeAt(start))) start++;
  return start < at && isEntry(text, start);
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline;
}

const isLineStart = (text: string, at: number): boolean =>
  at === 0 || text.charAt(at - 1) === "\n" || text.charAt(at - 1) === "\r";
