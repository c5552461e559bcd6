import * as vscode from "vscode";
import { readAsBacktrace } from "../documents";

/** Reads the text of the active editor as a backtrace, whatever it was taken for. */
export async function readActiveEditor(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document) await readAsBacktrace(document);
}

/** Puts every frame on one line again: what VS Code calls formatting, so that one undo takes it back. */
export async function unwrap(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.formatDocument");
}
