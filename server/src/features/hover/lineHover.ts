import { skipBlanks, skipBlanksBack } from "../../read/chars";
import { type LineKind, lineKind, promptLength } from "../../read/gdb/lineKind";
import type { Reading, Thread } from "../../read/model";
import type { Characters } from "../../read/piecedText";
import { textOf } from "../../read/renewal";
import { lastAtOrBefore, type Span } from "../../read/span";
import { processAt, threadAt } from "../locate";
import type { Hover } from "./hover";
import { paragraphs } from "./markdown";
import { messageCard, processCard, signalCard, threadCard } from "./sessionCards";

/** The card of a line that gdb prints around the stacks. */
export function lineHover(reading: Reading, offset: number): Hover | null {
  const { sections } = reading;
  const section = sections[lastAtOrBefore(sections, offset, ({ span }) => span.from)];
  if (section?.kind !== "gdb-session" && section?.kind !== "backtrace") return null;
  const text = textOf(reading);
  const span = lineAround(text, offset);
  const line = text.slice(span.from, span.to);
  const card = CARDS[lineKind(line, 0, line.length)] ?? otherCard;
  const markdown = paragraphs([card(reading, offset, line), messageCard(line)]);
  return markdown === "" ? null : { span, markdown };
}

/** The line at the offset without the blanks at its ends, and without the prompts that an answer follows in a pipe. */
export function lineAround(text: Characters, offset: number): Span {
  const first = text.lastIndexOf("\n", offset - 1) + 1;
  const newline = text.indexOf("\n", offset);
  const line = text.slice(first, newline < 0 ? text.length : newline);
  const to = skipBlanksBack(line, 0, line.length);
  let start = skipBlanks(line, 0, to);
  for (let length = promptLength(line, start); length > 0; length = promptLength(line, start)) {
    start = skipBlanks(line, start + length, to);
  }
  return { from: first + start, to: first + Math.max(start, to) };
}

type LineCard = (reading: Reading, offset: number, line: string) => string | null;

const ofProcess: LineCard = (reading, offset) => {
  const process = processAt(reading, offset);
  return process && processCard(process);
};

const ofThread: LineCard = (reading, offset) => {
  const place = threadAt(reading, offset);
  return place && threadCard(place);
};

/** `[New Thread 0x7f29 (LWP 71)]` and `[Switching to thread 2 (...)]` name a thread whose stack is elsewhere. */
const ofNamedThread: LineCard = (reading, offset, line) => {
  const process = processAt(reading, offset);
  const lwp = /\bLWP (\d{1,10})\b/.exec(line)?.[1];
  const isNamed = (thread: Thread) => lwp !== undefined && thread.lwp === Number(lwp);
  const thread = process?.threads.find(isNamed);
  return process && thread ? threadCard({ thread, process }) : null;
};

const ofSignal: LineCard = (_, __, line) => {
  const found = /\b(SIG[A-Z0-9]{2,10})\b|\bsignal (\d{1,2})\b/.exec(line);
  return found && signalCard((found[1] ?? found[2]) as string);
};

const otherCard: LineCard = () => null;

const CARDS: Partial<Record<LineKind, LineCard>> = {
  separator: ofProcess,
  attach: ofProcess,
  detach: ofProcess,
  core: ofProcess,
  thread: ofThread,
  event: ofNamedThread,
  current: ofNamedThread,
  stop: ofSignal,
};
