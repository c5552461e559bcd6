import type { Position, Range } from "vscode-languageserver";
import { threadAt } from "../../features/locate";
import { groupsOf } from "../../features/stacks";
import { cleanStack, groupSummaryMarkdown, statusLine } from "../../features/summary";
import { cleanOffsetAt, placedRange } from "../convert";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";

/** Questions of the client beyond the protocol: each is about the document `uri`, and null where that is not open. */
export const summaryAnswer: Answer = {
  capabilities: {},
  listen(desk) {
    answer(desk, "summary", summary);
    answer(desk, "cleanStack", stackAt);
    answer(desk, "processes", processRanges);
  },
};

interface Question {
  readonly uri: string;
}

function answer<P extends Question, R>(
  desk: Desk,
  name: string,
  handle: (open: OpenDocument, params: P) => R,
): void {
  const handler = desk.aboutText<P, R | null>(name, null, ({ uri }) => uri, handle);
  desk.connection.onRequest<unknown, void>(`backtraceReader/${name}`, handler);
}

function summary({ reading }: OpenDocument): { status: string; markdown: string } {
  return { status: statusLine(reading), markdown: groupSummaryMarkdown(groupsOf(reading)) };
}

function stackAt(open: OpenDocument, { position }: Question & { position: Position }): string {
  const found = threadAt(open.reading, cleanOffsetAt(open, position));
  return found ? cleanStack(open.reading, found.thread) : "";
}

function processRanges(open: OpenDocument): Range[] {
  return open.reading.processes.map(({ span }) => placedRange(open, span));
}
