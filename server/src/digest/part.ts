import { splitLines } from "../read/lines";
import { type Position, Positions, type Range } from "../read/positions";
import { unpackCsv } from "../read/undress/csv";
import { pieces, TextIndex } from "./textIndex";

/** A stretch of a large text. */
export interface Part {
  readonly text: string;
  /** Where it begins in the whole. */
  readonly start: Position;
  /** Where it ends in the whole. */
  readonly end: Position;
  /** Does more belong to what was asked for than is shown at once? */
  readonly isCut: boolean;
  /** Does the whole go on behind it? */
  readonly hasMore: boolean;
  /** The header of a CSV export, where the text does not begin with it. */
  readonly header: string;
}

/** So many characters are shown at once. */
const MOST = 1 << 20;

/** The text of a longer line is cut. */
const LONGEST_LINE = 10_000;

/** Gives a text bit by bit, from a byte of its file on. */
export type OpenText = (byte: number) => AsyncIterable<string>;

/**
 * Cuts a stretch of whole lines out of a text. `known` is what a digest knows of it: where it is given, the text has to be
 * the same there. Null where it is not, and where it ends before.
 */
export async function cutPart(
  open: OpenText,
  range: Range,
  known: TextIndex | null,
  most = MOST,
): Promise<Part | null> {
  const piece = known?.pieceOf(range.start) ?? 0;
  if (known !== null && piece > 0) {
    const header = csvHeader(await firstPart(open(0)));
    // A file that is packed, or not UTF-8, says something else there, or is nothing that can be read.
    const near = cutFrom(open(known.byteOf(piece)), new Window(range, known, most, piece, header));
    const found = await near.catch(() => null);
    if (found !== null) return found;
  }
  return cutFrom(open(0), new Window(range, known, most));
}

async function firstPart(parts: AsyncIterable<string>): Promise<string> {
  for await (const part of parts) if (part !== "") return part;
  return "";
}

async function cutFrom(parts: AsyncIterable<string>, window: Window): Promise<Part | null> {
  for await (const piece of pieces(parts, window.pieceLength)) if (!window.add(piece)) break;
  return window.cut();
}

/** The pieces of a text that a range is in. */
class Window {
  private readonly range: Range;
  private readonly known: TextIndex | null;
  private readonly most: number;
  private readonly index: TextIndex;
  private readonly held: string[] = [];
  private length = 0;
  private count: number;
  private first = 0;
  private isSame = true;
  private isBehind = false;
  private header: string;

  /** `count` pieces in front of the first one that is added are left out. */
  constructor(range: Range, known: TextIndex | null, most: number, count = 0, header = "") {
    this.count = count;
    this.header = header;
    this.range = range;
    this.known = known;
    this.most = most;
    this.index = known ?? new TextIndex();
  }

  get pieceLength(): number {
    return this.index.pieceLength;
  }

  /** Is there anything to add behind it? */
  add(piece: string): boolean {
    const number = this.count++;
    if (number === 0) this.header = csvHeader(piece);
    this.known ?? this.index.add(piece);
    if (isBefore(this.index.startOf(number + 1), this.range.start)) return true;
    if (this.known && !this.known.holds(number, piece)) {
      this.isSame = false;
      return false;
    }
    if (this.held.length === 0) this.first = number;
    this.held.push(piece);
    this.length += piece.length;
    const isLast = this.range.end.line < this.index.startOf(number + 1).line;
    this.isBehind = isLast || this.length > this.most + piece.length + LONGEST_LINE;
    return !this.isBehind;
  }

  cut(): Part | null {
    if (!this.isSame || this.held.length === 0) return null;
    const { line, character } = this.index.startOf(this.first);
    // The second half of a line break.
    const text = this.held.join("").slice(character < 0 ? 1 : 0);
    const at = { line, character: Math.max(0, character) };
    const from = offsetOf(text, at, this.range.start);
    const wanted = lineEnd(text, offsetOf(text, at, this.range.end));
    const to = wanted - from > this.most ? lineStart(text, from, from + this.most) : wanted;
    const positions = new Positions(text, at);
    return {
      text: text.slice(from, to),
      start: positions.at(from),
      end: endOf(text, to, positions),
      isCut: to < wanted,
      hasMore: to < text.length || this.isBehind,
      header: from > 0 || this.first > 0 ? this.header : "",
    };
  }
}

const isBefore = (one: Position, other: Position): boolean =>
  one.line < other.line || (one.line === other.line && one.character < other.character);

/** The first line, where the rest is a CSV export that cannot be read without it. */
export function csvHeader(text: string): string {
  const line = text.slice(0, text.indexOf("\n") + 1);
  return unpackCsv(line).mapping === null ? "" : line;
}

/** The offset of a place in a text that begins at `at` of the whole; its end where the place is behind it. */
function offsetOf(text: string, at: Position, { line, character }: Position): number {
  const { starts, ends, count } = splitLines(text);
  const index = line - at.line;
  if (index < 0) return 0;
  if (index >= count) return text.length;
  const start = starts[index] as number;
  const offset = start + (index === 0 ? character - at.character : character);
  return Math.min(Math.max(start, offset), ends[index] as number);
}

/** Behind the line break, if it is not far. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return Math.min(text.length, offset + LONGEST_LINE);
  return Math.min(end + 1, offset + LONGEST_LINE);
}

/** Behind a line break at the very end comes one more line. */
function endOf(text: string, to: number, positions: Positions): Position {
  const end = positions.at(to);
  const isBreak = to === text.length && text.endsWith("\n");
  return isBreak ? { line: end.line + 1, character: 0 } : end;
}

/** The last start of a line that is not behind `to`; `to` where the line is longer than all. */
function lineStart(text: string, from: number, to: number): number {
  const newline = text.lastIndexOf("\n", to - 1);
  return newline > from ? newline + 1 : to;
}
