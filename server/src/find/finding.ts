import type { Reading } from "../read/model";
import type { Span } from "../read/span";
import type { Steps } from "../read/steps";

/** A text that was read, under the name to speak of it by: its path, or its URI in the editor. */
export interface NamedReading {
  readonly path: string;
  readonly reading: Reading;
  /** The line of the file for a line of the text, both counted from 0, where the text is only a part of the file. */
  readonly lineOf?: (line: number) => number;
}

/** A place of a text that speaks for or against something, and what it says. The span is in the clean text. */
export interface Evidence {
  readonly source: NamedReading;
  readonly span: Span;
  readonly says: string;
}

/** A value that JSON can hold; null where the text does not say. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [name: string]: Value };

export type Values = { readonly [name: string]: Value };

/** Something that follows from the texts: counted, compared or put together, never guessed. */
export interface Finding {
  /** Stable kebab-case name: `lock-wait`, `backend-outage`. */
  readonly kind: string;
  /** One sentence, for people. */
  readonly summary: string;
  /** The numbers behind it, under stable camelCase names. Notes and commands refer to them. */
  readonly values: Values;
  /** In document order, at most `MOST_EVIDENCE` places; a count among the values says how many there are. */
  readonly evidence: readonly Evidence[];
}

/** Computes the findings of one kind from all texts that are looked at together, in steps where that may take long. */
export type Finder = (
  sources: readonly NamedReading[],
) => readonly Finding[] | Steps<readonly Finding[]>;

/** More places than these say nothing new; a fleet's worth of waiters would fill the memory. */
export const MOST_EVIDENCE = 50;
