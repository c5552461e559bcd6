import type { Where } from "../commands/command";
import type { Condition } from "../match/condition";

/** How bad it is when the note is right. */
export type Severity = "crash" | "hang" | "error" | "warning" | "information";

/** How sure the note's author is that what it describes explains what it matches. */
export type Assurance = "high" | "medium" | "low";

/** A known issue: one Markdown file, its front matter here, its body in sections. Schema: note.schema.json. */
export interface Note {
  readonly id: string;
  /** May hold `${name}` for a value of the match. */
  readonly title: string;
  readonly family: string;
  readonly severity: Severity;
  readonly confidence: Assurance;
  /** Software and versions that the issue is of; a version that the text proves speaks for or against. */
  readonly applies: readonly Applies[];
  readonly match: Condition;
  /** Each that also holds makes the note more likely. */
  readonly supports: readonly Condition[];
  /** Each that holds makes it less likely. */
  readonly against: readonly Condition[];
  readonly commands: readonly NoteCommand[];
  readonly references: readonly Reference[];
  /** Ids of notes that may rightly be named beside this one. */
  readonly related: readonly string[];
  readonly body: NoteBody;
  /** May its commands be offered to copy or run? Not those of a note from a workspace that is not trusted. */
  readonly isTrusted: boolean;
}

export interface Applies {
  /** As version findings name it: `httpd`, `lighttpd`, `haproxy`, `apc`, `php`, `glibc`. */
  readonly software: string;
  /** `< 2.4.11`, `>= 1.4.0 < 1.4.14`; null for every version. */
  readonly versions: string | null;
}

/** A command's template; `${name}` stands for a value of the match. */
export interface NoteCommand {
  readonly run: string;
  readonly where: Where;
  readonly why: string;
  readonly expect: string | null;
}

export interface Reference {
  readonly title: string;
  readonly url: string;
}

/** The sections of a note's body, as Markdown. */
export interface NoteBody {
  readonly see: string;
  readonly why: string;
  readonly confirm: string;
  readonly fix: string;
}
