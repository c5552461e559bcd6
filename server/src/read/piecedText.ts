import { lastAtOrBefore } from "./span";

/** What is asked of a text whose characters need not lie one behind the other in memory; a string is one. */
export interface Characters {
  readonly length: number;
  slice(from: number, to: number): string;
  charCodeAt(at: number): number;
  indexOf(wanted: string, from?: number): number;
  lastIndexOf(wanted: string, from?: number): number;
  includes(wanted: string): boolean;
  /** All of it in one piece. */
  toString(): string;
}

/** As much is compared at once. */
const COMPARED = 1 << 16;

/** Of more pieces one is made again. */
const MOST_PIECES = 256;

/**
 * A text put together out of pieces of others: each key that is typed makes a new text, and to copy all of its megabytes is
 * what would take longest. Nothing in it changes; it is put into one piece once somebody asks for that.
 */
export class PiecedText implements Characters {
  private pieces: readonly string[];
  /** Where each piece starts. */
  private starts: readonly number[];
  readonly length: number;

  private constructor(pieces: readonly string[]) {
    this.pieces = pieces.filter((piece) => piece !== "");
    let length = 0;
    this.starts = this.pieces.map((piece) => {
      length += piece.length;
      return length - piece.length;
    });
    this.length = length;
  }

  static of(text: string): PiecedText {
    return new PiecedText([text]);
  }

  /** The text with `inserted` in the place of `from .. to`. */
  edited(from: number, to: number, inserted: string): PiecedText {
    const pieces = [...this.between(0, from), inserted, ...this.between(to, this.length)];
    const edited = new PiecedText(pieces);
    return edited.pieces.length > MOST_PIECES ? PiecedText.of(edited.toString()) : edited;
  }

  /** The whole text in one piece. */
  toString(): string {
    if (this.pieces.length !== 1) {
      this.pieces = [this.pieces.join("")];
      this.starts = [0];
    }
    return this.pieces[0] as string;
  }

  slice(from: number, to: number): string {
    return this.between(from, to).join("");
  }

  /** Nothing is put together for it. */
  equals(other: PiecedText): boolean {
    if (this.length !== other.length) return false;
    for (let at = 0; at < this.length; at += COMPARED)
      if (this.slice(at, at + COMPARED) !== other.slice(at, at + COMPARED)) return false;
    return true;
  }

  charCodeAt(at: number): number {
    const i = this.pieceAt(at);
    return i < 0
      ? Number.NaN
      : (this.pieces[i] as string).charCodeAt(at - (this.starts[i] as number));
  }

  includes(wanted: string): boolean {
    return this.indexOf(wanted) >= 0;
  }

  indexOf(wanted: string, from = 0): number {
    const first = Math.max(0, this.pieceAt(from));
    for (let i = first; i < this.pieces.length; i++) {
      const start = this.starts[i] as number;
      const inside = (this.pieces[i] as string).indexOf(wanted, from - start);
      if (inside >= 0) return start + inside;
      const across = this.acrossEnd(i, wanted).indexOf(wanted, from - this.seamOf(i, wanted));
      if (across >= 0) return this.seamOf(i, wanted) + across;
    }
    return -1;
  }

  lastIndexOf(wanted: string, from = Number.POSITIVE_INFINITY): number {
    const at = Math.max(0, Math.min(from, this.length - wanted.length));
    for (let i = this.pieceAt(at); i >= 0; i--) {
      const across = this.acrossEnd(i, wanted).lastIndexOf(wanted, at - this.seamOf(i, wanted));
      if (across >= 0 && at >= this.seamOf(i, wanted)) return this.seamOf(i, wanted) + across;
      const start = this.starts[i] as number;
      const inside = (this.pieces[i] as string).lastIndexOf(wanted, at - start);
      if (inside >= 0) return start + inside;
    }
    return -1;
  }

  /** Where a word that crosses the end of the piece starts at the earliest. */
  private seamOf(i: number, wanted: string): number {
    const end = (this.starts[i] as number) + (this.pieces[i] as string).length;
    return Math.max(0, end - wanted.length + 1);
  }

  /** What a word that crosses the end of the piece stands in. */
  private acrossEnd(i: number, wanted: string): string {
    const end = (this.starts[i] as number) + (this.pieces[i] as string).length;
    if (wanted.length < 2 || end === this.length) return "";
    return this.slice(this.seamOf(i, wanted), end + wanted.length - 1);
  }

  private pieceAt(at: number): number {
    return at >= this.length ? this.pieces.length - 1 : lastAtOrBefore(this.starts, at, (it) => it);
  }

  private between(from: number, to: number): string[] {
    const found: string[] = [];
    for (let i = Math.max(0, this.pieceAt(from)); i < this.pieces.length; i++) {
      const start = this.starts[i] as number;
      if (start >= to) break;
      found.push((this.pieces[i] as string).slice(Math.max(0, from - start), to - start));
    }
    return found;
  }
}

/** A piece of a text with a memory of its own: whoever keeps a piece holds all of the text else. */
export const copied = (piece: string): string => [piece.slice(0, 1), piece.slice(1)].join("");
