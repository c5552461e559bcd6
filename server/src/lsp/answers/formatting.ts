import type {
  DocumentFormattingParams,
  DocumentRangeFormattingParams,
  TextEdit,
} from "vscode-languageserver";
import { type TextChange, unwrap, unwrapWithin } from "../../features/format";
import { rangeOf, spanOf } from "../convert";
import type { Answer } from "../desk";
import type { OpenDocument } from "../documents";

export const formattingAnswer: Answer = {
  capabilities: { documentFormattingProvider: true, documentRangeFormattingProvider: true },
  listen(desk) {
    desk.connection.onDocumentFormatting(
      desk.about("formatting", [], (open, _: DocumentFormattingParams) =>
        toTextEdits(open, unwrap(open.reading)),
      ),
    );
    desk.connection.onDocumentRangeFormatting(
      desk.about("rangeFormatting", [], (open, { range }: DocumentRangeFormattingParams) =>
        toTextEdits(open, unwrapWithin(open.reading, spanOf(open.document, range))),
      ),
    );
  },
};

/** The changes as the protocol writes them. */
export function toTextEdits(
  { document }: OpenDocument,
  changes: readonly TextChange[],
): TextEdit[] {
  return changes.map(({ span, text }) => ({ range: rangeOf(document, span), newText: text }));
}
