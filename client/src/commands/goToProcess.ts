import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { ask } from "../ask";
import { isBacktrace } from "../documents";
import { processesRequest } from "../protocol";

/** Moves the cursor to where the next or previous process begins; behind the last comes the first, as with problems. */
export async function goToProcess(
  client: BaseLanguageClient,
  direction: "next" | "previous",
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!isBacktrace(editor)) return;
  const uri = editor.document.uri.toString();
  const processes = (await ask(client, processesRequest, { uri })) ?? [];
  const lines = processes.map(({ start }) => start.line);
  const line = neighbour(lines, editor.selection.active.line, direction);
  if (line !== undefined) moveTo(editor, new vscode.Position(line, 0));
}

function neighbour(lines: number[], at: number, direction: "next" | "previous") {
  if (direction === "next") return lines.find((line) => line > at) ?? lines[0];
  return lines.findLast((line) => line < at) ?? lines.at(-1);
}

function moveTo(editor: vscode.TextEditor, position: vscode.Position): void {
  editor.selection = new vscode.Selection(position, position);
  const { InCenterIfOutsideViewport } = vscode.TextEditorRevealType;
  editor.revealRange(new vscode.Range(position, position), InCenterIfOutsideViewport);
}
