import type { LogRecord, Problem, Process, Prompt, Section, Table } from "./model";

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

/** Reads one format. Formats claim lines; none owns the text. */
export interface FormatReader {
  /**
   * Reads from the line `at` on, as far as its format goes, and returns the number of the first line that is not its
   * own; `at` itself where the line does not start anything of this format.
   */
  read(at: number): number;
  /** Closes what is still open. Called once, behind the last line. */
  finish(): void;
}
