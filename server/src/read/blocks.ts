import { NEWLINE, RETURN } from "./chars";
import { type BlockSections, blockSections } from "./joinedSections";
import { type Lines, splitLines } from "./lines";
import type { Problem, Reading } from "./model";
import type { Output } from "./output";
import type { Position } from "./positions";
import { type Raw, readRaw, toReading } from "./read";
import type { WholeLogs } from "./readLines";
import { LOOK_AHEAD, wholeLogsOf } from "./reread";
import { lastAtOrBefore, type Span } from "./span";
import { SAMPLE } from "./strays";
import { unpackCsv } from "./undress/csv";

/** A stretch of a growing text. What it says on its own, it says in the whole. */
export interface Block {
  /** Where it begins in the whole. */
  readonly at: Position;
  readonly reading: Reading;
  /** To be put together by `JoinedSections`. Places are those of the whole. */
  readonly sections: BlockSections;
}

export interface Sizes {
  /** So many characters are read at once. */
  readonly usual: number;
  /** So many where nothing ends in fewer. Behind them the text is cut all the same. */
  readonly largest: number;
}

const SIZES: Sizes = { usual: 1 << 20, largest: 1 << 24 };

const APART =
  "Nothing ends for so long in front of this place that what follows was read on its own.";

/** In a CSV export every attempt counts quotes from the start. */
const MOST_ATTEMPTS = 50;

const NO_STOPS: ReadonlySet<number> = new Set();

/** Where a window can be cut. */
interface Cut {
  /** As a place of the clean text. */
  readonly clean: number;
  /** The start of its line in the text as it stands. */
  readonly offset: number;
}

/**
 * Reads a text of any length that comes bit by bit. It is cut at the marks that the reading sets where nothing is open:
 * never in a session about one process, in an entry or its continuation, in a wrapped line or a CSV record. All of it is
 * read as it would be in one piece, but for what only the whole can tell: the year of times without one, where times of a
 * log go back (`TimeOrder` watches that), and how lines were wrapped where a block has few of them.
 */
export class Blocks {
  private readonly sizes: Sizes;
  private waiting: string[] = [];
  private length = 0;
  private wanted: number;
  private at: Position = { line: 0, character: 0 };
  private wholeLogs: WholeLogs | null = null;
  /** The first line of a CSV export: without it, the rest is none. Empty for other texts, null until it is known. */
  private header: string | null = null;

  constructor(sizes: Sizes = SIZES) {
    this.sizes = sizes;
    this.wanted = sizes.usual;
  }

  /** Takes more of the text, and gives what can be told by now. */
  *add(text: string): Generator<Block> {
    this.waiting.push(text);
    this.length += text.length;
    while (this.length >= this.wanted) {
      const block = this.first();
      if (block) yield block;
    }
  }

  /** The rest, when the text has come to its end. */
  finish(): Block {
    const text = this.waiting.join("");
    this.waiting = [];
    const { clean, output } = this.raw(text);
    const reading = toReading(text, clean, output);
    const at = this.textStart();
    return { at, reading, sections: blockSections(reading, output.sections, at, false) };
  }

  /**
   * A reader of another part of the text, in which `line` begins; null where it cannot be read but from its beginning, or too
   * little is known of it by now.
   */
  elsewhere(line: number): Blocks | null {
    if (this.wholeLogs === null || this.header !== "") return null;
    const other = new Blocks(this.sizes);
    other.wholeLogs = this.wholeLogs;
    other.header = "";
    other.at = { line, character: 0 };
    return other;
  }

  /** A block of what has come, however little that is; null where nothing ends in it. */
  settle(): Block | null {
    return this.length > 0 ? this.first() : null;
  }

  /** Two readers that have come to the same place of a text read on alike where this is the same. */
  get state(): string {
    return `${this.length} of ${this.wanted}`;
  }

  /** The first block of what has come; null where more has to come first. */
  private first(): Block | null {
    const text = this.waiting.join("");
    this.waiting = [text];
    const isLongest = text.length >= this.sizes.largest;
    const raw = this.raw(text);
    const lines = splitLines(raw.clean.text);
    if (lines.count >= SAMPLE || isLongest) this.wholeLogs ??= wholeLogsOf(lines.text);
    const original = raw.clean.mapping === null ? lines : splitLines(text);
    const cut = this.wholeLogs && this.findCut(raw, lines, original);
    const { usual, largest } = this.sizes;
    this.wanted = cut || isLongest ? usual : Math.min(largest, 2 * text.length);
    if (cut) return this.cutAt(raw, original, cut);
    return isLongest ? this.force(text, raw) : null;
  }

  private raw(text: string): Raw {
    this.header ??= csvHeader(text);
    return readRaw(text, this.wholeLogs && { wholeLogs: this.wholeLogs, stops: NO_STOPS });
  }

  private findCut(raw: Raw, lines: Lines, original: Lines): Cut | null {
    const last = lines.starts[lines.count - 1 - LOOK_AHEAD] ?? -1;
    let attempts = 0;
    for (const clean of ends(raw, last)) {
      if (this.header && ++attempts > MOST_ATTEMPTS) return null;
      // In smaller blocks the rest would be read again and again.
      if (clean < lines.text.length / 2) continue;
      const offset = originalStart(raw, original, clean);
      if (offset !== null && (this.header === "" || hasPairs(original.text, offset)))
        return { clean, offset };
    }
    return null;
  }

  private cutAt(raw: Raw, original: Lines, { clean: end, offset }: Cut): Block {
    const { mapping } = raw.clean;
    const { text } = original;
    const block = text.slice(0, offset);
    const clean = mapping === null ? block : raw.clean.text.slice(0, end);
    const output = outputBefore(raw.output, end);
    const reading = toReading(block, { text: clean, mapping }, output);
    const at = this.textStart();
    const isOpen = isOpenAt(raw.output, end);
    const sections = blockSections(reading, output.sections, at, isOpen);
    this.moveOn(original, offset);
    return { at, reading, sections };
  }

  /** Cuts in front of a thread, else at the last line break, or in the line where there is none. */
  private force(text: string, raw: Raw): Block {
    const lines = splitLines(text);
    const lineStart = lines.count > 1 ? (lines.starts[lines.count - 1] as number) : text.length;
    const offset = lastThread(raw, lines) ?? lineStart;
    const block = text.slice(0, offset);
    const { clean, output } = this.raw(block);
    const end = clean.text.length;
    const problem: Problem = { code: "read-apart", message: APART, span: { from: end, to: end } };
    const problems = [...output.problems, problem];
    const reading = toReading(block, clean, { ...output, problems });
    const at = this.textStart();
    const sections = blockSections(reading, output.sections, at, false);
    this.moveOn(splitLines(text), offset);
    return { at, reading, sections };
  }

  /** Where the text that is waiting would begin, if the header in front of it was part of the whole. */
  private textStart(): Position {
    const { line, character } = this.at;
    return this.header && line > 0 ? { line: line - 1, character } : this.at;
  }

  private moveOn(lines: Lines, offset: number): void {
    this.at = behind(lines, offset, this.textStart());
    const rest = `${this.header ?? ""}${lines.text.slice(offset)}`;
    this.waiting = [rest];
    this.length = rest.length;
  }
}

/**
 * Places of the clean text, from `last` backwards, at which nothing is open but a section: first the marks, then the starts
 * of processes and entries, for not every reader sets marks. In front of them all comes the last entry behind the last
 * mark, if it is dated, and so begins wherever it stands: marks are some way from each other, and where they are depends on
 * where the reading began.
 */
function* ends({ marks, output }: Raw, last: number): Generator<number> {
  const from = ({ span }: { span: Span }) => span.from;
  const lastMark = marks.lastAt(last);
  if (lastMark >= 0) {
    const entry = output.records[lastAtOrBefore(output.records, last, from)];
    const start = entry?.time ? entry.span.from : -1;
    if (start > marks.offset(lastMark) && isBetween(output, start)) yield start;
  }
  for (let i = lastMark; i >= 0; i--) yield marks.offset(i);
  for (const list of [output.processes, output.records]) {
    for (let i = lastAtOrBefore<{ span: Span }>(list, last, from); i > 0; i--) {
      const start = (list[i] as { span: Span }).span.from;
      if (isBetween(output, start)) yield start;
    }
  }
}

/** Does nothing of what was found go across the place? */
function isBetween({ processes, records, tables }: Output, offset: number): boolean {
  return [processes, records, tables].every((list: readonly { span: Span }[]) => {
    const before = list[lastAtOrBefore(list, offset - 1, ({ span }) => span.from)];
    return before === undefined || before.span.to <= offset;
  });
}

/** The start of the last thread that begins a line in the second half of the text, or null. */
function lastThread(raw: Raw, original: Lines): number | null {
  const threads = raw.output.processes[raw.output.processes.length - 1]?.threads ?? [];
  const from = threads[threads.length - 1]?.span.from ?? 0;
  if (from < raw.clean.text.length / 2) return null;
  return originalStart(raw, original, from);
}

const isOpenAt = ({ sections }: Output, offset: number): boolean =>
  sections.some(({ span }) => span.from < offset && offset < span.to);

/** What was found in front of the place; of an open section, so much of it. */
function outputBefore(output: Output, end: number): Output {
  const isBefore = ({ span }: { span: Span }) => span.from < end;
  return {
    sections: output.sections
      .filter(isBefore)
      .map(({ kind, span }) => ({ kind, span: { from: span.from, to: Math.min(span.to, end) } })),
    processes: output.processes.filter(isBefore),
    records: output.records.filter(isBefore),
    tables: output.tables.filter(isBefore),
    prompts: output.prompts.filter(isBefore),
    problems: output.problems.filter(isBefore),
  };
}

/** The start of the line that a place of the clean text stands in; null where something else begins that line. */
function originalStart({ clean }: Raw, original: Lines, offset: number): number | null {
  const { text, mapping } = clean;
  if (mapping === null) return offset;
  const starts = original.starts.subarray(0, original.count);
  const at = mapping.toOriginal({ from: offset, to: offset }).from;
  const start = starts[lastAtOrBefore(starts, at, (each) => each)] as number;
  let before = offset;
  while (before > 0 && text.charCodeAt(before - 1) === NEWLINE) before--;
  if (before === 0) return null;
  return mapping.toOriginal({ from: before - 1, to: before }).to <= start ? start : null;
}

/** The first line where it is the header of a CSV export, else nothing. */
function csvHeader(text: string): string {
  const line = text.slice(0, text.indexOf("\n") + 1);
  return unpackCsv(line).mapping === null ? "" : line;
}

/** Behind so much, no quoted field is open. */
function hasPairs(text: string, end: number): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0 && at < end; at = text.indexOf('"', at + 1)) quotes++;
  return quotes % 2 === 0;
}

/** Where the text in front of a place ends, if it begins at `at`. */
function behind({ text, count, starts }: Lines, offset: number, at: Position): Position {
  if (offset === 0) return at;
  const line = lastAtOrBefore(starts.subarray(0, count), offset - 1, (start) => start);
  const last = text.charCodeAt(offset - 1);
  if (last === NEWLINE || last === RETURN) return { line: at.line + line + 1, character: 0 };
  const character = offset - (starts[line] as number);
  if (line > 0) return { line: at.line + line, character };
  return { line: at.line, character: at.character + character };
}
