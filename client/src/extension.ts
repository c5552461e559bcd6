import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { commands } from "./commands";
import { isBacktrace, startWithFirstBacktrace } from "./documents";
import type { GdbCommands } from "./gdb/commandNames";
import { offerToRead } from "./offer";
import { clientOptions } from "./options";
import { findSourceRequest } from "./protocol";
import { SourceFinder } from "./source/finder";
import { locateOnClick } from "./source/links";
import { showStatus } from "./status";

/** What another extension, or a test, can ask of this one. */
export interface BacktraceReader {
  /** The text of the language status item, for the document in the active editor. */
  status(): string | undefined;
}

let client: BaseLanguageClient | undefined;

/** Everything that the desktop and the web share; they differ in how a server is made and in whether gdb can be run. */
export function start(
  context: vscode.ExtensionContext,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
  gdb: GdbCommands,
): BacktraceReader {
  const channel = vscode.window.createOutputChannel("Backtrace Reader", { log: true });
  const sources = new SourceFinder();
  client = createClient(clientOptions(channel, { resolveDocumentLink: locateOnClick(sources) }));
  client.onRequest(findSourceRequest, async ({ file }) => {
    const found = await sources.find(file);
    return found?.toString() ?? null;
  });
  const status = showStatus(client);
  const registered = Object.entries(commands(client, sources, gdb)).map(([name, run]) =>
    vscode.commands.registerCommand(`backtraceReader.${name}`, run),
  );
  context.subscriptions.push(channel, sources, status, offerToRead(), ...registered);
  context.subscriptions.push(startWithFirstBacktrace(client));
  return {
    status: () => (isBacktrace(vscode.window.activeTextEditor) ? status.text() : undefined),
  };
}

/** Ends the server with the extension. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
