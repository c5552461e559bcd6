import { BLANK, CLOSE_BRACKET, COLON, skipBlanksBack } from "../chars";
import { Rewriter, type Rewritten } from "../rewrite";

const HEADER = String.raw`\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4}\] \[|AH\d{5}: `;

/** Starts of entries, and of text that libraries write into the log, behind something else on their line. */
const GLUED = new RegExp(
  ` (?=${HEADER}|libgomp: |\\*\\*\\* Error in \`|\\*\\*\\* glibc detected )`,
  "g",
);

const ENTRY = new RegExp(`^ *(?:${HEADER})`);

/** The longest start of an entry that has to be seen to know it. */
const LONGEST_START = 80;

/** Gives every entry of Apache's error log a line of its own where several were joined into one. */
export function splitApache(text: string): Rewritten {
  const rewriter = new Rewriter(text);
  // Without one of these, no line starts with an entry.
  if (!text.includes("] [") && !text.includes("AH")) return rewriter.finish();
  let start = 0;
  let end = -1;
  let isEntry = false;
  for (const { index } of text.matchAll(GLUED)) {
    if (index > end) {
      start = text.lastIndexOf("\n", index) + 1;
      const newline = text.indexOf("\n", index);
      end = newline < 0 ? text.length : newline;
      isEntry = ENTRY.test(text.slice(start, start + LONGEST_START));
    }
    const from = skipBlanksBack(text, start, index);
    if (isEntry && from > start && !isOwnCode(text, from)) rewriter.replace(from, index + 1, "\n");
  }
  return rewriter.finish();
}

/** A code that follows `[client ...]` or an error's text belongs to the entry that it stands in. */
function isOwnCode(text: string, from: number): boolean {
  const before = text.charCodeAt(from - 1);
  const at = from + text.slice(from, from + 20).search(/[^ \t]/);
  const isCode = text.startsWith("AH", at) && text.charCodeAt(at + 8) === BLANK;
  return isCode && (before === COLON || before === CLOSE_BRACKET);
}
