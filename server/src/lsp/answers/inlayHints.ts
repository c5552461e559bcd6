import type { InlayHint, InlayHintParams } from "vscode-languageserver";
import { inlayHints } from "../../features/inlayHints";
import { placedRange, spanOf } from "../convert";
import type { Answer } from "../desk";

export const inlayHintsAnswer: Answer = {
  capabilities: { inlayHintProvider: true },
  listen(desk) {
    desk.connection.languages.inlayHint.on(
      desk.about("inlayHint", [], (open, { range }: InlayHintParams): InlayHint[] => {
        if (!desk.settings.inlayHints) return [];
        return inlayHints(open.reading, spanOf(open.document, range)).map(({ value, text }) => ({
          position: placedRange(open, value).end,
          label: text,
          paddingLeft: true,
        }));
      }),
    );
  },
};
