import type { Frame } from "./frame";
import type { Rewritten } from "./rewrite";
import type { Span } from "./span";

/** What one text says. Spans are in the clean text; `place` (place.ts) leads back to the text as it stands. */
export interface Reading {
  /** The text as given. */
  readonly text: string;
  /** The text with the damage undone: one logical line each, no prefixes, no colours. */
  readonly clean: Rewritten;
  /** In document order, not overlapping, covering everything; what nobody claims is `text`. */
  readonly sections: readonly Section[];
  readonly processes: readonly Process[];
  readonly records: readonly LogRecord[];
  readonly tables: readonly Table[];
  /** gdb's prompts with what was typed there. */
  readonly prompts: readonly Prompt[];
  readonly problems: readonly Problem[];
}

/** Something that looked like a frame, a thread or a record and could not be read whole. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly span: Span;
}

export type ProblemCode =
  | "truncated-frame"
  | "frame-gap"
  | "corrupt-stack"
  | "missing-symbols"
  | "core-mismatch"
  | "impossible-date"
  | "number-too-large"
  | "truncated-record"
  | "out-of-order"
  | "read-apart";

/** A region of one format. Kinds: gdb-session, gdb-script, backtrace, shell, semaphore-list, ..., text. */
export interface Section {
  readonly kind: string;
  readonly span: Span;
}

/** One traced process or core. */
export interface Process {
  pid: number | null;
  program: string | null;
  /** `SIGSEGV` where the text says how it ended. */
  signal: string | null;
  /** gdb's version (`6.8`) where the banner was kept. */
  gdb: string | null;
  span: Span;
  /** Separator, banner, attach and core lines before the first stack, or null. */
  head: Span | null;
  threads: Thread[];
}

/** One thread's stack as gdb printed it. */
export interface Thread {
  /** gdb's number; null where the text has none. */
  number: number | null;
  /** The pthread id, `0x7f29a49ba760`. */
  id: string | null;
  lwp: number | null;
  name: string | null;
  /** Did this thread get the signal that ended or stopped the process? */
  crashed: boolean;
  span: Span;
  /** Innermost first. */
  frames: Frame[];
  ends: "complete" | "cut" | "corrupt";
  /**
   * Frames printed again elsewhere in the session (the stop line, `frame N`, `up`, a second `bt`): to be explained and
   * coloured like the others, but never counted.
   */
  views: Frame[];
}

/** A typed command. The command's span is empty where the prompt stands alone. */
export interface Prompt {
  readonly span: Span;
  readonly command: Span;
}

/** One log entry, however many lines it spans. Fields as in the public report. */
export interface LogRecord {
  readonly format: string;
  readonly kind: string;
  readonly time: string | null;
  readonly severity: string | null;
  readonly pid: number | null;
  readonly tid: string | null;
  readonly module: string | null;
  readonly source: { readonly file: string; readonly line: number } | null;
  readonly code: string | null;
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  readonly span: Span;
  readonly crash: boolean;
  readonly frames: readonly Frame[] | null;
  readonly culprit: number | null;
}

/** A listing with columns: ipcs, ps, info threads, info sharedlibrary, ... */
export interface Table {
  readonly kind: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  readonly span: Span;
}

export interface TableRow {
  readonly cells: readonly Cell[];
  readonly span: Span;
}

export interface Cell {
  readonly text: string;
  readonly span: Span;
}
