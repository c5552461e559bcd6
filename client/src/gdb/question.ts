import * as vscode from "vscode";
import { isBacktrace } from "../documents";
import type { GdbRequest } from "./commandNames";
import { type Place, refusal } from "./commandText";

/** The same, checked as far as its shape goes. */
export interface Question {
  readonly document: vscode.TextDocument;
  /** At least one; the last is the question itself. */
  readonly commands: readonly string[];
}

/** What was asked for, or what the user types where nothing was; undefined where there is nothing to do. */
export async function questionOf(
  request: GdbRequest | undefined,
  place: Place,
): Promise<Question | undefined> {
  if (request?.uri !== undefined && typeof request.command === "string") {
    const document = await vscode.workspace.openTextDocument(asUri(request.uri));
    const before = Array.isArray(request.before) ? request.before.map(String) : [];
    return { document, commands: [...before, request.command] };
  }
  const editor = vscode.window.activeTextEditor;
  if (!isBacktrace(editor)) return undefined;
  const command = await vscode.window.showInputBox({
    title: "Which command for gdb?",
    value: typedAt(editor),
    placeHolder: "thread apply all bt",
    validateInput: (typed) => (typed === "" ? null : refusal(typed, place)),
  });
  return command ? { document: editor.document, commands: [command] } : undefined;
}

const asUri = (uri: string | vscode.Uri): vscode.Uri =>
  typeof uri === "string" ? vscode.Uri.parse(uri, true) : uri;

/** The command behind the prompt in the cursor's line. */
function typedAt({ document, selection }: vscode.TextEditor): string {
  const line = document.lineAt(selection.active).text;
  return /^\(gdb\) (.{1,1000})$/.exec(line)?.[1]?.trim() ?? "";
}

/** Why a command of the question is not sent, or null. */
export function refusalOfAny({ commands }: Question, place: Place): string | null {
  for (const command of commands) {
    const reason = refusal(command, place);
    if (reason !== null) return reason;
  }
  return null;
}
