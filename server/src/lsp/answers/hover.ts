import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver";
import { hover } from "../../features/hover/hover";
import { anyGlob } from "../../frames/glob";
import { cleanOffsetAt, placedRange } from "../convert";
import type { Answer } from "../desk";

export const hoverAnswer: Answer = {
  capabilities: { hoverProvider: true },
  listen(desk) {
    desk.connection.onHover(
      desk.about<HoverParams, Hover | null>("hover", null, (open, { position }) => {
        const { machineryFrames, timeZone } = desk.settings;
        const offset = cleanOffsetAt(open, position);
        const found = hover(open.reading, offset, anyGlob(machineryFrames), timeZone);
        if (found === null) return null;
        const contents = { kind: MarkupKind.Markdown, value: found.markdown };
        return { contents, range: placedRange(open, found.span) };
      }),
    );
  },
};
