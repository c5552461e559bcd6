import { isFrameNumber } from "../../read/gdb/lineKind";
import type { Reading } from "../../read/model";
import type { Steps } from "../../read/steps";
import { announceWords, type Mentions, mentionsOf } from "../mentions/mentions";
import { Pace } from "../pace";
import { stepwise } from "../stepwise";
import {
  failedAssertion,
  namedAssertion,
  namelessAssertion,
  qtAssertion,
  quotedAssertion,
} from "./assertions";
import { knownTextAt, knownTexts } from "./data";
import {
  goFatalError,
  goPanic,
  panickedAt,
  sanitizerError,
  terminateCalled,
  uncaughtOfType,
} from "./runtimes";
import { isLead, LINES_AFTER, type ReadMessage, type Told } from "./told";

/** Looks the text up, and takes the program's name from `*** Error in `./prog': double free or corruption`. */
const knownMessage: ReadMessage = ({ text, at }) => {
  const known = knownTextAt(text, at);
  if (known === undefined || !isLead(text.slice(0, at))) return null;
  const { reason, text: message } = known;
  if (!isEnd(text, at + message.length)) return null;
  const program = /\*\*\* (?:Error in `|glibc detected \*\*\* )(.{1,300}?)'?: $/.exec(
    text.slice(Math.max(0, at - 400), at),
  );
  return { reason, message, program: program?.[1] ?? null };
};

/** What may stand behind the fixed text: nothing, gdb's end of a string, the address or who was ended. */
const isEnd = (text: string, end: number): boolean =>
  /^(?:[.!]?\s*$|\\n"|"|: |\s*\*\*\*|, |')/.test(text.slice(end, end + 40));

/** The words by which a line is found, and who reads it. */
const READERS: ReadonlyMap<string, ReadMessage> = new Map([
  ...knownTexts.map(({ text }) => [beginningOf(text), knownMessage] as const),
  ["Assertion `", quotedAssertion],
  ["Assertion '", quotedAssertion],
  ["Assertion failed: ", failedAssertion],
  ['assertion "', namedAssertion],
  [": assertion failed: ", namelessAssertion],
  ['ASSERT: "', qtAssertion],
  ["terminate called ", terminateCalled],
  ["uncaught exception of type ", uncaughtOfType],
  [" panicked at ", panickedAt],
  ["fatal error: ", goFatalError],
  ["panic: ", goPanic],
  ["ERROR: AddressSanitizer: ", sanitizerError],
  ["ERROR: LeakSanitizer: ", sanitizerError],
  ["ERROR: HWAddressSanitizer: ", sanitizerError],
]);

/** `malloc(): ` of `malloc(): corrupted top size`: texts that begin alike are searched for once. */
function beginningOf(text: string): string {
  const end = text.indexOf("(): ");
  return end < 0 ? text : text.slice(0, end + 4);
}

announceWords(() => READERS.keys());

/** Every message of the text, in its order. */
export const toldAborts = stepwise(function* (reading: Reading): Steps<readonly Told[]> {
  const { text } = reading.clean;
  const mentions = mentionsOf(reading);
  const found = new Map<number, Told>();
  const pace = new Pace();
  for (const [words, reader] of READERS) {
    for (const at of places(text, mentions, words)) {
      if (pace.isDone(16)) yield;
      const told = readAt(text, at, reader);
      // `double free or corruption` stands in `double free or corruption (top)` too.
      if (told && !found.has(told.span.from)) found.set(told.span.from, told);
    }
  }
  return [...found.values()].sort((a, b) => a.span.from - b.span.from);
});

/** Longer lines are no messages. */
const LONGEST_LINE = 8000;

/** A line that holds the words more often is no message either. */
const MOST_IN_LINE = 4;

/** Where the words stand, the first few places of each line. */
function* places(text: string, mentions: Mentions, words: string): Generator<number> {
  let lineEnd = -1;
  let inLine = 0;
  let at = mentions.indexOf(words);
  while (at >= 0) {
    if (at >= lineEnd) {
      const newline = text.indexOf("\n", at);
      lineEnd = newline < 0 ? text.length : newline;
      inLine = 0;
    }
    if (++inLine <= MOST_IN_LINE) yield at;
    at = mentions.indexOf(words, inLine < MOST_IN_LINE ? at + words.length : lineEnd);
  }
}

function readAt(text: string, at: number, reader: ReadMessage): Told | null {
  const from = lineStart(text, at);
  const ends = lineEnds(text, at);
  const to = ends[0];
  if (from === null || to === undefined) return null;
  const line = text.slice(from, to);
  const start = messageStart(line, at - from);
  if (start === null) return null;
  const after = (index: number): string =>
    index + 1 < ends.length ? text.slice((ends[index] as number) + 1, ends[index + 1]) : "";
  const said = reader({ text: line.slice(start), at: at - from - start, after });
  if (said === null) return null;
  const { lines = 0, ...rest } = said;
  return { ...rest, span: { from, to: ends[lines] ?? to } };
}

function lineStart(text: string, at: number): number | null {
  const before = text.slice(Math.max(0, at - LONGEST_LINE), at);
  const start = at - before.length + before.lastIndexOf("\n") + 1;
  return start === at - LONGEST_LINE ? null : start;
}

/** Where this line ends and the next ones do, as far as they are of a likely length. */
function lineEnds(text: string, at: number): number[] {
  const ends: number[] = [];
  for (let from = at; ends.length <= LINES_AFTER && from <= text.length; ) {
    const ahead = text.slice(from, from + LONGEST_LINE);
    const newline = ahead.indexOf("\n");
    if (newline < 0 && ahead.length === LONGEST_LINE) break;
    const end = newline < 0 ? text.length : from + newline;
    ends.push(end);
    from = end + 1;
  }
  return ends;
}

/**
 * Where the printed text begins: behind gdb's `$1 = 0x7f "` where somebody asked for it, else at the start of the line.
 * Null inside of frames, variables and sentences, which only speak of such messages.
 */
function messageStart(line: string, at: number): number | null {
  const quote = line.lastIndexOf('"', at);
  if (/^\$\d{1,9} = /.test(line)) return quote < 0 || quote > at ? null : quote + 1;
  const start = line.search(/\S/);
  if (line.startsWith("#", start) && isFrameNumber(line, start, line.length)) return null;
  if (/^\s+[\w.]{1,100} = /.test(line)) return null;
  return 0;
}
