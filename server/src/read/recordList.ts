import type { LogRecord } from "./model";
import type { Movers } from "./moved";
import { lastAtOrBefore, lastNumberAtOrBefore } from "./span";

/** Some of the records of a text as they were read; they stand `shift` further back now. */
export interface RecordRun {
  readonly records: readonly LogRecord[];
  readonly from: number;
  readonly to: number;
  readonly shift: number;
}

/**
 * The records of a text in document order, moved to where they stand now when somebody asks for them: each key that is
 * typed moves all of a log, and a hover looks at one entry of it.
 */
export class RecordList {
  readonly runs: readonly RecordRun[];
  readonly count: number;
  private readonly movers: Movers | null;
  /** How many records stand in front of each run. */
  private readonly before: readonly number[];
  private readonly single = new Map<number, LogRecord>();
  private whole: readonly LogRecord[] | null;

  private constructor(
    runs: readonly RecordRun[],
    movers: Movers | null,
    whole: readonly LogRecord[] | null,
  ) {
    this.runs = runs.filter(({ from, to }) => from < to);
    this.movers = movers;
    this.whole = whole;
    let count = 0;
    this.before = this.runs.map(({ from, to }) => {
      count += to - from;
      return count - (to - from);
    });
    this.count = count;
  }

  /** Records that stand where they were read. */
  static of(records: readonly LogRecord[]): RecordList {
    return new RecordList([{ records, from: 0, to: records.length, shift: 0 }], null, records);
  }

  static moved(runs: readonly RecordRun[], movers: Movers): RecordList {
    return new RecordList(runs, movers, null);
  }

  /** All of them. Whoever has asked for one before meets the same one again. */
  all(): readonly LogRecord[] {
    this.whole ??= this.moveAll();
    return this.whole;
  }

  at(i: number): LogRecord {
    const known = this.whole?.[i] ?? this.single.get(i);
    if (known !== undefined) return known;
    const { record, shift } = this.asRead(i);
    const moved = this.movers === null ? record : this.movers(shift).record(record);
    if (this.whole === null) this.single.set(i, moved);
    return moved;
  }

  /** The records `from .. to`. */
  between(from: number, to: number): LogRecord[] {
    return Array.from({ length: to - from }, (_, i) => this.at(from + i));
  }

  /** Where a record starts. */
  startOf(i: number): number {
    const { record, shift } = this.asRead(i);
    return record.span.from + shift;
  }

  /** The number of the last record that starts at the offset or in front of it, or -1. */
  lastAt(offset: number): number {
    return lastNumberAtOrBefore(this.count, offset, (i) => this.startOf(i));
  }

  /** The records `from .. to`, `by` further back. */
  slice(from: number, to: number, by: number): RecordRun[] {
    return this.runs.flatMap((run, i) => {
      const before = this.before[i] as number;
      const first = run.from + Math.max(0, from - before);
      const last = Math.min(run.to, run.from + to - before);
      return first < last ? [{ ...run, from: first, to: last, shift: run.shift + by }] : [];
    });
  }

  /** Shows each record that `numbersOf` a list of records names, as it was read, with its number and how far it has moved. */
  eachAsRead(
    numbersOf: (records: readonly LogRecord[]) => Int32Array,
    show: (number: number, record: LogRecord, shift: number) => void,
  ): void {
    for (const [run, { records, from, to, shift }] of this.runs.entries()) {
      const numbers = numbersOf(records);
      const more = (this.before[run] as number) - from;
      for (let k = lastAtOrBefore(numbers, from - 1, (it) => it) + 1; k < numbers.length; k++) {
        const i = numbers[k] as number;
        if (i >= to) break;
        show(i + more, records[i] as LogRecord, shift);
      }
    }
  }

  private moveAll(): LogRecord[] {
    const all: LogRecord[] = [];
    for (const { records, from, to, shift } of this.runs) {
      const mover = this.movers?.(shift);
      for (let i = from; i < to; i++) {
        const record = records[i] as LogRecord;
        all.push(this.single.get(all.length) ?? mover?.record(record) ?? record);
      }
    }
    this.single.clear();
    return all;
  }

  private asRead(i: number): { readonly record: LogRecord; readonly shift: number } {
    const run = lastAtOrBefore(this.before, i, (before) => before);
    const { records, from, shift } = this.runs[run] as RecordRun;
    return { record: records[from + i - (this.before[run] as number)] as LogRecord, shift };
  }
}
