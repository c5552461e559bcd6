import type { DocumentHighlightParams } from "vscode-languageserver";
import { highlights } from "../../features/highlights";
import { cleanOffsetAt, placedRange } from "../convert";
import type { Answer } from "../desk";

export const highlightsAnswer: Answer = {
  capabilities: { documentHighlightProvider: true },
  listen(desk) {
    desk.connection.onDocumentHighlight(
      desk.about("documentHighlight", [], (open, { position }: DocumentHighlightParams) =>
        highlights(open.reading, cleanOffsetAt(open, position)).map((span) => ({
          range: placedRange(open, span),
        })),
      ),
    );
  },
};
