import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { clientOptions } from "./options";

let client: LanguageClient | undefined;

/** Starts the language server in a web worker. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  client = new LanguageClient(
    "backtraceReader",
    "Backtrace Reader",
    () => startWorker(vscode.Uri.joinPath(context.extensionUri, "dist/server.web.js")),
    clientOptions(),
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/**
 * A worker cannot be made from the address of an extension that a VS Code server delivers (microsoft/vscode#144235), but
 * it can from the bytes.
 */
async function startWorker(script: vscode.Uri): Promise<Worker> {
  const bytes = await vscode.workspace.fs.readFile(script);
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(source));
}
