import type { FrameKind, FrameParts } from "./frame";
import type { Characters } from "./piecedText";
import type { Span } from "./span";

/** The numbers of a frame's parts in the order in which a row holds them. */
const PARTS = [
  "from",
  "to",
  "numberFrom",
  "numberTo",
  "addressFrom",
  "addressTo",
  "functionFrom",
  "functionTo",
  "argumentsFrom",
  "argumentsTo",
  "fileFrom",
  "fileTo",
  "lineFrom",
  "lineTo",
  "libraryFrom",
  "libraryTo",
  "offsetFrom",
  "offsetTo",
] as const satisfies readonly (keyof FrameParts)[];

/** Behind the parts. */
const LOCALS = PARTS.length;
const KIND = LOCALS + 2;
const WIDTH = KIND + 1;

const KINDS: readonly FrameKind[] = ["call", "inline", "signal-handler", "interpreter"];

/** Where each part stands in a row. */
export const COLUMN = Object.fromEntries(PARTS.map((name, i) => [name, i])) as Readonly<
  Record<keyof FrameParts, number>
>;

const FEWEST = 8;
const MOST = 1024;

/**
 * The places of many frames' parts, one row of numbers for each: a fleet has millions of frames, and an object of its own
 * for each one's parts is what takes most of the memory and the time to collect it.
 */
export class FrameRows {
  /** The text that the frames are cut out of. */
  readonly source: string;
  private readonly numbers: Int32Array;
  /** How much further back than the numbers say everything stands in the source. */
  private readonly sourceShift: number;
  /** How much further back than the numbers say everything stands now. */
  private readonly shift: number;
  /** The text as it is now, where that is another. */
  private readonly whole: Characters;
  private count = 0;

  private constructor(
    source: string,
    numbers: Int32Array,
    sourceShift = 0,
    shift = 0,
    whole: Characters = source,
  ) {
    this.source = source;
    this.numbers = numbers;
    this.sourceShift = sourceShift;
    this.shift = shift;
    this.whole = whole;
  }

  private static empty(text: string, capacity: number): FrameRows {
    return new FrameRows(text, new Int32Array(capacity * WIDTH));
  }

  /** These rows, or new ones where the text is another or no row is left. */
  static for(text: string, rows: FrameRows | null): FrameRows {
    if (rows === null || rows.source !== text) return FrameRows.empty(text, FEWEST);
    const capacity = rows.numbers.length / WIDTH;
    return rows.count < capacity ? rows : FrameRows.empty(text, Math.min(MOST, capacity * 2));
  }

  /** The same frames in a text where they stand `shift` further back; they are still cut out of the one they were read in. */
  moved(whole: Characters, shift: number): FrameRows {
    return new FrameRows(this.source, this.numbers, this.sourceShift, this.shift + shift, whole);
  }

  /** The same, cut out of that text. Neither takes rows itself. */
  madeAnew(text: string, shift: number): FrameRows {
    return new FrameRows(text, this.numbers, this.shift + shift, this.shift + shift);
  }

  /** The text in which everything stands where `get` says. */
  get text(): string {
    return this.whole.toString();
  }

  /** What stands between two places of the text. */
  cut(from: number, to: number): string {
    return this.source.slice(from - this.distance, to - this.distance);
  }

  /** How much further back everything stands in the text than in the source. */
  get distance(): number {
    return this.shift - this.sourceShift;
  }

  /** Copies the parts into a row of their own; returns where that begins. */
  add(parts: FrameParts): number {
    const { numbers } = this;
    const row = this.count++ * WIDTH;
    numbers[row] = parts.from;
    numbers[row + 1] = parts.to;
    numbers[row + 2] = parts.numberFrom;
    numbers[row + 3] = parts.numberTo;
    numbers[row + 4] = parts.addressFrom;
    numbers[row + 5] = parts.addressTo;
    numbers[row + 6] = parts.functionFrom;
    numbers[row + 7] = parts.functionTo;
    numbers[row + 8] = parts.argumentsFrom;
    numbers[row + 9] = parts.argumentsTo;
    numbers[row + 10] = parts.fileFrom;
    numbers[row + 11] = parts.fileTo;
    numbers[row + 12] = parts.lineFrom;
    numbers[row + 13] = parts.lineTo;
    numbers[row + 14] = parts.libraryFrom;
    numbers[row + 15] = parts.libraryTo;
    numbers[row + 16] = parts.offsetFrom;
    numbers[row + 17] = parts.offsetTo;
    numbers[row + LOCALS] = -1;
    return row;
  }

  /** A place in the text; -1 for none. */
  get(row: number, column: number): number {
    const place = this.numbers[row + column] as number;
    return place < 0 ? -1 : place + this.shift;
  }

  /** The same in the source. */
  inSource(row: number, column: number): number {
    const place = this.numbers[row + column] as number;
    return place < 0 ? -1 : place + this.sourceShift;
  }

  parts(row: number): FrameParts {
    const parts = PARTS.map((name, i) => [name, this.get(row, i)] as const);
    return Object.fromEntries(parts) as unknown as FrameParts;
  }

  kind(row: number): FrameKind {
    return KINDS[this.numbers[row + KIND] as number] as FrameKind;
  }

  setKind(row: number, kind: FrameKind): void {
    this.numbers[row + KIND] = KINDS.indexOf(kind);
  }

  locals(row: number): Span | null {
    const from = this.get(row, LOCALS);
    return from < 0 ? null : { from, to: this.get(row, LOCALS + 1) };
  }

  /** Where the locals end; -1 for none. */
  localsEnd(row: number): number {
    return this.get(row, LOCALS) < 0 ? -1 : this.get(row, LOCALS + 1);
  }

  setLocals(row: number, span: Span | null): void {
    this.numbers[row + LOCALS] = span?.from ?? -1;
    this.numbers[row + LOCALS + 1] = span?.to ?? -1;
  }
}
