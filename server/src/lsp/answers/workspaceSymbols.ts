import {
  SymbolKind,
  type WorkspaceSymbol,
  type WorkspaceSymbolParams,
} from "vscode-languageserver";
import { functionSymbols } from "../../features/workspaceSymbols";
import { placedRange } from "../convert";
import type { Answer } from "../desk";
import type { OpenDocument } from "../documents";

export const workspaceSymbolsAnswer: Answer = {
  capabilities: { workspaceSymbolProvider: true },
  listen(desk) {
    desk.connection.onWorkspaceSymbol(
      desk.aboutAll("workspaceSymbol", [], ({ query }: WorkspaceSymbolParams) =>
        desk.documents.all().flatMap((open) => symbolsOf(open, query)),
      ),
    );
  },
};

function symbolsOf(open: OpenDocument, query: string): WorkspaceSymbol[] {
  return functionSymbols(open.reading, query).map(({ name, detail, span }) => ({
    name,
    kind: SymbolKind.Function,
    containerName: detail,
    location: { uri: open.document.uri, range: placedRange(open, span) },
  }));
}
