import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { ask } from "../ask";
import { caseRequest } from "../protocol";
import { caseUri } from "./cases";

/** An item of the view of hypotheses, which gives itself to the commands in its menus. */
export interface ActionItem {
  readonly note: string;
  readonly run?: string;
}

/** Shows the hypothesis of a note as a document. */
export async function openCase(given: string | ActionItem | undefined): Promise<void> {
  const note = typeof given === "string" ? given : given?.note;
  if (note) await vscode.window.showTextDocument(caseUri(note));
}

/** Shows the note's own file. */
export async function openNote(
  client: BaseLanguageClient,
  given: string | ActionItem | undefined,
): Promise<void> {
  const note = typeof given === "string" ? given : given?.note;
  const file = note && (await ask(client, caseRequest, { note }))?.note;
  if (file) await vscode.window.showTextDocument(vscode.Uri.parse(file));
}

/** Copies a command that a hypothesis names. */
export async function copyCommand(given: string | ActionItem | undefined): Promise<void> {
  const run = typeof given === "string" ? given : given?.run;
  if (!run) return;
  await vscode.env.clipboard.writeText(run);
  vscode.window.setStatusBarMessage("Copied the command.", 4000);
}
