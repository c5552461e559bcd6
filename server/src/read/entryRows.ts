const FEWEST = 8;
const MOST = 1024;

/** Rows of equal width; a row that nothing was put into yet holds -1 everywhere. */
class Block {
  readonly numbers: Int32Array;
  readonly width: number;
  readonly capacity: number;
  count = 0;

  constructor(width: number, capacity: number) {
    this.width = width;
    this.capacity = capacity;
    this.numbers = new Int32Array(width * capacity).fill(-1);
  }
}

/**
 * What is known of many entries of a log, one row of numbers for each: a log has more entries than there is memory for
 * objects that hold all of it. A number is a place in the text, or anything else.
 */
export class EntryRows {
  /** The text that the entries are cut out of. */
  readonly text: string;
  private readonly block: Block;
  /** How much further back than the rows say everything stands in that text. */
  private readonly textShift: number;
  /** How much further back than the rows say the entries stand now. */
  private readonly shift: number;

  private constructor(text: string, block: Block, textShift = 0, shift = 0) {
    this.text = text;
    this.block = block;
    this.textShift = textShift;
    this.shift = shift;
  }

  static of(text: string, width: number): EntryRows {
    return new EntryRows(text, new Block(width, FEWEST));
  }

  /** These rows, or new ones where none of them is left. */
  withRoom(): EntryRows {
    const { width, capacity, count } = this.block;
    if (count < capacity) return this;
    return new EntryRows(this.text, new Block(width, Math.min(MOST, capacity * 2)));
  }

  /** Takes a row, and returns where it begins. */
  add(): number {
    return this.block.count++ * this.block.width;
  }

  /** The same entries in a text where they stand `shift` further back; they are still cut out of the one they were read in. */
  moved(shift: number): EntryRows {
    return new EntryRows(this.text, this.block, this.textShift, this.shift + shift);
  }

  /** The same, cut out of that text. */
  madeAnew(text: string, shift: number): EntryRows {
    return new EntryRows(text, this.block, this.shift + shift, this.shift + shift);
  }

  set(row: number, column: number, value: number): void {
    this.block.numbers[row + column] = value;
  }

  number(row: number, column: number): number {
    return this.block.numbers[row + column] as number;
  }

  /** A place in the text that the entry is cut out of; -1 for none. */
  place(row: number, column: number): number {
    const place = this.block.numbers[row + column] as number;
    return place < 0 ? -1 : place + this.textShift;
  }

  /** Where a place of that text stands now. */
  now(place: number): number {
    return place - this.textShift + this.shift;
  }
}
