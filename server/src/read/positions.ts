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

const START: Position = { line: 0, character: 0 };

/** Turns offsets of one text into lines and characters; `first` is the place of a part in the whole. */
export class Positions {
  private readonly starts: Int32Array;
  private readonly first: Position;

  constructor(text: string, first: Position = START) {
    this.first = first;
    const { starts, count } = splitLines(text);
    // A copy: the rest is several times as much, and kept for as long as the text.
    this.starts = starts.slice(0, count);
  }

  at(offset: number): Position {
    const line = Math.max(
      0,
      lastAtOrBefore(this.starts, offset, (start) => start),
    );
    const character = offset - (this.starts[line] ?? 0);
    return {
      line: this.first.line + line,
      character: line === 0 ? this.first.character + character : character,
    };
  }

  range(span: Span): Range {
    return { start: this.at(span.from), end: this.at(span.to) };
  }
}
