import * as vscode from "vscode";

/** File systems that can be searched, on disks and of repositories. */
const SEARCHED = /^(?:file|vscode-remote|vscode-vfs)$/;

/** So long it is waited for somebody who can search the others. */
const PATIENCE_MS = 3_000;

/**
 * The files of the workspace under a pattern; none where nobody can search it. VS Code waits for ever for somebody who can
 * search a file system, and an extension that provides one need not.
 */
export async function findFiles(
  pattern: string,
  exclude: string | undefined,
  most: number,
): Promise<vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const given = new vscode.CancellationTokenSource();
  const search = vscode.workspace.findFiles(pattern, exclude, most, given.token);
  if (folders.every(({ uri }) => SEARCHED.test(uri.scheme))) return search;
  const patience = new Promise<vscode.Uri[]>((resolve) => {
    setTimeout(() => resolve([]), PATIENCE_MS);
  });
  return Promise.race([search, patience]).finally(() => given.cancel());
}
