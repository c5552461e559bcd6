import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import { type Action, codeActions } from "../../features/codeActions";
import { spanOf } from "../convert";
import type { Answer } from "../desk";
import type { OpenDocument } from "../documents";
import { toTextEdits } from "./formatting";
import { NEW_NOTE_KIND, newNoteActions, resolveNewNote } from "./newNote";

export const codeActionsAnswer: Answer = {
  capabilities: {
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.RefactorRewrite, NEW_NOTE_KIND, CodeActionKind.Source],
      resolveProvider: true,
    },
  },
  listen(desk) {
    desk.connection.onCodeAction(
      desk.aboutInSlices<CodeActionParams, CodeAction[]>(
        "codeAction",
        [],
        function* (open, { range, context }) {
          const actions = yield* codeActions(open.reading, spanOf(open.document, range));
          return actions
            .map((action) => toCodeAction(open, action))
            .concat(newNoteActions(desk, open, range))
            .filter(({ kind }) => isWanted(kind, context.only));
        },
      ),
    );
    desk.connection.onCodeActionResolve((action, token) =>
      desk.anything("codeAction/resolve", action, (given: CodeAction) =>
        given.data ? resolveNewNote(desk, given) : given,
      )(action, token),
    );
  },
};

/** The client's commands; they work on the active editor. */
const COMMANDS = {
  "copy-stack": "backtraceReader.copyCleanStack",
  "copy-summary": "backtraceReader.copyGroupSummary",
  "show-next": "backtraceReader.showNext",
} as const;

function toCodeAction(open: OpenDocument, action: Action): CodeAction {
  const { title } = action;
  if (action.kind !== "unwrap") {
    const command = { title, command: COMMANDS[action.kind] };
    return { title, kind: CodeActionKind.Source, command };
  }
  const edit = { changes: { [open.document.uri]: toTextEdits(open, action.changes) } };
  return { title, kind: CodeActionKind.RefactorRewrite, edit };
}

/** `refactor` asks for `refactor.rewrite` too. */
function isWanted(kind: string | undefined, only: readonly string[] | undefined): boolean {
  if (only === undefined || kind === undefined) return true;
  return only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
}
