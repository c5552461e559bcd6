import { skipBlanks, skipBlanksBack } from "../chars";
import type { LineKind } from "../gdb/lineKind";
import { type LineKinds, lineKinds } from "../gdb/lineKinds";
import { type Lines, lineText } from "../lines";
import type { WrapStyle } from "./wrap";

/** The lines of a text as they stand, with what a mailer or a terminal counted when it wrapped them. */
export class PhysicalLines {
  readonly text: string;
  readonly count: number;
  private readonly lines: Lines;
  private readonly kinds: LineKinds;
  private readonly prefixLengths: readonly number[] | null;

  /** `prefixLengths` are of the prefixes that the lines have lost. */
  constructor(lines: Lines, prefixLengths: readonly number[] | null) {
    this.text = lines.text;
    this.lines = lines;
    this.kinds = lineKinds(lines);
    this.count = lines.count;
    this.prefixLengths = prefixLengths;
  }

  start(i: number): number {
    return this.lines.starts[i] as number;
  }

  end(i: number): number {
    return this.lines.ends[i] as number;
  }

  line(i: number): string {
    return lineText(this.lines, i);
  }

  kind(i: number): LineKind {
    return this.kinds.at(i);
  }

  /** Where the line's first word starts. */
  firstWord(i: number): number {
    return skipBlanks(this.text, this.start(i), this.end(i));
  }

  /** Behind the line's last word. */
  lastWord(i: number): number {
    return skipBlanksBack(this.text, this.start(i), this.end(i));
  }

  indent(i: number): number {
    return this.firstWord(i) - this.start(i);
  }

  length(i: number): number {
    return this.end(i) - this.start(i);
  }

  /** Did any line have one? */
  get hasPrefixes(): boolean {
    return this.prefixLengths !== null;
  }

  /** With the prefix that the line had. */
  wholeLength(i: number): number {
    return this.length(i) + (this.prefixLengths?.[i] ?? 0);
  }

  /** The length as the wrapping counted it: with the prefix, where that makes the line full. */
  countedLength(i: number, wrap: WrapStyle): number {
    const whole = this.wholeLength(i);
    return whole === wrap.width ? whole : this.length(i);
  }

  isFull(i: number, wrap: WrapStyle): boolean {
    return this.countedLength(i, wrap) >= wrap.width;
  }
}
