import * as vscode from "vscode";

/** The folder of notes in a folder of the workspace. */
export const NOTES_FOLDER = ".backtrace-notes";

/** All notes of the workspace. */
export const NOTES_PATTERN = `**/${NOTES_FOLDER}/*.md`;

export const FOLDERS_SETTING = "backtraceReader.notes.folders";

/** A folder of notes besides those of the workspace. */
export interface NotesFolder {
  readonly uri: vscode.Uri;
  /** Does it stand in the settings as a place of its own, and not as one in the workspace? */
  readonly isElsewhere: boolean;
}

/** The folders that the settings name. (In a workspace that is not trusted, its own settings do not count.) */
export function configuredFolders(): NotesFolder[] {
  const named = vscode.workspace.getConfiguration().get<unknown>(FOLDERS_SETTING);
  const texts = Array.isArray(named) ? named.filter((item) => typeof item === "string") : [];
  return texts.map((text) => text.trim()).flatMap((text) => (text === "" ? [] : toFolders(text)));
}

function toFolders(text: string): NotesFolder[] {
  const uri = absolute(text);
  if (uri) return [{ uri, isElsewhere: vscode.workspace.getWorkspaceFolder(uri) === undefined }];
  return workspaceFolders().map((folder) => ({
    uri: vscode.Uri.joinPath(folder, text.replaceAll("\\", "/")),
    isElsewhere: false,
  }));
}

/** A URI, or a path on the machine that the workspace is on; null for a path relative to it. */
function absolute(text: string): vscode.Uri | null {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(text)) return vscode.Uri.parse(text);
  if (!/^(?:[\\/]|[a-z]:[\\/])/i.test(text)) return null;
  const [workspace] = workspaceFolders();
  if (workspace === undefined || workspace.scheme === "file") return vscode.Uri.file(text);
  return workspace.with({ path: text.replaceAll("\\", "/") });
}

export const workspaceFolders = (): readonly vscode.Uri[] =>
  vscode.workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];

/** Where a workspace folder has its notes, or will have them. */
export const homeOf = (folder: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(folder, NOTES_FOLDER);
