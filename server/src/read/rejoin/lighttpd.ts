import { isBlank, skipBlanksBack } from "../chars";
import { Rewriter, type Rewritten } from "../rewrite";

const ENTRY = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?: \((?=[\w./+-]{1,200}\.\d)/g;

/** Gives every entry of lighttpd's error log a line of its own where several were joined into one. */
export function splitLighttpd(text: string): Rewritten {
  const rewriter = new Rewriter(text);
  if (!text.includes(".c.")) return rewriter.finish();
  let end = -1;
  for (const { index } of text.matchAll(ENTRY)) {
    // In front of a line's first entry may be the file name that grep puts there.
    const isFirst = index > end;
    if (isFirst) end = endOfLine(text, index);
    const from = skipBlanksBack(text, 0, index);
    if (isLineStart(text, from) || (isFirst && !isBlank(text.charCodeAt(index - 1)))) continue;
    rewriter.replace(from, index, "\n");
  }
  return rewriter.finish();
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline;
}

const isLineStart = (text: string, at: number): boolean =>
  at === 0 || text.charAt(at - 1) === "\n" || text.charAt(at - 1) === "\r";
