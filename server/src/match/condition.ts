import type { Value } from "../find/finding";

// What a note or a situation looks for, as written in YAML or JSON. knowledge/schema/condition.schema.json says the same
// for editors and tests. A condition is one of the leaves below, or a combination of conditions.

export type Condition = Leaf | Combination;

export type Leaf =
  | FramesCondition
  | LogCondition
  | LineCondition
  | FindingCondition
  | ProcessCondition
  | TypedCondition;

export type Combination = AllCondition | AnyCondition | NoneCondition | AtLeastCondition;

/** What every leaf may carry besides what it looks for. */
export interface Saying {
  /** What a place that matches says, for the list of evidence; `${name}` stands for a value of the match. */
  readonly says?: string;
  /** How much a match counts, 0 to 1; how telling the condition is by its kind where left out. */
  readonly weight?: number;
}

/** A stack that holds these frames in this order, innermost first; others may lie between. */
export interface FramesCondition extends Saying {
  readonly frames: readonly (string | FramePattern)[];
  /** Only a thread that got the signal which ended the process. */
  readonly crashed?: boolean;
}

/** A frame. A string in its place is a pattern for the function. */
export interface FramePattern {
  /** Names with `*` for any characters; alternatives are separated by `|`. Library variants and versions are ignored. */
  readonly function?: string;
  /** The object's file name, as above: `libz.so*`. */
  readonly library?: string;
  /** The source file's name, as above: `apc_cache.c`. */
  readonly file?: string;
  readonly line?: number | readonly number[];
  /** An argument by this name must have been printed; its value is bound to `lock` for `{lock: lock|mutex}`. */
  readonly arguments?: Readonly<Record<string, string>>;
  /** The frame stands among the innermost so many. */
  readonly within?: number;
  /** It directly follows the frame before it in this list. */
  readonly next?: boolean;
  /** Commands speak of this frame: `frame`, `function`, `file`, `line`. The last one where none says so. */
  readonly here?: boolean;
  /** It is the frame most likely at fault. */
  readonly culprit?: boolean;
}

/** A log entry. Every field given must hold. */
export interface LogCondition extends Saying {
  readonly log: LogPattern;
}

export interface LogPattern {
  readonly format?: string;
  readonly kind?: string;
  readonly code?: string;
  readonly module?: string;
  readonly severity?: string;
  readonly crash?: boolean;
  /** A regular expression (RE2) searched in the message. */
  readonly message?: string;
  readonly fields?: Readonly<Record<string, ValueTest>>;
  /** How many such entries there must be: `">= 3"`. */
  readonly count?: ValueTest;
}

/** A regular expression (RE2) searched in each line that is not a stack frame: log entries, gdb's output, prose. */
export interface LineCondition extends Saying {
  readonly line: string;
}

/** A finding of a kind, whose values pass the tests. */
export interface FindingCondition extends Saying {
  readonly finding: string;
  readonly where?: Readonly<Record<string, ValueTest>>;
}

/** A traced process. */
export interface ProcessCondition extends Saying {
  readonly process: {
    readonly program?: string;
    readonly signal?: string;
    readonly threads?: ValueTest;
  };
}

/** A command that was typed at one of gdb's prompts, as a glob: `info sharedlibrary*`. */
export interface TypedCondition extends Saying {
  readonly typed: string;
}

/**
 * A test of a value: the value itself; null for what the text does not say; or in words `"known"`, `">= 3"`, `"!= 0"`,
 * or a pattern with `*` and `|` for text.
 */
export type ValueTest = Value;

/** Each of them, where asked for in the same thread, process or text and within a time of each other. */
export interface AllCondition {
  readonly all: readonly Condition[];
  readonly same?: "thread" | "process" | "source";
  /** `30 seconds`, `10 minutes`, `2 hours`. */
  readonly within?: string;
}

export interface AnyCondition {
  readonly any: readonly Condition[];
}

/** Not one of them. Gives no evidence of its own. */
export interface NoneCondition {
  readonly none: readonly Condition[];
}

export interface AtLeastCondition {
  readonly atLeast: number;
  readonly of: readonly Condition[];
}
