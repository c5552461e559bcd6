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
      desk.aboutInSlices<DocumentFormattingParams, TextEdit[]>("formatting", [], function* (open) {
        return toTextEdits(open, yield* unwrap.steps(open.reading));
      }),
    );
    desk.connection.onDocumentRangeFormatting(
      desk.aboutInSlices<DocumentRangeFormattingParams, TextEdit[]>(
        "rangeFormatting",
        [],
        function* (open, { range }) {
          const part = spanOf(open.document, range);
          return toTextEdits(open, yield* unwrapWithin(open.reading, part));
        },
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
