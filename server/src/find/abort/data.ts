import files from "knowledge:aborts";

// What knowledge/aborts says; knowledge/schema/aborts.schema.json checks it.

/** Why a program gave itself up. */
export type Reason =
  | "double-free"
  | "heap-corruption"
  | "assertion"
  | "uncaught-exception"
  | "stack-smashing"
  | "fortify"
  | "pure-virtual"
  | "glibc-message"
  | "terminate"
  | "panic"
  | "fatal-error"
  | "sanitizer"
  | "abort";

/** Fixed texts that are printed before the end. */
export interface MessageGroup {
  readonly reason: Reason;
  /** Who prints them. */
  readonly by: string;
  readonly texts: readonly string[];
}

/** Functions that stand in a stack which gives up, and the arguments that say why. */
export interface AbortFunction {
  readonly names: readonly string[];
  /** Every function whose name begins so. */
  readonly starts?: readonly string[];
  readonly reason: Reason;
  /** What the function always throws. */
  readonly exception?: string;
  readonly message?: readonly string[];
  readonly file?: readonly string[];
  readonly line?: readonly string[];
  readonly function?: readonly string[];
}

export interface AbortFile {
  readonly messages?: readonly MessageGroup[];
  readonly functions?: readonly AbortFunction[];
}

/** A fixed text and what it means. */
export interface KnownText {
  readonly text: string;
  readonly reason: Reason;
}

/** The longest first: `corrupted double-linked list (not small)` before its beginning. */
export const knownTexts: readonly KnownText[] = files
  .flatMap(({ messages = [] }) => messages)
  .flatMap(({ reason, texts }) => texts.map((text) => ({ text, reason })))
  .sort((a, b) => b.text.length - a.text.length);

/** The known text at this place, or undefined. */
export const knownTextAt = (line: string, at: number): KnownText | undefined =>
  knownTexts.find(({ text }) => line.startsWith(text, at));

const functions = files.flatMap(({ functions = [] }) => functions);
const byName = new Map(functions.flatMap((entry) => entry.names.map((name) => [name, entry])));
const byStart = functions.flatMap((entry) =>
  (entry.starts ?? []).map((start) => ({ start, entry })),
);

/** What a function, by its plain name, says of an abort. */
export const abortFunction = (name: string): AbortFunction | undefined =>
  byName.get(name) ?? byStart.find(({ start }) => name.startsWith(start))?.entry;
