import { BACKSLASH, DOUBLE_QUOTE, indexWithin } from "../chars";
import { skipString } from "../quotes";
import type { Rewriter } from "../rewrite";

/** Keys under which shippers keep the line: docker, journald, and the common exports of log searches. */
const MESSAGE_KEYS = ['"log":', '"MESSAGE":', '"message":', '"msg":'];

const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "",
  b: "",
  f: "",
  '"': '"',
  "\\": "\\",
  "/": "/",
};

/**
 * Puts the message of a JSON line (`{"log":"#0  main ()\n","stream":"stderr"}`) in the line's place; false for any other
 * line. The JSON is not parsed whole: only the message's own string is decoded, so that every character keeps its place.
 */
export function unwrapJsonLine(
  rewriter: Rewriter,
  text: string,
  from: number,
  to: number,
): boolean {
  const open = messageQuote(text, from, to);
  if (open < 0) return dropBrackets(rewriter, text, from, to);
  const after = skipString(text, open, to);
  if (after < 0) return false;
  const close = text.startsWith("\\n", after - 3) ? after - 3 : after - 1;
  rewriter.replace(from, open + 1, "");
  decodeString(rewriter, text, open + 1, close);
  rewriter.replace(close, to, "");
  return true;
}

/** What stands between the objects of `dmesg --json`. */
function dropBrackets(rewriter: Rewriter, text: string, from: number, to: number): boolean {
  const start = skipQuoteMarks(text, from, to);
  if (to - start !== 3 || !text.startsWith("},{", start)) return false;
  rewriter.replace(from, to, "");
  return true;
}

function messageQuote(text: string, from: number, to: number): number {
  // A mailer may have quoted it.
  const start = skipQuoteMarks(text, from, to);
  // `dmesg --json` gives each key a line of its own.
  const isAlone = MESSAGE_KEYS.some((key) => text.startsWith(key, start));
  if (!isAlone && !text.startsWith('{"', start)) return -1;
  const line = text.slice(start, to);
  for (const key of MESSAGE_KEYS) {
    const at = line.indexOf(key);
    if (at < 0) continue;
    const quote = start + at + key.length + (line.charAt(at + key.length) === " " ? 1 : 0);
    if (text.charCodeAt(quote) === DOUBLE_QUOTE) return quote;
  }
  return -1;
}

function skipQuoteMarks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && (text.charAt(at) === ">" || text.charAt(at) === " ")) at++;
  return at;
}

/** Puts plain characters in the place of the escapes of a JSON or C string. */
export function decodeString(rewriter: Rewriter, text: string, from: number, to: number): void {
  for (let at = indexWithin(text, "\\", from, to); at >= 0; ) {
    const end = decodeEscape(rewriter, text, at);
    at = indexWithin(text, "\\", end, to);
  }
}

function decodeEscape(rewriter: Rewriter, text: string, at: number): number {
  const letter = text.charAt(at + 1);
  if (text.charCodeAt(at) === BACKSLASH && letter === "u") {
    const code = Number.parseInt(text.slice(at + 2, at + 6), 16);
    rewriter.replace(at, at + 6, Number.isNaN(code) ? "" : String.fromCharCode(code));
    return at + 6;
  }
  const decoded = SIMPLE[letter];
  if (decoded !== undefined) rewriter.replace(at, at + 2, decoded);
  return at + 2;
}
