import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { isBacktrace } from "../documents";
import type { SourceLine } from "../protocol";
import { chooseSource } from "./choose";
import type { SourceFinder } from "./finder";
import { learn } from "./learn";
import { wantedAt } from "./wanted";

/** Opens the source line of a frame: the one given, or the one at the cursor. */
export const locateSource =
  (client: BaseLanguageClient, sources: SourceFinder) =>
  async (given?: SourceLine): Promise<void> => {
    const wanted = given ?? (await wantedAtCursor(client));
    if (!wanted) return;
    const uri = await locate(sources, wanted.file);
    if (!uri) return;
    const start = new vscode.Position(Math.max(0, wanted.line - 1), 0);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(start, start) });
  };

/** The file, found or chosen by the user; what a choice teaches is remembered. */
export async function locate(sources: SourceFinder, file: string): Promise<vscode.Uri | undefined> {
  const found = await sources.find(file);
  if (found) return found;
  const chosen = await chooseSource(file);
  if (chosen) await learn(file, chosen);
  return chosen;
}

async function wantedAtCursor(client: BaseLanguageClient): Promise<SourceLine | undefined> {
  const editor = vscode.window.activeTextEditor;
  const wanted = isBacktrace(editor) ? await wantedAt(client, editor) : undefined;
  if (!wanted) vscode.window.setStatusBarMessage("No source line is named at the cursor.", 4000);
  return wanted;
}
