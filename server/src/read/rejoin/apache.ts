import { BLANK, CLOSE_BRACKET, COLON, skipBlanksBack } from "../chars";
import { Phrase } from "../phrase";
import { Rewriter, type Rewritten } from "../rewrite";

const HEADER = String.raw`\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4}\] \[|AH\d{5}: `;

const ENTRY = new RegExp(`^ *(?:${HEADER})`);
const HEADER_HERE = new RegExp(HEADER, "y");

/** The longest start of an entry that has to be seen to know it. */
const LONGEST_START = 80;

/** Text that libraries write into the log. */
const LIBRARIES = ["libgomp: ", "*** Error in `", "*** glibc detected "].map(
  (text) => new Phrase(text),
);

/** Gives every entry of Apache's error log a line of its own where several were joined into one. */
export function splitApache(text: string): Rewritten {
  const rewriter = new Rewriter(text);
  // Without one of these, no line starts with an entry.
  if (!text.includes("] [") && !text.includes("AH")) return rewriter.finish();
  let end = -1;
  let isEntry = false;
  for (const at of gluedStarts(text)) {
    const from = skipBlanksBack(text, 0, at);
    if (at > end) {
      const start = text.lastIndexOf("\n", at) + 1;
      const newline = text.indexOf("\n", at);
      end = newline < 0 ? text.length : newline;
      isEntry = ENTRY.test(text.slice(start, start + LONGEST_START));
    }
    if (isEntry) rewriter.replace(from, at, "\n");
  }
  return rewriter.finish();
}

/** Where entries, and text that libraries write, start behind something else on their line; in order. */
function gluedStarts(text: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf("["); at >= 0; at = text.indexOf("[", at + 1))
    if (isDay(text, at + 1) && isGlued(text, at) && isHeader(text, at)) starts.push(at);
  for (let at = text.indexOf("AH"); at >= 0; at = text.indexOf("AH", at + 1))
    if (isGlued(text, at) && !isOwnCode(text, at) && isHeader(text, at)) starts.push(at);
  for (const phrase of LIBRARIES)
    for (let at = phrase.indexIn(text); at >= 0; at = phrase.indexIn(text, at + 1))
      if (isGlued(text, at)) starts.push(at);
  return starts.sort((one, other) => one - other);
}

/** `M`, `T`, `W`, `F` and `S` begin the days. */
function isDay(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 77 || code === 84 || code === 87 || code === 70 || code === 83;
}

/** Is there a blank before it, and something else before that on the line? */
function isGlued(text: string, at: number): boolean {
  if (text.charCodeAt(at - 1) !== BLANK) return false;
  const from = skipBlanksBack(text, 0, at);
  return from > 0 && text.charAt(from - 1) !== "\n";
}

function isHeader(text: string, at: number): boolean {
  HEADER_HERE.lastIndex = at;
  return HEADER_HERE.test(text);
}

/** No code has more blanks before it that belongs to what stands there. */
const MOST_BLANKS = 19;

/** A code that follows `[client ...]` or an error's text belongs to the entry that it stands in. */
function isOwnCode(text: string, at: number): boolean {
  const from = skipBlanksBack(text, 0, at);
  if (at - from > MOST_BLANKS || text.charCodeAt(at + 8) !== BLANK) return false;
  const before = text.charCodeAt(from - 1);
  return before === COLON || before === CLOSE_BRACKET;
}
