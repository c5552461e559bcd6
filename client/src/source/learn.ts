import * as vscode from "vscode";
import { learnMapping, type SourceMap } from "../../../server/src/features/sourceMap";
import { withoutLinks } from "../withoutLinks";

/**
 * Remembers in the workspace's settings where the sources are, so that the other files of the same tree are found
 * without asking. Nothing is written for a workspace that is not trusted, or for a file outside of it.
 */
export async function learn(file: string, chosen: vscode.Uri): Promise<void> {
  try {
    await writeMapping(file, chosen);
  } catch (error) {
    // Settings can be read-only; the chosen file is opened all the same.
    void vscode.window.showWarningMessage(
      withoutLinks(`The place of the sources was not remembered: ${error}`),
    );
  }
}

async function writeMapping(file: string, chosen: vscode.Uri): Promise<void> {
  const isInside = vscode.workspace.getWorkspaceFolder(chosen) !== undefined;
  if (!isInside || !vscode.workspace.isTrusted) return;
  const mapping = learnMapping(file, vscode.workspace.asRelativePath(chosen, false));
  if (mapping === null) return;
  const settings = vscode.workspace.getConfiguration("backtraceReader");
  const known = settings.inspect<SourceMap>("sourceMap")?.workspaceValue;
  const sourceMap = { ...known, [mapping.from]: mapping.to || "." };
  await settings.update("sourceMap", sourceMap, vscode.ConfigurationTarget.Workspace);
}
