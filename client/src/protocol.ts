import {
  type Location,
  NotificationType,
  NotificationType0,
  type Position,
  type Range,
  RequestType,
} from "vscode-languageclient";

// What the client and the server ask each other beyond the Language Server Protocol.

/** A source line as a frame names it: the path on the machine that compiled it, the line counted from 1. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

/** A document in a few words for the status bar, and its groups of stacks as Markdown to paste into a ticket. */
export interface Summary {
  readonly status: string;
  readonly markdown: string;
}

export const summaryRequest = new RequestType<{ uri: string }, Summary | null, void>(
  "backtraceReader/summary",
);

/** The stack at a position, one frame a line; empty where there is none. */
export const cleanStackRequest = new RequestType<
  { uri: string; position: Position },
  string | null,
  void
>("backtraceReader/cleanStack");

/** Where the processes of a document are, in order. */
export const processesRequest = new RequestType<{ uri: string }, Range[] | null, void>(
  "backtraceReader/processes",
);

/** The server asks the client: only the editor knows the folders that are open. */
export const findSourceRequest = new RequestType<SourceLine, string | null, void>(
  "backtraceReader/findSource",
);

/** A hypothesis as a document: its text, what stretches of it lead to, and where its commands stand. */
export interface Case {
  readonly text: string;
  readonly links: readonly { readonly range: Range; readonly target: Location }[];
  readonly commands: readonly { readonly range: Range; readonly run: string }[];
  readonly evidence: readonly Location[];
  /** The note's own file. */
  readonly note: string | null;
}

export const caseRequest = new RequestType<{ note: string }, Case | null, void>(
  "backtraceReader/case",
);

/** The server tells that the texts have changed, and with them perhaps what follows from them. */
export const hypothesesChanged = new NotificationType0("backtraceReader/hypothesesChanged");

/** What speaks for or against something, and the places that say so; there is at least one. */
export interface HypothesisGround {
  readonly says: string;
  readonly places: readonly HypothesisPlace[];
}

/** Where it is, and its first line. */
export interface HypothesisPlace {
  readonly name: string;
  readonly line: string;
  readonly location: Location;
}

/** A hypothesis as the view lists it. All texts are plain, on one line each. */
export interface HypothesisItem {
  readonly note: string;
  readonly title: string;
  /** `92 %`. */
  readonly confidence: string;
  readonly severity: "crash" | "hang" | "error" | "warning" | "information";
  readonly evidence: readonly HypothesisGround[];
  readonly against: readonly HypothesisGround[];
  readonly commands: readonly { readonly run: string; readonly why: string }[];
}

/** The hypotheses about all open documents, most likely first. */
export const hypothesesRequest = new RequestType<object, HypothesisItem[] | null, void>(
  "backtraceReader/hypotheses",
);

/** A line of the view of stacks. */
export interface StackItem {
  readonly label: string;
  readonly detail: string;
  /** Null where the item is no place: a group, and the count of what is not listed. */
  readonly location: Location | null;
  /** Asks for what is below it; null where there is nothing. */
  readonly below: StackPath | null;
}

/** Which items are asked for: the groups, the threads of one, the frames of one of these. */
export interface StackPath {
  /** Tells the answer apart from one about older texts; null for the groups. */
  readonly stamp: number | null;
  readonly path: readonly number[];
}

/** Null where the texts have changed since. */
export const stacksRequest = new RequestType<StackPath, StackItem[] | null, void>(
  "backtraceReader/stacks",
);

/** A command to type next, and what it rests on. */
export interface NextCommand {
  readonly run: string;
  readonly where: "gdb" | "shell";
  readonly why: string;
  readonly expect: string | null;
  readonly because: string;
  /** Values that the text does not say and that stand in capitals in `run`. */
  readonly missing: readonly string[];
}

/** What to type next, the same as a file for `gdb -x`, and a loop that captures all processes of the program. */
export interface NextCommands {
  readonly commands: readonly NextCommand[];
  readonly script: string;
  readonly loop: string | null;
}

export const nextRequest = new RequestType<
  { uri: string; position: Position },
  NextCommands | null,
  void
>("backtraceReader/next");

/** A note of the team's, as it was saved. */
export interface TeamNote {
  readonly uri: string;
  readonly text: string;
  /** Does the user vouch for where it is from? */
  readonly isTrusted: boolean;
}

/** The client tells the server all notes of the team, each time that one has changed. */
export const teamNotesNotification = new NotificationType<{
  readonly files: readonly TeamNote[];
  /** Folders of the settings that hold notes. */
  readonly folders: readonly string[];
  /** The folder of notes of each folder of the workspace: new ones go there. */
  readonly homes: readonly string[];
}>("backtraceReader/notes");
