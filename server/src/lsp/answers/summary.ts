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
    const { connection } = desk;
    connection.onRequest("backtraceReader/summary", aboutUri(desk, "summary", summary));
    connection.onRequest("backtraceReader/cleanStack", aboutUri(desk, "cleanStack", stackAt));
    connection.onRequest("backtraceReader/processes", aboutUri(desk, "processes", processRanges));
  },
};

interface Question {
  readonly uri: string;
}

function aboutUri<P extends Question, R>(
  desk: Desk,
  name: string,
  handle: (open: OpenDocument, params: P) => R,
) {
  return desk.anything(name, null, (params: P): R | null => {
    const open = desk.documents.get(params.uri);
    return open ? handle(open, params) : null;
  });
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
