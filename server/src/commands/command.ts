/** Where a command is typed. */
export type Where = "gdb" | "shell";

/** A command to type next, filled in from the text. */
export interface Command {
  readonly run: string;
  readonly where: Where;
  /** In one line: what it finds out. */
  readonly why: string;
  /** What the answers would tell; null where that is plain. */
  readonly expect: string | null;
  /** Values that the text does not say: they stand in capitals in `run`, for a person to put in. */
  readonly missing: readonly string[];
}
