import { BACKSLASH, DOUBLE_QUOTE, EQUALS, indexWithin, isBlank, QUOTE } from "./chars";

/** The place after the string that opens at `open`, or -1 where it is never closed. */
export function skipString(text: string, open: number, to: number): number {
  for (let at = open + 1; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === DOUBLE_QUOTE) return at + 1;
  }
  return -1;
}

/**
 * The place after a character (`'q'`, `'\377'`) or a Fortran or Ada string (`'probe   '`) that opens at `open`;
 * `open + 1` for any other apostrophe, such as a Rust lifetime.
 */
export function skipApostrophe(text: string, open: number, to: number): number {
  if (text.charCodeAt(open + 1) === BACKSLASH) {
    const close = indexWithin(text, "'", open + 3, Math.min(to, open + 12));
    return close < 0 ? open + 1 : close + 1;
  }
  if (text.charCodeAt(open + 2) === QUOTE && open + 2 < to) return open + 3;
  const before = text.charCodeAt(open - 1);
  const opensValue = before === EQUALS || (isBlank(before) && text.charCodeAt(open - 2) === EQUALS);
  if (!opensValue) return open + 1;
  const close = closingApostrophe(text, open + 1, to);
  return close < 0 ? open + 1 : close + 1;
}

function closingApostrophe(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === QUOTE) return at;
  return -1;
}
