import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

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
 * Starts the server when there is something for it to read. The extension wakes up for plain text too, to offer its
 * help, and should cost nothing there.
 */
export function startWithFirstBacktrace(client: BaseLanguageClient): vscode.Disposable {
  const startFor = ({ languageId }: vscode.TextDocument) => {
    if (!READ_LANGUAGES.includes(languageId) || !client.needsStart()) return;
    client.start().catch((error) => client.error("The server did not start.", error, "force"));
  };
  vscode.workspace.textDocuments.forEach(startFor);
  return vscode.workspace.onDidOpenTextDocument(startFor);
}
