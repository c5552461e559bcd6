import * as vscode from "vscode";
import { similarFiles } from "./finder";

/** Asks which file is meant: one of those with the name, or any other. The question names the wanted file in full. */
export async function chooseSource(file: string): Promise<vscode.Uri | undefined> {
  const name = file.split(/[/\\]/).pop();
  const title = `Locate ${name} (${file})`;
  const similar = await similarFiles(file);
  if (similar.length === 0) return browse(title);
  const files = similar.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const other = { label: "Browse…", uri: undefined };
  const answer = await vscode.window.showQuickPick([...files, other], { title });
  return answer === other ? browse(title) : answer?.uri;
}

async function browse(title: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: "Use This File",
    ...(folder && { defaultUri: folder }),
  });
  return chosen?.[0];
}
