import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  codeTable,
  DOUBLE_QUOTE,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUOTE,
  skipTo,
} from "../chars";
import { skipApostrophe, skipString } from "../quotes";

export const opens = (code: number): boolean =>
  code === OPEN_PAREN || code === OPEN_BRACE || code === OPEN_BRACKET;

export const closes = (code: number): boolean =>
  code === CLOSE_PAREN || code === CLOSE_BRACE || code === CLOSE_BRACKET;

const BRACKETS = codeTable("()[]{}");
const BRACKETS_AND_QUOTES = codeTable("()[]{}\"'");

/**
 * The place after the bracket that closes the one at `open`, or -1. Brackets inside strings and characters do not
 * count; in function names (`quoted` false) there are no strings.
 */
export function skipBrackets(text: string, open: number, to: number, quoted: boolean): number {
  const telling = quoted ? BRACKETS_AND_QUOTES : BRACKETS;
  let depth = 0;
  let at = skipTo(telling, text, open, to);
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code === DOUBLE_QUOTE) {
      at = skipString(text, at, to);
      if (at < 0) return -1;
    } else if (code === QUOTE) at = skipApostrophe(text, at, to);
    else {
      if (opens(code)) depth++;
      else if (--depth === 0) return at + 1;
      at++;
    }
    at = skipTo(telling, text, at, to);
  }
  return -1;
}

/** The brackets in `from .. to` that are closed there, with the places behind their closing ones; strings do not count. */
export function pairBrackets(text: string, from: number, to: number): Map<number, number> {
  const open: number[] = [];
  const pairs = new Map<number, number>();
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (opens(code)) open.push(at);
    else if (closes(code)) {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, at + 1);
    }
  }
  return pairs;
}
