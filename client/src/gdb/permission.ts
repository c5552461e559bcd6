import * as vscode from "vscode";
import { withoutLinks } from "../withoutLinks";

/** Why gdb may not be started here, as a sentence for the user; null where it may. */
export function whyNot(): string | null {
  if (!vscode.workspace.isTrusted)
    return "gdb is not run in a workspace that you do not trust. Trust it with Workspaces: Manage Workspace Trust.";
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 0 && folders.every(({ uri }) => uri.scheme !== "file"))
    return "gdb is not run for a virtual workspace, whose files are not on this machine. Open a folder of the disk.";
  return null;
}

/** Shows why something was not done, and answers it. The names and commands in it come from elsewhere. */
export function explain(reason: string): string {
  void vscode.window.showWarningMessage(withoutLinks(reason));
  return reason;
}

/** The gdb that the user has chosen. A workspace cannot choose one: the setting belongs to the machine. */
export const gdbProgram = (): string =>
  vscode.workspace.getConfiguration("backtraceReader").get("gdbPath", "").trim() || "gdb";
