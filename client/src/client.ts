import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { clientOptions } from "./options";

let client: LanguageClient | undefined;

/** Starts the language server as a process of its own. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("dist/server.js");
  client = new LanguageClient(
    "backtraceReader",
    "Backtrace Reader",
    { module, transport: TransportKind.ipc },
    clientOptions(),
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
