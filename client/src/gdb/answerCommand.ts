import * as vscode from "vscode";
import { answersOf, type Exchange } from "./answer";
import type { GdbRequest } from "./commandNames";
import { explain, gdbProgram, whyNot } from "./permission";
import { ptraceScope } from "./processes";
import { questionOf, refusalOfAny } from "./question";
import { gdbRunner } from "./run";
import { type Target, targetLabel } from "./target";
import type { Targets } from "./targets";
import { transcript } from "./transcript";
import { withProgress } from "./withProgress";

/** Asks gdb one command and puts the answer behind the document. Answers the sentence that says why it did not. */
export const answerInGdb =
  (targets: Targets) =>
  async (request?: GdbRequest): Promise<string | undefined> => {
    const reason = whyNot();
    if (reason !== null) return explain(reason);
    const question = await questionOf(request, "batch");
    if (!question) return undefined;
    const refused = refusalOfAny(question, "batch");
    if (refused !== null) return explain(refused);
    const target = await targets.ofDocument(question.document);
    if (!target) return undefined;
    const answered = await ask(target, question.commands);
    if ("trouble" in answered) return explain(answered.trouble);
    return append(question.document, target, answered.exchanges);
  };

const ask = (target: Target, commands: readonly string[]) =>
  withProgress(`Asking gdb about ${targetLabel(target)}`, (_, stop) =>
    answersOf(target, commands, {
      run: gdbRunner(gdbProgram()),
      machine: { ptraceScope },
      stop,
    }),
  );

async function append(
  document: vscode.TextDocument,
  target: Target,
  exchanges: readonly Exchange[],
): Promise<string | undefined> {
  const edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.insert(document.uri, end, transcript(document.getText(), target, exchanges));
  if (!(await vscode.workspace.applyEdit(edit))) return explain("This document cannot be changed.");
  reveal(document);
  return undefined;
}

function reveal(document: vscode.TextDocument): void {
  const editor = vscode.window.visibleTextEditors.find((shown) => shown.document === document);
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor?.revealRange(new vscode.Range(end, end));
}
