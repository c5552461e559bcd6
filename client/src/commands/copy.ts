import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { ask } from "../ask";
import { isBacktrace } from "../documents";
import { cleanStackRequest, summaryRequest } from "../protocol";

/** Copies the stack at the cursor, one frame a line. Answers what was copied. */
export async function copyCleanStack(client: BaseLanguageClient): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!isBacktrace(editor)) return undefined;
  const uri = editor.document.uri.toString();
  const { line, character } = editor.selection.active;
  const stack = await ask(client, cleanStackRequest, { uri, position: { line, character } });
  return copy(stack, "Copied the stack.", "There is no stack at the cursor.");
}

/** Copies how many share which stack, as Markdown. Answers what was copied. */
export async function copyGroupSummary(client: BaseLanguageClient): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!isBacktrace(editor)) return undefined;
  const summary = await ask(client, summaryRequest, { uri: editor.document.uri.toString() });
  return copy(summary?.markdown, "Copied the summary.", "There is no stack in this text.");
}

async function copy(
  text: string | null | undefined,
  done: string,
  nothing: string,
): Promise<string | undefined> {
  vscode.window.setStatusBarMessage(text ? done : nothing, 4000);
  if (!text) return undefined;
  await vscode.env.clipboard.writeText(text);
  return text;
}
