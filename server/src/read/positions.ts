import { splitLines } from "./lines";
import { lastAtOrBefore, type Span } from "./span";

/** Zero-based line and UTF-16 character, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** So many lines are looked at before the line is searched for. */
const NEAR = 8;

const START: Position = { line: 0, character: 0 };

/** Turns offsets of one text into lines and characters; `first` is the place of a part in the whole. */
export class Positions {
  private readonly starts: Int32Array;
  private readonly first: Position;
  /** The line that was asked for last. */
  private last = 0;

  constructor(text: string, first: Position = START) {
    this.first = first;
    const { starts, count } = splitLines(text);
    // A copy: the rest is several times as much, and kept for as long as the text.
    this.starts = starts.slice(0, count);
  }

  at(offset: number): Position {
    const line = this.lineAt(offset);
    const character = offset - (this.starts[line] ?? 0);
    return {
      line: this.first.line + line,
      character: line === 0 ? this.first.character + character : character,
    };
  }

  /** Mostly the next place is in the same line, or in one of the next. */
  private lineAt(offset: number): number {
    const { starts, last } = this;
    const most = Math.min(starts.length, last + NEAR);
    for (let line = (starts[last] ?? 0) <= offset ? last + 1 : most; line < most; line++) {
      if ((starts[line] as number) <= offset) continue;
      this.last = line - 1;
      return line - 1;
    }
    this.last = Math.max(
      0,
      lastAtOrBefore(starts, offset, (start) => start),
    );
    return this.last;
  }

  range(span: Span): Range {
    return { start: this.at(span.from), end: this.at(span.to) };
  }
}
