import {
  BLANK,
  CLOSE_PAREN,
  codeTable,
  DASH,
  GREATER,
  HASH,
  isWordCharacter,
  LESS,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  skipBlanks,
  skipTo,
} from "../chars";
import { pairBrackets, skipBrackets } from "./brackets";

/** A function's name and the parentheses of its arguments; `close` is -1 where the text ends before they are closed. */
export interface NameAndArguments {
  readonly nameTo: number;
  /** At `(`; -1 where there are no arguments. */
  readonly open: number;
  /** At `)`. */
  readonly close: number;
}

/**
 * Finds the argument list behind the function name that starts at `from`: the parentheses with a blank in front that
 * stand outside template arguments and have a place (`at`, `from`) or nothing behind them.
 *
 * `operator() (x=1)`, `std::function<void (int)>::operator()(int) const (this=...)`, `(anonymous namespace)::f ()` and
 * Go's `main.(*Store).Length (s=...)` all have parentheses that are not it.
 */
export function scanNameAndArguments(text: string, from: number, to: number): NameAndArguments {
  return (
    scan(text, from, to, true) ??
    scan(text, from, to, false) ??
    withoutBlank(text, from, to) ?? { nameTo: to, open: -1, close: -1 }
  );
}

/** `main() at a.c:7`, from a text that has lost the blank: only with a place behind it. */
function withoutBlank(text: string, from: number, to: number): NameAndArguments | null {
  for (let at = from + 1; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === HASH && text.charCodeAt(at - 1) === BLANK) return null;
    if (code !== OPEN_PAREN) continue;
    const after = skipBrackets(text, at, to, true);
    if (after < 0) return null;
    const tail = skipBlanks(text, after, to);
    if (tail < to && isPlace(text, tail, to)) return { nameTo: at, open: at, close: after - 1 };
    at = after - 1;
  }
  return null;
}

/** The signs that tell something inside of a function's name. */
const NAME_SIGNS = codeTable("#([{<>");
const NAME_SIGNS_BUT_ANGLES = codeTable("#([{");

function scan(
  text: string,
  from: number,
  to: number,
  countAngles: boolean,
): NameAndArguments | null {
  const telling = countAngles ? NAME_SIGNS : NAME_SIGNS_BUT_ANGLES;
  let angles = 0;
  let pairs: Map<number, number> | null = null;
  for (let at = skipTo(telling, text, from, to); at < to; at = skipTo(telling, text, at, to)) {
    const code = text.charCodeAt(at);
    // No name has a blank and `#` in it: here the next frame of a text without line breaks starts.
    if (code === HASH && text.charCodeAt(at - 1) === BLANK) return null;
    if (code === OPEN_PAREN && angles === 0 && at > from && text.charCodeAt(at - 1) === BLANK) {
      const found = argumentsAt(text, at, to);
      if (found) return found;
    }
    if (code === OPEN_PAREN || code === OPEN_BRACKET || code === OPEN_BRACE) {
      const after: number = pairs?.get(at) ?? (pairs ? -1 : skipBrackets(text, at, to, false));
      // Where one bracket is left open, many may be: from here on they are all paired at once.
      if (after < 0) pairs ??= pairBrackets(text, at, to);
      at = after < 0 ? at + 1 : after;
    } else if (countAngles && code === LESS) {
      if (isOperator(text, from, at)) at = skipOperatorSigns(text, at, to);
      else {
        angles++;
        at++;
      }
    } else {
      if (countAngles && code === GREATER && angles > 0 && text.charCodeAt(at - 1) !== DASH)
        angles--;
      at++;
    }
  }
  return null;
}

function argumentsAt(text: string, open: number, to: number): NameAndArguments | null {
  const after = skipBrackets(text, open, to, true);
  let nameTo = open;
  while (text.charCodeAt(nameTo - 1) === BLANK) nameTo--;
  if (after < 0) return unclosed(text, open, nameTo, to);
  if (!isFrameTail(text, skipBlanks(text, after, to), to)) return null;
  return { nameTo, open, close: after - 1 };
}

/** A string in the arguments may have lost its end; the last `) at ` or `) from ` still tells where they stop. */
function unclosed(text: string, open: number, nameTo: number, to: number): NameAndArguments {
  for (let at = to - 1; at > open; at--) {
    if (text.charCodeAt(at) !== CLOSE_PAREN) continue;
    const tail = skipBlanks(text, at + 1, to);
    if (tail < to && isFrameTail(text, tail, to)) return { nameTo, open, close: at };
  }
  return { nameTo, open, close: -1 };
}

/** What may follow the arguments: nothing, a place in the source, a library, the next frame of a text without line breaks. */
function isFrameTail(text: string, at: number, to: number): boolean {
  if (at >= to) return true;
  if (isPlace(text, at, to)) return true;
  if (text.charCodeAt(at - 1) !== BLANK) return false;
  return GLUED_STARTS.some((start) => text.startsWith(start, at));
}

/** Most frames are asked: the first letter decides before the word is looked at. */
function isPlace(text: string, at: number, to: number): boolean {
  const code = text.charCodeAt(at);
  if (code === LETTER_A) return startsWord(text, "at", at, to);
  return code === LETTER_F && startsWord(text, "from", at, to);
}

const LETTER_A = 97;
const LETTER_F = 102;

/** What can follow a frame in a session that was joined into one line. */
const GLUED_STARTS = [
  "#",
  "Thread ",
  "(gdb)",
  "[",
  "No locals.",
  "No symbol table",
  "===",
  "Detach",
];

function startsWord(text: string, word: string, at: number, to: number): boolean {
  if (!text.startsWith(word, at)) return false;
  const after = at + word.length;
  return after >= to || text.charCodeAt(after) === BLANK;
}

/** Does the `<` at `at` belong to `operator<`, `operator<<`, `operator<=`? */
function isOperator(text: string, from: number, at: number): boolean {
  const start = at - "operator".length;
  return (
    start >= from &&
    text.startsWith("operator", start) &&
    (start === from || !isWordCharacter(text.charCodeAt(start - 1)))
  );
}

function skipOperatorSigns(text: string, from: number, to: number): number {
  let at = from + 1;
  if (at < to && text.charCodeAt(at) === LESS) at++;
  if (at < to && text.charCodeAt(at) === 61) at++;
  if (at < to && text.charCodeAt(at) === GREATER) at++;
  return at;
}
