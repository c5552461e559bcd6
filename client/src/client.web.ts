import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { type BacktraceReader, start } from "./extension";
import { gdbInBrowser } from "./gdb/inBrowser";

export { deactivate } from "./extension";

/** In the browser the language server is a web worker. */
export function activate(context: vscode.ExtensionContext): BacktraceReader {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist/server.web.js");
  return start(
    context,
    (options) =>
      new LanguageClient("backtraceReader", "Backtrace Reader", () => connect(script), options),
    gdbInBrowser(),
  );
}

/**
 * The client library would make the connection from a worker itself, but does not know it as one: VS Code puts a
 * function of its own in the place of `Worker`, and what that makes is no instance of it.
 */
async function connect(script: vscode.Uri): Promise<MessageTransports> {
  const worker = await startWorker(script);
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
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
