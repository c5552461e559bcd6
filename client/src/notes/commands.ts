import * as vscode from "vscode";

/** Shows a note that was just made, and saves it, so that it is looked for at once. */
export async function showNewNote(uri: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  await vscode.window.showTextDocument(document);
  return document.save();
}
