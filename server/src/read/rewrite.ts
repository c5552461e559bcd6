import { Numbers } from "./numbers";
import type { Span } from "./span";
import type { Steps } from "./steps";

/** Index of the last number that is not above `value`, or -1. */
function lastAtOrBefore(numbers: Int32Array, value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

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
    const made = new Numbers();
    const from = new Numbers();
    const to = new Numbers();
    for (let piece = 0; piece < this.made.length; piece++) {
      const start = this.made[piece] as number;
      const middle = { from: this.from[piece] as number, to: this.to[piece] as number };
      if (!this.isKept(piece)) {
        const original = inner.toOriginal(middle);
        made.push(start);
        from.push(original.from);
        to.push(original.to);
      } else inner.cut(middle, start, made, from, to);
    }
    return new Mapping(made.trim(), from.trim(), to.trim(), this.length);
  }

  /** Appends the stretches under `span`, with the rewritten text starting at `at`. */
  private cut(span: Span, at: number, made: Numbers, from: Numbers, to: Numbers): void {
    let piece = Math.max(0, this.pieceAt(span.from));
    for (; piece < this.made.length && (this.made[piece] as number) < span.to; piece++) {
      const first = this.made[piece] as number;
      const start = Math.max(span.from, first);
      const end = Math.min(span.to, this.madeEnd(piece));
      if (end <= start) continue;
      const isKept = this.isKept(piece);
      const shift = (this.from[piece] as number) - first;
      made.push(at + start - span.from);
      from.push(isKept ? start + shift : (this.from[piece] as number));
      to.push(isKept ? end + shift : (this.to[piece] as number));
    }
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

/** A text made from another one, with the way back; `mapping` is null where nothing was changed. */
export interface Rewritten {
  readonly text: string;
  readonly mapping: Mapping | null;
}

/** Makes a text out of another by keeping, dropping and replacing stretches in order; untouched text costs nothing. */
export class Rewriter {
  private readonly source: string;
  private readonly parts: string[] = [];
  private readonly made = new Numbers();
  private readonly from = new Numbers();
  private readonly to = new Numbers();
  private keptTo = 0;
  private length = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** Everything between the last change and `from` is kept; `from .. to` becomes `text`. */
  replace(from: number, to: number, text: string): void {
    this.keepUpTo(from);
    if (text !== "") this.push(text, from, to);
    this.keptTo = to;
  }

  finish(): Rewritten {
    if (this.keptTo === 0 && this.made.length === 0) return { text: this.source, mapping: null };
    this.keepUpTo(this.source.length);
    return {
      text: this.parts.join(""),
      mapping: new Mapping(this.made.trim(), this.from.trim(), this.to.trim(), this.length),
    };
  }

  private keepUpTo(end: number): void {
    if (end > this.keptTo) this.push(this.source.slice(this.keptTo, end), this.keptTo, end);
  }

  private push(text: string, from: number, to: number): void {
    this.parts.push(text);
    this.made.push(this.length);
    this.from.push(from);
    this.to.push(to);
    this.length += text.length;
  }
}

/** Does `second` on the outcome of `first`, and leads all the way back. */
export const chain = (first: Rewritten, second: (text: string) => Rewritten): Rewritten =>
  chained(first, second(first.text));

/** The same for work in steps. */
export function* chainSteps(
  first: Rewritten,
  second: (text: string) => Steps<Rewritten>,
): Steps<Rewritten> {
  const next = yield* second(first.text);
  yield;
  return chained(first, next);
}

function chained(first: Rewritten, next: Rewritten): Rewritten {
  if (next.mapping === null) return first;
  if (first.mapping === null) return next;
  return { text: next.text, mapping: next.mapping.after(first.mapping) };
}
