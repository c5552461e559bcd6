import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { Cases } from "./cases/cases";
import { commands } from "./commands";
import { Digests } from "./digest/digests";
import { DigestFeatures } from "./digest/features";
import { offerDigests } from "./digest/offer";
import { isBacktrace, startWithFirstBacktrace } from "./documents";
import type { GdbCommands } from "./gdb/commandNames";
import { TeamNotes } from "./notes/teamNotes";
import { offerToRead } from "./offer";
import { clientOptions } from "./options";
import { findSourceRequest } from "./protocol";
import { SourceFinder } from "./source/finder";
import { locateOnClick } from "./source/links";
import { showStatus } from "./status";
import { hypothesisNodes } from "./views/hypotheses";
import { stackNodes } from "./views/stacks";
import { followReading, type TreeNode, View } from "./views/view";

/** What another extension, or a test, can ask of this one. */
export interface BacktraceReader {
  /** The text of the language status item, for the document in the active editor. */
  status(): string | undefined;
  /** The views, whose items nobody else can read. */
  readonly views: {
    readonly hypotheses: vscode.TreeDataProvider<TreeNode>;
    readonly stacks: vscode.TreeDataProvider<TreeNode>;
  };
  /** Is the digest of a file being made? */
  isReadingFile(): boolean;
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
  const middleware = { resolveDocumentLink: locateOnClick(sources) };
  client = createClient(clientOptions(channel, middleware, context.extensionUri));
  client.onRequest(findSourceRequest, async ({ file }) => {
    const found = await sources.find(file);
    return found?.toString() ?? null;
  });
  const status = showStatus(client);
  const digests = new Digests(client);
  context.subscriptions.push(digests, new DigestFeatures(digests));
  context.subscriptions.push(offerDigests(digests));
  const registered = Object.entries(commands(client, sources, gdb, digests)).map(([name, run]) =>
    vscode.commands.registerCommand(`backtraceReader.${name}`, run),
  );
  context.subscriptions.push(channel, sources, status, offerToRead(), ...registered);
  context.subscriptions.push(startWithFirstBacktrace(client));
  const views = {
    hypotheses: new View("backtraceReader.hypotheses", client, hypothesisNodes),
    stacks: new View("backtraceReader.stacks", client, stackNodes),
  };
  context.subscriptions.push(new TeamNotes(client));
  const cases = new Cases(client);
  context.subscriptions.push(cases, views.hypotheses, views.stacks, followReading());
  return {
    views,
    isReadingFile: () => digests.isReading,
    status: () => (isBacktrace(vscode.window.activeTextEditor) ? status.text() : undefined),
  };
}

/** Ends the server with the extension. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
