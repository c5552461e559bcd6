import { type DocumentSymbol, type DocumentSymbolParams, SymbolKind } from "vscode-languageserver";
import { type OutlineSymbol, symbolSteps } from "../../features/symbols";
import { Pace } from "../../find/pace";
import { placedRange } from "../convert";
import type { Answer } from "../desk";
import type { OpenDocument } from "../documents";

export const symbolsAnswer: Answer = {
  capabilities: { documentSymbolProvider: { label: "Backtrace Reader" } },
  listen(desk) {
    desk.connection.onDocumentSymbol(
      desk.aboutInSlices("documentSymbol", [], function* (open, _: DocumentSymbolParams) {
        const found: DocumentSymbol[] = [];
        const pace = new Pace();
        for (const symbol of yield* symbolSteps(open.reading)) {
          found.push(toSymbol(open, symbol));
          if (pace.isDone(4 + symbol.children.length)) yield;
        }
        return found;
      }),
    );
  },
};

const KINDS: Readonly<Record<OutlineSymbol["kind"], SymbolKind>> = {
  process: SymbolKind.Module,
  thread: SymbolKind.Class,
  frame: SymbolKind.Function,
  section: SymbolKind.String,
  entry: SymbolKind.Event,
  table: SymbolKind.Array,
};

function toSymbol(open: OpenDocument, symbol: OutlineSymbol): DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: KINDS[symbol.kind],
    range: placedRange(open, symbol.span),
    selectionRange: placedRange(open, symbol.nameSpan),
    children: symbol.children.map((child) => toSymbol(open, child)),
  };
}
