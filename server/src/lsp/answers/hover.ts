import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver";
import { hover } from "../../features/hover/hover";
import { hypothesisCard } from "../../features/hypotheses/card";
import { nextCard } from "../../features/next/card";
import { anyGlob } from "../../frames/glob";
import { cleanOffsetAt, placedRange } from "../convert";
import type { Answer } from "../desk";

export const hoverAnswer: Answer = {
  capabilities: { hoverProvider: true },
  listen(desk) {
    desk.connection.onHover(
      desk.explained<HoverParams, Hover | null>("hover", null, (open, judgement, { position }) => {
        const { machineryFrames, timeZone } = desk.settings;
        const offset = cleanOffsetAt(open, position);
        const known = hover(open.reading, offset, anyGlob(machineryFrames), timeZone);
        const cause = hypothesisCard(judgement, open, offset, desk.options.showsCases);
        const span = known?.span ?? cause?.span;
        if (span === undefined) return null;
        const asked = cause && desk.judgements.asJudged(open, offset);
        const next = asked && nextCard(asked.judgement, asked.source, asked.offset);
        const cards = [known?.markdown, cause?.markdown, next].filter((card) => card);
        const contents = { kind: MarkupKind.Markdown, value: cards.join("\n\n---\n\n") };
        return { contents, range: placedRange(open, span) };
      }),
    );
  },
};
