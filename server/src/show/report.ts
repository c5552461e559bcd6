import type { Command } from "../commands/command";
import type { Values } from "../find/finding";
import type { Step } from "../notes/hypothesis";
import type { Reference, Severity } from "../notes/note";
import type { LogRecord } from "../read/model";
import type { Range } from "../read/positions";

// The public report, version 1: docs/report.schema.json says the same in JSON Schema, and a test keeps them together.
// Fields may be added; names and meanings stay. What the text does not say is null.

export interface Report {
  readonly version: 1;
  readonly sources: readonly Source[];
  readonly findings: readonly ReportFinding[];
  /** Most likely first. */
  readonly hypotheses: readonly ReportHypothesis[];
}

/** Computed from the texts. */
export interface ReportFinding {
  readonly kind: string;
  readonly summary: string;
  readonly values: Values;
  readonly evidence: readonly ReportEvidence[];
}

export interface ReportEvidence {
  /** The path of the source it stands in. */
  readonly source: string;
  readonly range: Range;
  readonly says: string;
}

/** A known issue that the texts match. */
export interface ReportHypothesis {
  /** The note's id. */
  readonly note: string;
  readonly title: string;
  readonly severity: Severity;
  /** 0 to 1; `steps` show how it comes about. */
  readonly confidence: number;
  readonly steps: readonly Step[];
  readonly evidence: readonly ReportEvidence[];
  readonly against: readonly ReportEvidence[];
  readonly commands: readonly Command[];
  readonly references: readonly Reference[];
}

export interface Source {
  /** As given; "-" for standard input. */
  readonly path: string;
  readonly sections: readonly ReportSection[];
  readonly processes: readonly ReportProcess[];
  readonly records: readonly ReportRecord[];
  readonly tables: readonly ReportTable[];
  readonly problems: readonly ReportProblem[];
}

export interface ReportSection {
  readonly kind: string;
  readonly range: Range;
}

export interface ReportProblem {
  readonly code: string;
  readonly message: string;
  readonly range: Range;
}

export interface ReportProcess {
  readonly pid: number | null;
  readonly program: string | null;
  readonly signal: string | null;
  /** Version of the gdb that printed it. */
  readonly gdb: string | null;
  readonly range: Range;
  readonly threads: readonly ReportThread[];
}

export interface ReportThread {
  readonly number: number | null;
  readonly id: string | null;
  readonly lwp: number | null;
  readonly name: string | null;
  readonly crashed: boolean;
  readonly range: Range;
  readonly frames: readonly ReportFrame[];
  /** Index in `frames` of the frame most likely at fault. */
  readonly culprit: number | null;
  readonly ends: "complete" | "cut" | "corrupt";
}

export interface ReportValue {
  readonly name: string;
  readonly value: string;
}

export interface ReportFrame {
  readonly number: number | null;
  readonly kind: string;
  readonly address: string | null;
  readonly function: string | null;
  readonly offset: number | null;
  readonly arguments: readonly ReportValue[] | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly library: string | null;
  readonly locals: readonly ReportValue[] | null;
  readonly range: Range;
}

/** A record as it was read; its frames are public ones, and a range takes the place of its span. */
export interface ReportRecord extends Omit<LogRecord, "span" | "frames"> {
  readonly range: Range;
  readonly frames: readonly ReportFrame[] | null;
}

export interface ReportTable {
  readonly kind: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly range: Range }[];
  readonly range: Range;
}
