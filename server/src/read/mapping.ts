import { Numbers } from "./numbers";
import { lastNumberAtOrBefore, type Span } from "./span";

/**
 * Where each stretch of a rewritten text stands in the text it was made from.
 *
 * Stretch `i` covers `made[i] .. made[i + 1]` of the rewritten text and `from[i] .. to[i]` of the original.
 * Equal lengths mean that it was kept as it is; otherwise it stands for other text (`<` for `&lt;`, a blank for a
 * line break). Original text between two stretches was dropped (a quote mark, a log shipper's prefix).
 */
export class Mapping {
  private readonly made: Int32Array;
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  private readonly length: number;

  constructor(made: Int32Array, from: Int32Array, to: Int32Array, length: number) {
    this.made = made;
    this.from = from;
    this.to = to;
    this.length = length;
  }

  /** Of a text of that length that was left as it is. */
  static kept(length: number): Mapping {
    const pieces = new Pieces();
    pieces.push(length, 0, length);
    return pieces.finish();
  }

  /** The original stretch that the rewritten stretch was made from; dropped text at its ends is left out. */
  toOriginal(span: Span): Span {
    const from = this.originalStart(span.from);
    if (span.to <= span.from) return { from, to: from };
    return { from, to: Math.max(from, this.originalEnd(span.to)) };
  }

  /** The original stretches of a rewritten one, in order, without the text that was dropped between them. */
  pieces(span: Span): Span[] {
    const found: Span[] = [];
    for (let piece = Math.max(0, this.pieceAt(span.from)); piece < this.made.length; piece++) {
      const start = this.made[piece] as number;
      if (start >= span.to) break;
      const from = Math.max(span.from, start);
      const to = Math.min(span.to, this.madeEnd(piece));
      if (from < to) found.push(this.toOriginal({ from, to }));
    }
    return found;
  }

  /** The place in the rewritten text of an original offset; for dropped text, of what follows it. */
  toMade(offset: number): number {
    const piece = lastAtOrBefore(this.from, offset);
    if (piece < 0) return 0;
    if (offset >= (this.to[piece] as number)) return this.madeEnd(piece);
    const start = this.made[piece] as number;
    return this.isKept(piece) ? start + offset - (this.from[piece] as number) : start;
  }

  /** This mapping after `inner`: `this` leads to a text that `inner` leads further back. */
  after(inner: Mapping): Mapping {
    const pieces = new Pieces();
    for (let piece = 0; piece < this.made.length; piece++) {
      const middle = { from: this.from[piece] as number, to: this.to[piece] as number };
      if (this.isKept(piece)) inner.copy(middle, 0, pieces);
      else {
        const { from, to } = inner.toOriginal(middle);
        pieces.push(this.madeEnd(piece) - (this.made[piece] as number), from, to);
      }
    }
    return pieces.finish();
  }

  /**
   * The way back with `inner` in the place of `span`. Its original begins at `start`, and what stands behind it in the
   * original stands `by` further back.
   */
  spliced(span: Span, inner: Mapping, start: number, by: number): Mapping {
    const first = Math.max(0, this.pieceAt(span.from - 1));
    const last = span.to < this.length ? this.pieceAt(span.to) : this.made.length - 1;
    const at = this.made[first] ?? 0;
    // The stretches at both ends may be cut, or go on in those between.
    const pieces = new Pieces();
    this.copy({ from: at, to: span.from }, 0, pieces);
    inner.copy({ from: 0, to: inner.length }, start, pieces);
    this.copy({ from: span.to, to: this.madeEnd(last) }, by, pieces);
    const middle = pieces.finish();
    const more = inner.length - (span.to - span.from);
    const join = (whole: Int32Array, part: Int32Array, partBy: number, restBy: number) =>
      replaced(whole, first, last + 1, part, partBy, restBy);
    return new Mapping(
      join(this.made, middle.made, at, more),
      join(this.from, middle.from, 0, by),
      join(this.to, middle.to, 0, by),
      this.length + more,
    );
  }

  /** Appends the stretches under `span`, with the original `by` further back. */
  private copy(span: Span, by: number, pieces: Pieces): void {
    let piece = Math.max(0, this.pieceAt(span.from));
    for (; piece < this.made.length && (this.made[piece] as number) < span.to; piece++) {
      const first = this.made[piece] as number;
      const start = Math.max(span.from, first);
      const end = Math.min(span.to, this.madeEnd(piece));
      if (end <= start) continue;
      const isKept = this.isKept(piece);
      const shift = (this.from[piece] as number) - first;
      const from = isKept ? start + shift : (this.from[piece] as number);
      const to = isKept ? end + shift : (this.to[piece] as number);
      pieces.push(end - start, from + by, to + by);
    }
  }

  /** The way back from `span` alone, to an original that begins at `start`. */
  cut(span: Span, start: number): Mapping {
    const pieces = new Pieces();
    this.copy(span, -start, pieces);
    return pieces.finish();
  }

  /** Does it lead to the same places? */
  equals(other: Mapping): boolean {
    return (
      this.length === other.length &&
      isEqual(this.made, other.made) &&
      isEqual(this.from, other.from) &&
      isEqual(this.to, other.to)
    );
  }

  /** Does everything stand where it stood? */
  isKeptWhole(originalLength: number): boolean {
    return this.equals(Mapping.kept(originalLength));
  }

  private originalStart(offset: number): number {
    const piece = this.pieceAt(offset);
    if (piece < 0) return 0;
    const start = this.from[piece] as number;
    if (!this.isKept(piece)) return start;
    return Math.min(start + offset - (this.made[piece] as number), this.to[piece] as number);
  }

  private originalEnd(offset: number): number {
    const piece = this.pieceAt(offset - 1);
    if (piece < 0) return 0;
    if (!this.isKept(piece)) return this.to[piece] as number;
    return (this.from[piece] as number) + offset - (this.made[piece] as number);
  }

  private pieceAt(offset: number): number {
    return lastAtOrBefore(this.made, offset);
  }

  private madeEnd(piece: number): number {
    return piece + 1 < this.made.length ? (this.made[piece + 1] as number) : this.length;
  }

  private isKept(piece: number): boolean {
    const originalLength = (this.to[piece] as number) - (this.from[piece] as number);
    return this.madeEnd(piece) - (this.made[piece] as number) === originalLength;
  }
}

/** Index of the last number that is not above `value`, or -1. */
const lastAtOrBefore = (numbers: Int32Array, value: number): number =>
  lastNumberAtOrBefore(numbers.length, value, (i) => numbers[i] as number);

const isEqual = (one: Int32Array, other: Int32Array): boolean =>
  one.length === other.length && one.every((number, i) => number === other[i]);

/** The numbers with `part` in the place of `from .. to`, its own and those behind it made larger. */
function replaced(
  numbers: Int32Array,
  from: number,
  to: number,
  part: Int32Array,
  partBy: number,
  restBy: number,
): Int32Array {
  const behind = from + part.length;
  const all = new Int32Array(behind + Math.max(0, numbers.length - to));
  all.set(numbers.subarray(0, from));
  for (let i = 0; i < part.length; i++) all[from + i] = (part[i] as number) + partBy;
  for (let i = to; i < numbers.length; i++) all[behind + i - to] = (numbers[i] as number) + restBy;
  return all;
}

/** Collects the stretches of a mapping in order. Neighbours that were kept are one. */
export class Pieces {
  private readonly made = new Numbers();
  private readonly from = new Numbers();
  private readonly to = new Numbers();
  private length = 0;
  private isLastKept = false;

  /** So many characters were made of `from .. to`. */
  push(length: number, from: number, to: number): void {
    if (length === 0) return;
    const isKept = length === to - from;
    const last = this.to.length - 1;
    if (isKept && this.isLastKept && this.to.items[last] === from) this.to.items[last] = to;
    else {
      this.made.push(this.length);
      this.from.push(from);
      this.to.push(to);
    }
    this.isLastKept = isKept;
    this.length += length;
  }

  finish(): Mapping {
    return new Mapping(this.made.trim(), this.from.trim(), this.to.trim(), this.length);
  }
}
