import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { isNote } from "./notes/selector";

const LANGUAGE = "backtrace";

/** The languages that the server reads: backtraces, and files of commands for gdb. */
export const READ_LANGUAGES: readonly string[] = [LANGUAGE, "gdb-script"];

/** Is a backtrace in this editor? */
export const isBacktrace = (editor: vscode.TextEditor | undefined): editor is vscode.TextEditor =>
  editor?.document.languageId === LANGUAGE;

/** Has the editor read a document as a backtrace from now on. */
export async function readAsBacktrace(document: vscode.TextDocument): Promise<void> {
  await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
}

/**
 * Starts the server when there is something for it to read, or a note to write. The extension wakes up for plain text too, to offer its
 * help, and should cost nothing there.
 */
export function startWithFirstBacktrace(client: BaseLanguageClient): vscode.Disposable {
  const startFor = (document: vscode.TextDocument) => {
    const isRead = READ_LANGUAGES.includes(document.languageId) || isNote(document);
    if (!isRead || !client.needsStart()) return;
    client.start().catch((error) => client.error("The server did not start.", error, "force"));
  };
  vscode.workspace.textDocuments.forEach(startFor);
  return vscode.workspace.onDidOpenTextDocument(startFor);
}
