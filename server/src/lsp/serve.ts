import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeResult,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { type Answer, Desk } from "./desk";
import { fetchSettings } from "./settings";

/** Everything that the editor can ask for, one line each. */
const answers: readonly Answer[] = [];

/** Answers an editor over `connection`. Nothing here knows what a frame is. */
export function serve(connection: Connection): void {
  const desk = new Desk(connection);
  connection.onInitialize((params): InitializeResult => {
    followSettings(desk, params.capabilities);
    return { capabilities: allCapabilities(), serverInfo: { name: "backtrace-reader" } };
  });
  for (const answer of answers) answer.listen(desk);
  desk.documents.texts.listen(connection);
  connection.listen();
}

function allCapabilities(): ServerCapabilities {
  const sync: ServerCapabilities = { textDocumentSync: TextDocumentSyncKind.Incremental };
  return Object.assign(sync, ...answers.map((answer) => answer.capabilities));
}

/** Keeps the settings up to date with an editor that can be asked for them. */
function followSettings(desk: Desk, capabilities: ClientCapabilities): void {
  const { connection } = desk;
  if (!capabilities.workspace?.configuration) return;
  const refresh = async () => {
    desk.settings = await fetchSettings(connection);
    if (capabilities.workspace?.semanticTokens?.refreshSupport) {
      connection.languages.semanticTokens.refresh();
    }
  };
  connection.onDidChangeConfiguration(refresh);
  connection.onInitialized(async () => {
    if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, {
        section: "backtraceReader",
      });
    }
    await refresh();
  });
}
