import type { CancellationToken, Position, Range } from "vscode-languageserver";
import { threadAt } from "../../features/locate";
import { cleanStack, groupSummaryMarkdown, statusLine } from "../../features/summary";
import { stacksOf } from "../../find/stacks";
import type { Steps } from "../../read/steps";
import { cleanOffsetAt, placedRange } from "../convert";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";

/** Questions of the client beyond the protocol: each is about the document `uri`, and null where that is not open. */
export const summaryAnswer: Answer = {
  capabilities: {},
  listen(desk) {
    const answerSummary = desk.aboutInSlices("summary", null, summary);
    desk.connection.onRequest<unknown, void>(
      "backtraceReader/summary",
      ({ uri }: Question, token: CancellationToken): unknown =>
        answerSummary({ textDocument: { uri } }, token),
    );
    answer(desk, "cleanStack", stackAt);
    answer(desk, "processes", processRanges);
  },
};

/** What the status bar and a ticket say of all stacks. */
interface Summary {
  readonly status: string;
  readonly markdown: string;
}

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

function* summary({ reading }: OpenDocument): Steps<Summary | null> {
  const groups = yield* stacksOf.steps(reading);
  return { status: statusLine(reading), markdown: groupSummaryMarkdown(groups) };
}

function stackAt(open: OpenDocument, { position }: Question & { position: Position }): string {
  const found = threadAt(open.reading, cleanOffsetAt(open, position));
  return found ? cleanStack(open.reading, found.thread) : "";
}

function processRanges(open: OpenDocument): Range[] {
  return open.reading.processes.map(({ span }) => placedRange(open, span));
}
