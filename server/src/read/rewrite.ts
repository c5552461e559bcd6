import { type Mapping, Pieces } from "./mapping";
import type { Steps } from "./steps";

/** A text made from another one, with the way back; `mapping` is null where nothing was changed. */
export interface Rewritten {
  readonly text: string;
  readonly mapping: Mapping | null;
}

/** Makes a text out of another by keeping, dropping and replacing stretches in order; untouched text costs nothing. */
export class Rewriter {
  private readonly source: string;
  private readonly parts: string[] = [];
  private readonly pieces = new Pieces();
  private keptTo = 0;

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
    if (this.keptTo === 0 && this.parts.length === 0) return { text: this.source, mapping: null };
    this.keepUpTo(this.source.length);
    return { text: this.parts.join(""), mapping: this.pieces.finish() };
  }

  private keepUpTo(end: number): void {
    if (end > this.keptTo) this.push(this.source.slice(this.keptTo, end), this.keptTo, end);
  }

  private push(text: string, from: number, to: number): void {
    this.parts.push(text);
    this.pieces.push(text.length, from, to);
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
