import type { Condition } from "../match/condition";

/** Something that a text can show, and what to type then. Data: knowledge/commands, schema: commands.schema.json. */
export interface Situation {
  readonly id: string;
  /** What was recognised, in a few words: "A thread waits for a mutex whose address is known". */
  readonly title: string;
  readonly match: Condition;
  /** The decisive one first. */
  readonly commands: readonly SituationCommand[];
}

/** A command's template; `${name}` stands for a value of the match. It has either `gdb` or `shell`. */
export interface SituationCommand {
  readonly gdb?: string;
  readonly shell?: string;
  /** In one line: what it finds out. */
  readonly why: string;
  /** What each answer would tell. */
  readonly expect?: string;
  /** It does more than look: it ends, starts, writes or changes something. */
  readonly acts?: true;
  /** A regular expression for gdb's answer where the situation is real; the tests hold a real gdb to it. */
  readonly accepts?: string;
  readonly needs?: readonly Need[];
  /** The first gdb that knows it: `7.12`; all that are still in use where left out. */
  readonly since?: string;
  /** Not offered where this holds: the text has the answer already. */
  readonly unless?: Condition;
}

export type Need =
  | "live process"
  | "core"
  | "debug information"
  | "libc debug information"
  | "python"
  | "root"
  | "network";

export interface SituationFile {
  /** Files with a lower number are offered first. */
  readonly order: number;
  readonly situations: readonly Situation[];
}
