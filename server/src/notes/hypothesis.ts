import type { Command } from "../commands/command";
import type { Evidence, Values } from "../find/finding";
import type { Note, Reference } from "./note";

/** A note that the texts match: what could be the cause, with what speaks for it and against it. */
export interface Hypothesis {
  readonly note: Note;
  /** The note's title with its values filled in. */
  readonly title: string;
  /** 0 to 1; `steps` show how it comes about. */
  readonly confidence: number;
  readonly steps: readonly Step[];
  /** Never empty. */
  readonly evidence: readonly Evidence[];
  readonly against: readonly Evidence[];
  /** Filled in, the decisive one first. */
  readonly commands: readonly Command[];
  readonly references: readonly Reference[];
  /** What the match bound: addresses, process ids, names. */
  readonly values: Values;
}

/** One step of the calculation: what was added or taken away, and where the confidence stood after it. */
export interface Step {
  readonly says: string;
  readonly weight: number;
  readonly for: boolean;
  readonly confidence: number;
}
