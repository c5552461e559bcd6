import type { DocumentHighlight, DocumentHighlightParams } from "vscode-languageserver";
import { highlightSteps } from "../../features/highlights";
import { Pace } from "../../find/pace";
import { cleanOffsetAt, placedRange } from "../convert";
import type { Answer } from "../desk";

export const highlightsAnswer: Answer = {
  capabilities: { documentHighlightProvider: true },
  listen(desk) {
    desk.connection.onDocumentHighlight(
      desk.aboutInSlices<DocumentHighlightParams, DocumentHighlight[]>(
        "documentHighlight",
        [],
        function* (open, { position }) {
          const found: DocumentHighlight[] = [];
          const pace = new Pace();
          for (const span of yield* highlightSteps(open.reading, cleanOffsetAt(open, position))) {
            found.push({ range: placedRange(open, span) });
            if (pace.isDone()) yield;
          }
          return found;
        },
      ),
    );
  },
};
