import { NEWLINE, RETURN } from "./chars";

/** The lines of a text: line `i` is `starts[i] .. ends[i]`, without its line break. */
export interface Lines {
  readonly text: string;
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Splits a text into its lines. */
export type Split = (text: string) => Lines;

/** A `splitLines` that does the same text in a row only once: most repairs leave a text as it is. */
export function splitOnce(): Split {
  let last: Lines | null = null;
  return (text) => {
    if (last?.text !== text) last = splitLines(text);
    return last;
  };
}

/** Splits at `\n`, `\r\n` and a lone `\r`, as editors do. A text that ends in a line break has no empty last line. */
export function splitLines(text: string): Lines {
  const hasReturns = text.includes("\r");
  let starts = new Int32Array(Math.max(16, text.length >> 5));
  let ends = new Int32Array(starts.length);
  let count = 0;
  let from = 0;
  while (from < text.length) {
    if (count === starts.length) {
      starts = grow(starts);
      ends = grow(ends);
    }
    const end = lineEnd(text, from, hasReturns);
    starts[count] = from;
    ends[count] = end;
    count++;
    from = end + (hasReturns && isPair(text, end) ? 2 : 1);
  }
  return { text, count, starts, ends };
}

function lineEnd(text: string, from: number, hasReturns: boolean): number {
  if (!hasReturns) {
    const newline = text.indexOf("\n", from);
    return newline < 0 ? text.length : newline;
  }
  let at = from;
  while (at < text.length && !isLineBreak(text.charCodeAt(at))) at++;
  return at;
}

const isPair = (text: string, at: number): boolean =>
  text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === NEWLINE;

const isLineBreak = (code: number): boolean => code === NEWLINE || code === RETURN;

function grow(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

export const lineText = (lines: Lines, index: number): string =>
  lines.text.slice(lines.starts[index], lines.ends[index]);

export const isBlankLine = (lines: Lines, index: number): boolean => {
  const end = lines.ends[index] as number;
  for (let at = lines.starts[index] as number; at < end; at++)
    if (lines.text.charCodeAt(at) > 32) return false;
  return true;
};
