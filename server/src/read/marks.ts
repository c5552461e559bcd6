import type { Lines } from "./lines";
import { Numbers } from "./numbers";
import type { Output } from "./output";
import { lastNumberAtOrBefore } from "./span";

/** A place between two lines at which nothing is open: whoever starts to read there reads the same as who came by. */
export interface Mark {
  /** Where the line behind it starts. */
  readonly offset: number;
  /** Where the open section starts, or -1 where none is. */
  readonly section: number;
  /** How much of everything was found in front of it. */
  readonly counts: Counts;
}

export type Counts = Readonly<Record<keyof Output, number>>;

const FOUND = ["sections", "processes", "records", "tables", "prompts", "problems"] as const;

const WIDTH = 2 + FOUND.length;

/** Where in a mark's row the start of the open section stands. */
export const SECTION = 1;

/** Marks are at least so far from each other. */
const DISTANCE = 2048;

/** The marks of a text in order, as rows of numbers. */
export class Marks {
  private readonly rows: Int32Array;
  readonly count: number;

  constructor(rows: Int32Array) {
    this.rows = rows;
    this.count = rows.length / WIDTH;
  }

  at(i: number): Mark {
    const row = this.rows.subarray(i * WIDTH, (i + 1) * WIDTH);
    const counts = Object.fromEntries(FOUND.map((name, k) => [name, row[2 + k]])) as Counts;
    return { offset: row[0] as number, section: row[SECTION] as number, counts };
  }

  offset(i: number): number {
    return this.rows[i * WIDTH] as number;
  }

  /** The number of the last mark at `offset` or in front of it, or -1. */
  lastAt(offset: number): number {
    return lastNumberAtOrBefore(this.count, offset, (i) => this.offset(i));
  }

  /**
   * The rows of the marks `from .. to`, further back in the text by `shift`, with `more` of everything before them. A
   * section that started at `start` starts at `newStart`.
   */
  moved(from: number, to: number, shift: number, more: Counts, start = -1, newStart = -1) {
    const rows = this.rows.slice(from * WIDTH, to * WIDTH);
    const added = FOUND.map((name) => more[name]);
    for (let row = 0; row < rows.length; row += WIDTH) {
      const section = rows[row + SECTION] as number;
      rows[row] = (rows[row] as number) + shift;
      if (section >= 0) rows[row + SECTION] = section === start ? newStart : section + shift;
      for (let k = 0; k < FOUND.length; k++)
        rows[row + 2 + k] = (rows[row + 2 + k] as number) + (added[k] as number);
    }
    return rows;
  }
}

export const countsOf = (output: Omit<Output, "records">, records: number): Counts => ({
  sections: output.sections.length,
  processes: output.processes.length,
  records,
  tables: output.tables.length,
  prompts: output.prompts.length,
  problems: output.problems.length,
});

/** Sets marks while a text is read, and tells where the reading may stop. */
export class Marker {
  private readonly lines: Lines;
  private readonly output: Output;
  private readonly isIdle: (line: number) => boolean;
  private readonly stops: ReadonlySet<number>;
  private readonly rows = new Numbers();
  private last = -DISTANCE;
  /** Where the reading stopped, or null. */
  stopped: Mark | null = null;

  constructor(
    lines: Lines,
    output: Output,
    isIdle: (line: number) => boolean,
    stops: ReadonlySet<number>,
  ) {
    this.lines = lines;
    this.output = output;
    this.isIdle = isIdle;
    this.stops = stops;
  }

  /** Comes by the start of a line; true where the reading ends there. `first` is the open section's line, or -1. */
  pass(line: number, first: number, isStart?: (line: number) => boolean): boolean {
    // The start of the text is known for one.
    if (line === 0) return false;
    const offset = this.lines.starts[line] as number;
    const isStop = this.stops.has(offset);
    if ((!isStop && offset - this.last < DISTANCE) || !this.isIdle(line)) return false;
    if (isStart && !isStart(line)) return false;
    const section = first < 0 || first === line ? -1 : (this.lines.starts[first] as number);
    if (isStop)
      this.stopped = { offset, section, counts: countsOf(this.output, this.output.records.length) };
    else this.set(offset, section);
    return isStop;
  }

  private set(offset: number, section: number): void {
    this.last = offset;
    this.rows.push(offset);
    this.rows.push(section);
    const counts = countsOf(this.output, this.output.records.length);
    for (const name of FOUND) this.rows.push(counts[name]);
  }

  finish(): Marks {
    return new Marks(this.rows.trim());
  }
}
