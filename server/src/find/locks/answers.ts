// Owners of locks as a session printed them. gdb answers `$1 = {__data = {__lock = 2, ..., __owner = 1234, ...`, which
// pages wrap anywhere, `$2 = 1234` where only the owner was asked for, or with the words of the memory.
import type { Prompt, Reading } from "../../read/model";
import { lastAtOrBefore, type Span } from "../../read/span";
import type { Steps } from "../../read/steps";
import { announceWords, mentionsOf } from "../mentions/mentions";
import { Pace } from "../pace";
import { stepwise } from "../stepwise";

/** What a session says of one lock. */
export interface OwnerAnswer {
  /** LWP of the owner or writer; 0 where nobody has the lock; null where the answer does not say. */
  readonly owner: number | null;
  /** glibc's state: 0 free, 1 taken, 2 taken and waited for. */
  readonly word: number | null;
  /** Bits of glibc's `__kind`: is the lock shared between processes, does it survive its owner? */
  readonly shared: boolean | null;
  readonly robust: boolean | null;
  /** What was typed to get the answer, or null where nothing was echoed. */
  readonly question: string | null;
  readonly span: Span;
}

/** An answer is read so far; a mutex needs less. */
const LONGEST_ANSWER = 3000;
const LONGEST_QUESTION = 300;

const DOLLAR = "$";

announceWords(() => [DOLLAR]);

/** What stands before gdb's answer in its line, and how the answer begins. */
const before = /(?:^|[\n\r\u2028\u2029])([ \t]{0,8}(?:\(gdb\) {0,2}){0,8})$/;
const LONGEST_BEFORE = 8 + 8 * "(gdb)  ".length;
const number = /^\$\d{1,9} = /;

/** In document order. */
export const ownerAnswers = stepwise(function* (reading: Reading): Steps<readonly OwnerAnswer[]> {
  const { text } = reading.clean;
  const mentions = mentionsOf(reading);
  const answers: OwnerAnswer[] = [];
  const pace = new Pace();
  for (let at = mentions.indexOf(DOLLAR); at >= 0; at = mentions.indexOf(DOLLAR, at + 1)) {
    if (pace.isDone(4)) yield;
    if (!number.test(text.slice(at, at + 13))) continue;
    const lead = before.exec(text.slice(Math.max(0, at - LONGEST_BEFORE - 1), at));
    if (lead === null) continue;
    const line = at - (lead[1] as string).length;
    const answer = readAnswer(text, at, questionBefore(reading, line, at));
    if (answer) answers.push(answer);
  }
  return answers;
});

function readAnswer(text: string, from: number, question: string | null): OwnerAnswer | null {
  const start = text.indexOf(" = ", from) + 3;
  const to = answerEnd(text, start);
  const span = { from, to };
  // Without blanks, so that no wrap separates a name or a number from the rest of it.
  const value = text.slice(start, to).replaceAll(/\s+/g, "");
  if (value.startsWith("{")) return structureAnswer(value, question, span);
  const owner = question !== null && /__(?:owner|cur_writer)\b/.test(question) && integer(value);
  if (typeof owner !== "number") return null;
  return { owner, word: null, shared: null, robust: null, question, span };
}

/** A mutex has an owner and a kind; a rwlock a writer, and whether it is shared. */
function structureAnswer(value: string, question: string | null, span: Span): OwnerAnswer | null {
  const owner = only(value, /__(?:owner|cur_writer)=(-?(?:0x)?[0-9a-f]{1,16})/g);
  if (owner === null) return null;
  const kind = only(value, /__kind=(-?(?:0x)?[0-9a-f]{1,16})/g);
  const shared = only(value, /__shared=(-?(?:0x)?[0-9a-f]{1,16})/g);
  return {
    owner,
    word: only(value, /__lock=(-?(?:0x)?[0-9a-f]{1,16})/g),
    shared: kind === null ? (shared === null ? null : shared !== 0) : (kind & 128) !== 0,
    robust: kind === null ? null : (kind & 16) !== 0,
    question,
    span,
  };
}

/** The number of the only such member; of two locks in one structure nothing tells which is meant. */
function only(value: string, member: RegExp): number | null {
  const found = [...value.matchAll(member)];
  return found.length === 1 ? integer((found[0] as RegExpMatchArray)[1] as string) : null;
}

export function integer(printed: string): number | null {
  return /^-?(?:0x[0-9a-f]{1,13}|\d{1,15})$/.test(printed) ? Number(printed) : null;
}

/** Behind the bracket that closes the structure, or at the end of the line for a plain value. */
function answerEnd(text: string, start: number): number {
  const most = Math.min(text.length, start + LONGEST_ANSWER);
  if (text.charAt(start) !== "{") return lineEnd(text, start, most);
  let depth = 0;
  for (let at = start; at < most; at++) {
    const letter = text.charAt(at);
    if (letter === "{") depth++;
    else if (letter === "}" && --depth === 0) return at + 1;
    else if (letter === "\n" && startsAnew.test(text.slice(at + 1, at + 7))) return at;
  }
  return lineEnd(text, start, most);
}

/** A cut answer ends where the next one, a prompt or a frame begins. */
const startsAnew = /^(?:\$\d|\(gdb\)|#\d)/;

function lineEnd(text: string, start: number, most: number): number {
  const newline = text.indexOf("\n", start);
  return newline < 0 ? most : Math.min(newline, most);
}

/** What was typed at the prompt of the line before, or null. Over a pipe the answer stands behind a prompt without echo. */
export function questionBefore(reading: Reading, line: number, at: number): string | null {
  const { prompts } = reading;
  const prompt = prompts[lastAtOrBefore(prompts, at, ({ span }) => span.from)] as
    | Prompt
    | undefined;
  if (!prompt || prompt.command.from === prompt.command.to) return null;
  const { from, to } = prompt.command;
  const between = reading.clean.text.slice(to, Math.min(line, to + 3));
  return between.trim() === "" && line - to <= 2
    ? reading.clean.text.slice(from, Math.min(to, from + LONGEST_QUESTION))
    : null;
}
