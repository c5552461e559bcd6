import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeResult,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { callHierarchyAnswer } from "./answers/callHierarchy";
import { casesAnswer } from "./answers/cases";
import { codeActionsAnswer } from "./answers/codeActions";
import { codeLensAnswer } from "./answers/codeLens";
import { completionAnswer } from "./answers/completion";
import { diagnosticsAnswer } from "./answers/diagnostics";
import { digestAnswer } from "./answers/digest";
import { implementationAnswer, referencesAnswer } from "./answers/evidence";
import { foldingAnswer } from "./answers/folding";
import { formattingAnswer } from "./answers/formatting";
import { highlightsAnswer } from "./answers/highlights";
import { hoverAnswer } from "./answers/hover";
import { inlayHintsAnswer } from "./answers/inlayHints";
import { nextAnswer } from "./answers/next";
import { noteDocumentsAnswer } from "./answers/noteDocuments";
import { selectionAnswer } from "./answers/selection";
import { semanticTokensAnswer } from "./answers/semanticTokens";
import { definitionAnswer, documentLinksAnswer } from "./answers/sources";
import { summaryAnswer } from "./answers/summary";
import { symbolsAnswer } from "./answers/symbols";
import { viewsAnswer } from "./answers/views";
import { workspaceSymbolsAnswer } from "./answers/workspaceSymbols";
import { type Answer, Desk } from "./desk";
import type { Disk } from "./digest/files";
import { parseOptions } from "./options";
import { fetchSettings } from "./settings";

/** Everything that the editor can ask for, one line each. */
const answers: readonly Answer[] = [
  hoverAnswer,
  semanticTokensAnswer,
  symbolsAnswer,
  foldingAnswer,
  selectionAnswer,
  highlightsAnswer,
  codeLensAnswer,
  callHierarchyAnswer,
  documentLinksAnswer,
  definitionAnswer,
  workspaceSymbolsAnswer,
  formattingAnswer,
  codeActionsAnswer,
  diagnosticsAnswer,
  inlayHintsAnswer,
  summaryAnswer,
  completionAnswer,
  nextAnswer,
  referencesAnswer,
  implementationAnswer,
  casesAnswer,
  viewsAnswer,
  noteDocumentsAnswer,
];

/** Answers an editor over `connection`. Nothing here knows what a frame is. `disk` reads files, where there is one. */
export function serve(connection: Connection, disk: Disk | null = null): void {
  const desk = new Desk(connection);
  const all = [...answers, digestAnswer(disk)];
  connection.onInitialize((params): InitializeResult => {
    desk.client = params.capabilities;
    desk.options = parseOptions(params.initializationOptions);
    followSettings(desk);
    return { capabilities: allCapabilities(all), serverInfo: { name: "backtrace-reader" } };
  });
  for (const answer of all) answer.listen(desk);
  desk.documents.texts.listen(connection);
  connection.listen();
}

function allCapabilities(answers: readonly Answer[]): ServerCapabilities {
  const sync: ServerCapabilities = { textDocumentSync: TextDocumentSyncKind.Incremental };
  return Object.assign(sync, ...answers.map((answer) => answer.capabilities));
}

/** Keeps the settings up to date with an editor that can be asked for them. */
function followSettings(desk: Desk): void {
  const { client, connection } = desk;
  if (!client.workspace?.configuration) return;
  connection.onDidChangeConfiguration(() => refresh(desk));
  connection.onInitialized(async () => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      const options = { section: "backtraceReader" };
      await connection.client.register(DidChangeConfigurationNotification.type, options);
    }
    await refresh(desk);
  });
}

/** What the editor drew by the old settings is drawn again. */
async function refresh(desk: Desk): Promise<void> {
  desk.settings = await fetchSettings(desk.connection);
  const { workspace } = desk.client;
  const { semanticTokens, diagnostics, inlayHint } = desk.connection.languages;
  if (workspace?.semanticTokens?.refreshSupport) semanticTokens.refresh();
  if (workspace?.diagnostics?.refreshSupport) void diagnostics.refresh();
  if (workspace?.inlayHint?.refreshSupport) void inlayHint.refresh();
}
