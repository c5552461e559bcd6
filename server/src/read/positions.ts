import { type Lines, splitLines } from "./lines";
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

/** Turns offsets of one text into lines and characters. */
export class Positions {
  private readonly lines: Lines;
  private readonly starts: Int32Array;

  constructor(text: string) {
    this.lines = splitLines(text);
    this.starts = this.lines.starts.subarray(0, this.lines.count);
  }

  at(offset: number): Position {
    const line = Math.max(
      0,
      lastAtOrBefore(this.starts, offset, (start) => start),
    );
    return { line, character: offset - (this.starts[line] ?? 0) };
  }

  range(span: Span): Range {
    return { start: this.at(span.from), end: this.at(span.to) };
  }
}
