import type { LogRecord, Problem, Process, Prompt, Section, Table } from "./model";
import { atOnce, type Steps } from "./steps";

/** What the readers of the formats have found so far; each adds to it in document order. */
export interface Output {
  readonly sections: Section[];
  readonly processes: Process[];
  readonly records: LogRecord[];
  readonly tables: Table[];
  readonly prompts: Prompt[];
  readonly problems: Problem[];
}

export const emptyOutput = (): Output => ({
  sections: [],
  processes: [],
  records: [],
  tables: [],
  prompts: [],
  problems: [],
});

/** What a reader returns that has come by the place where the reading ends. */
export const STOPPED = -1;

/**
 * Comes by the start of the line; true where the reading is to end there. `first` is the first line of the open section.
 * `isStart` tells, where that is not known yet, whether somebody who starts to read at the line takes it as this reader does.
 */
export type Pass = (line: number, first: number, isStart?: (line: number) => boolean) => boolean;

export const passOn: Pass = () => false;

/** Reads one format. Formats claim lines; none owns the text. */
export interface FormatReader {
  /**
   * Reads from the line `at` on, as far as its format goes, and returns the number of the first line that is not its
   * own; `at` itself where the line does not start anything of this format, and `STOPPED` where the reading is to end.
   * What may be long is read in steps.
   */
  read(at: number): number | Steps<number>;
  /** Is nothing open that lines before this one began? A reader that leaves nothing open does not tell. */
  isIdle?(line: number): boolean;
  /** Closes what is still open. Called once, behind the last line. */
  finish(): void;
}

/** What `read` returns, without steps. */
export function readAtOnce(reader: FormatReader, at: number): number {
  const after = reader.read(at);
  return typeof after === "number" ? after : atOnce(after);
}
