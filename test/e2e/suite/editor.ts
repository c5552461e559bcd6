import * as vscode from "vscode";

/** The extension under development, as the host that the suite runs in sees it. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension("backtrace-reader.backtrace-reader");
  if (!found) throw new Error("The extension is not in this extension host.");
  return found;
}

/** Opens the saved backtraces of the test workspace, as a person does; nothing activates the extension by hand. */
export async function openBacktraces(): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("No folder is open.");
  const file = vscode.Uri.joinPath(folder.uri, "backtraces.save");
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);
  return document;
}
