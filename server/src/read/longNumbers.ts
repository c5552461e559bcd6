import { isDigit } from "./chars";

/** With fewer digits, every number is told from its neighbours. */
const LEAST = 16;

/** Do so many digits stand in a row in `from .. to` that they may be too large for a number? Looks at one character of sixteen. */
export function hasLongNumber(text: string, from: number, to: number): boolean {
  for (let at = from + LEAST - 1; at < to; at += LEAST) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    while (start > from && isDigit(text.charCodeAt(start - 1))) start--;
    while (at + 1 < to && isDigit(text.charCodeAt(at + 1))) at++;
    if (at + 1 - start >= LEAST) return true;
  }
  return false;
}
