// Unwrapping: gdb's lines as they were before a mailer, a terminal or a log shipper broke and quoted them. What the
// reader undid to understand the text (the clean text) is written into the document, in gdb's regions only.

import { Pace } from "../find/pace";
import { stepwise } from "../find/stepwise";
import type { Frame } from "../read/frame";
import { isBlankLine, type Lines, lineText, splitLines } from "../read/lines";
import type { Reading } from "../read/model";
import { place } from "../read/place";
import { readSteps } from "../read/read";
import { lastAtOrBefore, type Span } from "../read/span";
import type { Steps } from "../read/steps";
import { threadsOf } from "./stacks";

/** A change of the document. */
export interface TextChange {
  /** In the document, not in the clean text. */
  readonly span: Span;
  readonly text: string;
}

/**
 * The changes that put every frame, header and local of gdb's on one clean line; other text stays as it is. None at all
 * where the new text would be read differently: the text in the editor is evidence.
 */
export const unwrap = stepwise(function* (reading: Reading): Steps<readonly TextChange[]> {
  if (reading.clean.mapping === null) return [];
  const changes = yield* allChanges(reading);
  if (changes.length === 0) return [];
  const after = yield* readSteps(applyChanges(reading.text, changes));
  return framesText(after) === framesText(reading) ? changes : [];
});

/** Those of the changes that touch a part of the document. */
export function* unwrapWithin(reading: Reading, part: Span): Steps<TextChange[]> {
  const changes = yield* unwrap.steps(reading);
  return changes.filter(({ span }) => span.from <= part.to && part.from <= span.to);
}

/** The text with the changes made; they are in order and do not overlap. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: replacement } of changes) {
    parts.push(text.slice(at, span.from), replacement);
    at = span.to;
  }
  return parts.join("") + text.slice(at);
}

function* allChanges(reading: Reading): Steps<TextChange[]> {
  const lines = splitLines(reading.clean.text);
  const eol = /\r\n|\n|\r/.exec(reading.text)?.[0] ?? "\n";
  const changes: TextChange[] = [];
  const pace = new Pace();
  for (const section of reading.sections) {
    if (!GDB_KINDS.has(section.kind)) continue;
    for (const chunk of chunksOf(reading, lines, section.span)) {
      if (pace.isDone(2)) yield;
      if (isOwnLayout(reading, chunk)) continue;
      const change = toChange(chunk, eol);
      const { from, to } = change.span;
      if (reading.text.slice(from, to) !== change.text) changes.push(change);
    }
  }
  return changes;
}

function framesText(reading: Reading): string {
  const frameText = ({ text, span, localsSpan }: Frame) =>
    text.slice(span.from, span.to) + (localsSpan ? text.slice(localsSpan.from, localsSpan.to) : "");
  const threads = threadsOf(reading);
  return threads.flatMap(({ frames, views }) => [...frames, ...views].map(frameText)).join("\n");
}

/**
 * Values that gdb itself laid out over several lines (`set print pretty`, or wrapped with deeper blanks) stay so. A
 * frame or a header never does.
 */
function isOwnLayout(reading: Reading, chunk: Chunk): boolean {
  const [first = "", ...others] = reading.text.slice(chunk.span.from, chunk.span.to).split("\n");
  if (others.length === 0 || chunk.lines.length > 1 || ONE_LINE.test(first)) return false;
  const indent = indentOf(first);
  const isDeeper = others.slice(0, -1).every((line) => indentOf(line) > indent);
  const last = others[others.length - 1] as string;
  if (!isDeeper || (indentOf(last) <= indent && !/^\s*[\]})]/.test(last))) return false;
  return (
    letters(others.join("")) === letters((chunk.lines[0] as string).slice(first.trimEnd().length))
  );
}

const ONE_LINE = /^\s*(?:#\d|Thread |\[|0x[0-9a-f]+ in |\()/;

const indentOf = (line: string): number => line.length - line.trimStart().length;

const letters = (text: string): string => text.replace(/\s+/g, "");

const GDB_KINDS: ReadonlySet<string> = new Set(["gdb-session", "backtrace"]);

/** The smallest run of clean lines that is made of whole lines of the document. */
interface Chunk {
  readonly span: Span;
  readonly lines: readonly string[];
  /** Text of somebody else's stands before or behind it on the same line of the document. */
  readonly isGluedBefore: boolean;
  readonly isGluedBehind: boolean;
}

function toChange({ span, lines, isGluedBefore, isGluedBehind }: Chunk, eol: string): TextChange {
  const text = lines.join(eol);
  return { span, text: (isGluedBefore ? eol : "") + text + (isGluedBehind ? eol : "") };
}

/** Cuts a region wherever a line break of the document lies between two lines of the clean text. */
function* chunksOf(reading: Reading, lines: Lines, region: Span): Generator<Chunk> {
  const [first, last] = linesOf(lines, region);
  for (let from = first; from <= last; ) {
    let to = from;
    while (to < last && gapBehind(reading, lines, to).breakAt < 0) to++;
    yield chunk(reading, lines, from, to);
    from = to + 1;
  }
}

/** The first and the last line of the region that are not blank. */
function linesOf(lines: Lines, region: Span): [number, number] {
  let first = lineAt(lines, region.from);
  let last = lineAt(lines, region.to);
  while (first <= last && isOutside(lines, first, region)) first++;
  while (last >= first && isOutside(lines, last, region)) last--;
  return [first, last];
}

const lineAt = (lines: Lines, offset: number): number =>
  Math.max(
    0,
    lastAtOrBefore(lines.starts.subarray(0, lines.count), offset, (start) => start),
  );

function isOutside(lines: Lines, line: number, { from, to }: Span): boolean {
  const isPart = (lines.starts[line] as number) < from || (lines.ends[line] as number) > to;
  return isPart || isBlankLine(lines, line);
}

function chunk(reading: Reading, lines: Lines, first: number, last: number): Chunk {
  const before = gapBehind(reading, lines, first - 1);
  const behind = gapBehind(reading, lines, last);
  const isGluedBefore = first > 0 && before.breakAt < 0;
  const isGluedBehind = last + 1 < lines.count && behind.breakAt < 0;
  const span = {
    from: isGluedBefore ? before.to : before.afterBreak,
    to: behind.breakAt < 0 ? behind.to : behind.breakAt,
  };
  const texts = Array.from({ length: last - first + 1 }, (_, i) => lineText(lines, first + i));
  return { span, lines: texts, isGluedBefore, isGluedBehind };
}

/** What lies in the document between a line of the clean text and the next one; -1 stands for the text's beginning. */
function gapBehind(reading: Reading, lines: Lines, line: number) {
  const { text } = reading;
  const from = line < 0 ? 0 : placed(reading, lines, line).to;
  const to = line + 1 < lines.count ? placed(reading, lines, line + 1).from : text.length;
  const found = line < 0 ? null : /\r\n|\n|\r/.exec(text.slice(from, to));
  const breakAt = found ? from + found.index : -1;
  return { to, breakAt, afterBreak: found ? breakAt + found[0].length : from };
}

function placed(reading: Reading, lines: Lines, line: number): Span {
  return place(reading, { from: lines.starts[line] as number, to: lines.ends[line] as number });
}
