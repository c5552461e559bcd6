import { NEWLINE, RETURN } from "../read/chars";
import type { Position } from "../read/positions";

/** A text is indexed in pieces of so many characters; the last one is shorter. */
export const PIECE = 1 << 20;

/** Cuts a text that comes in parts of any length into pieces. */
export async function* pieces(
  parts: AsyncIterable<string>,
  length = PIECE,
): AsyncGenerator<string> {
  let waiting = "";
  for await (const part of parts) {
    waiting += part;
    let from = 0;
    for (; waiting.length - from >= length; from += length)
      yield waiting.slice(from, from + length);
    waiting = waiting.slice(from);
  }
  if (waiting !== "") yield waiting;
}

/** What is known of a piece. */
export interface Mark {
  /** The line that its first character stands in, counted from 0, and where that begins in the whole text. */
  readonly line: number;
  readonly lineStart: number;
  readonly length: number;
  readonly hash: number;
  /** Where it begins in the file, if that is UTF-8 through and through. */
  readonly byte: number;
}

/** What is known of a text. It can be sent to another thread. */
export interface IndexData {
  readonly marks: readonly Mark[];
  readonly pieceLength: number;
  readonly line: number;
  readonly lineStart: number;
  readonly characters: number;
}

/** Where the lines of a text are that is too large to keep, and whether it is still the same. */
export class TextIndex {
  private readonly marks: Mark[];
  readonly pieceLength: number;
  // Where the text ends.
  private line = 0;
  private lineStart = 0;
  private endsInReturn = false;
  characters = 0;
  private bytes = 0;

  constructor(pieceLength = PIECE, marks: readonly Mark[] = []) {
    this.pieceLength = pieceLength;
    this.marks = [...marks];
  }

  static from({ pieceLength, marks, line, lineStart, characters }: IndexData): TextIndex {
    return Object.assign(new TextIndex(pieceLength, marks), { line, lineStart, characters });
  }

  data(): IndexData {
    const { marks, pieceLength, line, lineStart, characters } = this;
    return { marks, pieceLength, line, lineStart, characters };
  }

  add(piece: string): void {
    // The second half of a line break whose first half ended the piece before.
    if (this.endsInReturn && piece.charCodeAt(0) === NEWLINE) this.lineStart++;
    const { line, lineStart, bytes: byte } = this;
    this.marks.push({ line, lineStart, length: piece.length, hash: hashOf(piece), byte });
    this.bytes += bytesOf(piece);
    this.countLines(piece);
    this.characters += piece.length;
    this.endsInReturn = piece.charCodeAt(piece.length - 1) === RETURN;
  }

  /** How many lines there are; a line break at the end begins none. */
  get lines(): number {
    return this.line + (this.characters > this.lineStart ? 1 : 0);
  }

  /**
   * Where a piece begins, behind the last one: where the text ends. The character is -1 where a line break of two
   * characters was cut apart in front of it.
   */
  startOf(piece: number): Position {
    const { line, lineStart } = this.marks[piece] ?? { line: this.line, lineStart: this.lineStart };
    const offset = Math.min(piece * this.pieceLength, this.characters);
    return { line, character: offset - lineStart };
  }

  /** The last piece that begins at or before the place. */
  pieceOf({ line, character }: Position): number {
    const isBehind = ({ line: start, lineStart }: Mark, piece: number) =>
      start > line || (start === line && piece * this.pieceLength - lineStart > character);
    const next = this.marks.findIndex(isBehind);
    return Math.max(0, (next < 0 ? this.marks.length : next) - 1);
  }

  /** The byte of the file with which a piece begins, if all of it is UTF-8; `holds` tells whether it was. */
  byteOf(piece: number): number {
    return this.marks[piece]?.byte ?? 0;
  }

  /** Does the piece say what it said? More may have been written behind the last one. */
  holds(piece: number, text: string): boolean {
    const mark = this.marks[piece];
    return mark !== undefined && hashOf(text.slice(0, mark.length)) === mark.hash;
  }

  private countLines(piece: string): void {
    const skipped = this.lineStart > this.characters ? this.lineStart - this.characters : 0;
    if (piece.includes("\r")) this.countAllBreaks(piece, skipped);
    else this.countNewlines(piece, skipped);
  }

  private countAllBreaks(piece: string, from: number): void {
    for (let at = from; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (code !== NEWLINE && code !== RETURN) continue;
      if (code === RETURN && piece.charCodeAt(at + 1) === NEWLINE) at++;
      this.begin(at + 1);
    }
  }

  private countNewlines(piece: string, from: number): void {
    for (let at = piece.indexOf("\n", from); at >= 0; at = piece.indexOf("\n", at + 1))
      this.begin(at + 1);
  }

  private begin(at: number): void {
    this.line++;
    this.lineStart = this.characters + at;
  }
}

/** How long the text is in UTF-8. */
function bytesOf(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of its four bytes.
    if (code > 0x7f) bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** FNV-1a over the characters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
