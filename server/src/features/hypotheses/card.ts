import type { NamedReading } from "../../find/finding";
import type { Judgement } from "../../notes/judge";
import { plural } from "../../words/plural";
import type { Hover } from "../hover/hover";
import { dotted, paragraphs, plain } from "../hover/markdown";
import { claimAt } from "./claim";
import { firstSentence, percent, SEVERITY_WORDS, titleOf } from "./words";

/** What the place at a clean-text offset speaks for, in a paragraph; null for a place that nothing was concluded from. */
export function hypothesisCard(
  judgement: Judgement,
  source: NamedReading,
  offset: number,
  canJump: boolean,
): Hover | null {
  const claim = claimAt(judgement, source, offset);
  const best = claim?.hypotheses[0];
  if (!claim || !best) return null;
  const { note, confidence } = best;
  const others = claim.hypotheses.length - 1;
  const markdown = paragraphs([
    dotted([`**Could be the cause** (${percent(confidence)})`, SEVERITY_WORDS[note.severity]]),
    `${plain(titleOf(best))}. ${firstSentence(note.body.why)}`,
    dotted([
      canJump && "Go to Definition opens the whole case",
      others > 0 &&
        `${plural(others, ["other hypothesis", "other hypotheses"])} about the same place`,
    ]),
  ]);
  return { span: claim.span, markdown };
}
