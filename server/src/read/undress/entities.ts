import { type Split, splitLines } from "../lines";
import { type Meeting, nothingMet } from "../met";
import type { Characters } from "../piecedText";
import { Rewriter, type Rewritten } from "../rewrite";

const NAMED: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

const ENTITY = /&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g;

/**
 * Turns `&lt;` back into `<` in a text that was copied out of a web page's source. A text with angle brackets of its own
 * was not: there `&lt;` is part of a value.
 */
export function decodeEntities(
  text: string,
  _: Split = splitLines,
  met: Meeting = nothingMet(),
): Rewritten {
  const rewriter = new Rewriter(text);
  met.isEscaped = isEscaped(text);
  if (met.isEscaped) {
    for (const match of text.matchAll(ENTITY)) {
      const character = decode(match);
      if (character) rewriter.replace(match.index, match.index + match[0].length, character);
    }
  }
  return rewriter.finish();
}

/** Was the text copied out of a source in which its signs are written as entities? */
export function isEscaped(text: Characters): boolean {
  if (!text.includes("&") || text.includes("<") || text.includes(">")) return false;
  return /&(?:[lg]t|amp|quot|#\d{1,7});/.test(text.toString());
}

function decode(match: RegExpExecArray): string | undefined {
  if (match[1] !== undefined) return NAMED[match[1]];
  const code = match[2] !== undefined ? Number(match[2]) : Number.parseInt(match[3] as string, 16);
  return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
