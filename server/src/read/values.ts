import {
  BLANK,
  COMMA,
  DASH,
  DOUBLE_QUOTE,
  EQUALS,
  GREATER,
  indexWithin,
  LESS,
  QUOTE,
  skipBlanks,
  skipBlanksBack,
} from "./chars";
import { closes, opens } from "./gdb/brackets";
import { skipApostrophe, skipString } from "./quotes";
import type { Span } from "./span";

/** An argument or a local variable as gdb prints it. */
export interface NamedValue {
  readonly name: string;
  /** `x=x@entry=5` (the value has not changed since the call) has the value `5`. */
  readonly value: string;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
}

/** The value `by` further back. */
export const movedValue = (
  { name, value, nameSpan, valueSpan }: NamedValue,
  by: number,
): NamedValue => ({
  name,
  value,
  nameSpan: { from: nameSpan.from + by, to: nameSpan.to + by },
  valueSpan: { from: valueSpan.from + by, to: valueSpan.to + by },
});

/** The arguments between a frame's parentheses: `head=0x0, name=0x5555 "a, b", p={x = 1, y = 2}`. */
export function parseArguments(text: string, span: Span): NamedValue[] {
  const found: NamedValue[] = [];
  const skipAngles = anglesWithin(text, span.to);
  let from = span.from;
  while (from < span.to) {
    const end = argumentEnd(text, from, span.to, skipAngles);
    const argument = namedValue(text, from, end, 1);
    if (argument) found.push(argument);
    from = end + 1;
  }
  return found;
}

/**
 * The comma behind the argument at `from`, or `to`. Values have commas of their own outside all brackets
 * (`std::vector of length 2, capacity 2 = {...}`): the one that ends an argument is followed by `name=`.
 */
function argumentEnd(text: string, from: number, to: number, skipAngles: Skip): number {
  let comma = findOutside(text, from, to, COMMA, skipAngles);
  while (comma >= 0) {
    if (startsArgument(text, skipBlanks(text, comma + 1, to), to)) return comma;
    comma = findOutside(text, comma + 1, to, COMMA, skipAngles);
  }
  return to;
}

function startsArgument(text: string, from: number, to: number): boolean {
  if (text.startsWith("...", from)) return true;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === EQUALS) return at > from;
    if (code === BLANK || code === COMMA || code === DOUBLE_QUOTE || opens(code)) return false;
  }
  return false;
}

/** The locals below a frame of `bt full`, one logical line each: `name = value`. */
export function parseLocals(text: string, span: Span): NamedValue[] {
  const found: NamedValue[] = [];
  let from = span.from;
  while (from < span.to) {
    const newline = text.indexOf("\n", from);
    const end = newline < 0 || newline > span.to ? span.to : newline;
    const local = namedValue(text, from, end, 3);
    if (local) found.push(local);
    from = end + 1;
  }
  return found;
}

/** `name=value`, or with blanks around the sign (`signLength` 3) `name = value`. */
function namedValue(text: string, from: number, to: number, signLength: 1 | 3): NamedValue | null {
  const start = skipBlanks(text, from, to);
  const end = skipBlanksBack(text, start, to);
  const sign =
    signLength === 1
      ? findOutside(text, start, end, EQUALS, anglesWithin(text, end))
      : indexWithin(text, " = ", start, end);
  if (sign < 0 || sign >= end || sign === start) return null;
  const nameSpan = { from: start, to: skipBlanksBack(text, start, sign) };
  const name = text.slice(nameSpan.from, nameSpan.to);
  const valueFrom = skipEntryName(text, name, skipBlanks(text, sign + signLength, end));
  const valueSpan = { from: valueFrom, to: end };
  return { name, value: text.slice(valueFrom, end), nameSpan, valueSpan };
}

/** Skips `x@entry=` at the start of the value of `x`. */
function skipEntryName(text: string, name: string, valueFrom: number): number {
  const entry = `${name}@entry=`;
  return text.startsWith(entry, valueFrom) ? valueFrom + entry.length : valueFrom;
}

/** The place after what begins at a place. */
type Skip = (at: number) => number;

/** The first `wanted` outside strings, brackets and `<symbol+8>`, or -1. */
function findOutside(
  text: string,
  from: number,
  to: number,
  wanted: number,
  skipAngles: Skip,
): number {
  let depth = 0;
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code === wanted && depth === 0) return at;
    if (code === DOUBLE_QUOTE) {
      const after = skipString(text, at, to);
      at = after < 0 ? to : after;
    } else if (code === QUOTE) at = skipApostrophe(text, at, to);
    else if (code === LESS) at = skipAngles(at);
    else {
      if (opens(code)) depth++;
      else if (closes(code) && depth > 0) depth--;
      at++;
    }
  }
  return -1;
}

/**
 * Leads to the place after `<symbol+8>` or `<int, char>`, and where no `>` matches, after the `<` alone. A stretch is
 * looked at once, however many `<` in it are never closed.
 */
function anglesWithin(text: string, to: number): Skip {
  let known: Angles = { pairs: new Map(), end: -1 };
  return (open) => {
    if (open >= known.end) known = pairAngles(text, open, to);
    return known.pairs.get(open) ?? open + 1;
  };
}

/** Each `<` that is closed before `end`, with the place behind its `>`. */
interface Angles {
  readonly pairs: ReadonlyMap<number, number>;
  readonly end: number;
}

/** The angles up to the next string; an arrow closes nothing. */
function pairAngles(text: string, from: number, to: number): Angles {
  const open: number[] = [];
  const pairs = new Map<number, number>();
  let at = from;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === DOUBLE_QUOTE) break;
    if (code === LESS) open.push(at);
    else if (code === GREATER && text.charCodeAt(at - 1) !== DASH) {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, at + 1);
    }
  }
  return { pairs, end: at };
}
