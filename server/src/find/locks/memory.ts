import { canonicalAddress } from "../../read/frame";
import type { Reading } from "../../read/model";
import type { Span } from "../../read/span";
import type { Steps } from "../../read/steps";
import { announceWords, mentionsOf } from "../mentions/mentions";
import { Pace } from "../pace";

/** The first words of a mutex as `x/6dw` or `x/2gx` prints them: lock, count, owner, users, kind. */
export interface MemoryAnswer {
  readonly address: string;
  readonly word: number;
  readonly owner: number;
  readonly span: Span;
}

const row =
  /^(?:\(gdb\) {0,2}){0,8}(0x[0-9a-f]{1,16})(?: <[^<>\n]{1,200}>)?:[\t ]{1,8}([-0-9a-fx\t ]{3,200})$/my;

/** The states that a mutex of glibc can have; anything else is not a mutex, or an overwritten one. */
const states = new Set([0, 1, 2]);

/** How the address begins, at the start of a line or behind a prompt. */
const BEGINNINGS = ["\n", "\r", "\u2028", "\u2029", "(gdb)", "(gdb) ", "(gdb)  "].map(
  (before) => `${before}0x`,
);

announceWords(() => BEGINNINGS);

/** What the text prints of the memory at these addresses, where it can be a mutex. */
export function* memoryAnswers(
  reading: Reading,
  addresses: ReadonlySet<string>,
): Steps<MemoryAnswer[]> {
  const answers: MemoryAnswer[] = [];
  if (addresses.size === 0) return answers;
  const { text } = reading.clean;
  const pace = new Pace();
  let end = 0;
  for (const from of rowStarts(reading)) {
    if (pace.isDone()) yield;
    row.lastIndex = from;
    const found = from < end ? null : row.exec(text);
    if (found === null) continue;
    end = from + found[0].length;
    const address = canonicalAddress(found[1] as string);
    const words = addresses.has(address) ? mutexWords(found[2] as string) : null;
    if (words !== null) answers.push({ address, ...words, span: { from, to: end } });
  }
  return answers;
}

/** As much can stand in front of the last prompt of a line. */
const LONGEST_BEFORE = 7 * "(gdb)  ".length;

/** The ends of lines to a pattern's `^`. */
const LINE_ENDS = "\n\r\u2028\u2029";

/** Where the line of a prompt starts; -1 where more stands in front of it than other prompts. */
function lineStart(text: string, at: number): number {
  for (let start = at; start >= at - LONGEST_BEFORE; start--)
    if (start === 0 || LINE_ENDS.includes(text[start - 1] as string)) return start;
  return -1;
}

/** Where the lines start that such an address begins. */
function* rowStarts(reading: Reading): Generator<number> {
  const { text } = reading.clean;
  if (text.startsWith("0x")) yield 0;
  const next = mentionsOf(reading).nextOf(BEGINNINGS);
  for (let at = next(0); at >= 0; at = next(at + 1)) {
    if (text[at] !== "(") yield at + 1;
    else {
      const start = lineStart(text, at);
      if (start >= 0) yield start;
    }
  }
}

function mutexWords(printed: string): { word: number; owner: number } | null {
  const parts = printed.trim().split(/[\t ]+/);
  const words = parts.length === 2 ? parts.flatMap(halves) : parts.map(Number);
  const [word, count, owner] = words;
  if (word === undefined || count === undefined || owner === undefined) return null;
  const possible = states.has(word) && Number.isSafeInteger(count) && Number.isSafeInteger(owner);
  return possible && owner >= 0 ? { word, owner } : null;
}

/** The two words of a giant one: `0x0000000100002ec9` is owner 0x2ec9 with one user. */
function halves(giant: string): number[] {
  const digits = /^0x([0-9a-f]{16})$/.exec(giant)?.[1];
  if (digits === undefined) return [Number.NaN];
  return [Number(`0x${digits.slice(8)}`), Number(`0x${digits.slice(0, 8)}`)];
}
