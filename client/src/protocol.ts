import { type Position, type Range, RequestType } from "vscode-languageclient";

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
