import type { Evidence, NamedReading } from "../../find/finding";
import type { Hypothesis } from "../../notes/hypothesis";
import type { Judgement } from "../../notes/judge";
import type { Characters } from "../../read/piecedText";
import { textOf } from "../../read/renewal";
import type { Span } from "../../read/span";
import { entryAt } from "../entries/entry";
import { lineAround } from "../hover/lineHover";
import { frameAt } from "../locate";

/** A frame, an entry or a line that speaks for something. */
export interface Claim {
  /** The whole frame, entry or line, in the clean text. */
  readonly span: Span;
  /** What it speaks for, most likely first; never empty. */
  readonly hypotheses: readonly Hypothesis[];
}

/** What the place at a clean-text offset speaks for; null for a place that nothing was concluded from. */
export function claimAt(
  { hypotheses }: Judgement,
  source: NamedReading,
  offset: number,
): Claim | null {
  if (hypotheses.length === 0) return null;
  const units = unitsAt(source, offset);
  for (const span of units) {
    const claiming = hypotheses.filter(({ evidence }) =>
      evidence.some((place) => place.source === source && overlap(headOf(place).span, span)),
    );
    if (claiming.length > 0) return { span, hypotheses: claiming };
  }
  return null;
}

/** What can be pointed at as one thing, the smallest first. */
function unitsAt({ reading }: NamedReading, offset: number): Span[] {
  const frame = frameAt(reading, offset)?.frame.span;
  const entry = entryAt(reading, offset)?.span;
  const units = [frame, entry].filter((span) => span !== undefined);
  return units.length > 0 ? units : [lineAround(textOf(reading), offset)];
}

/** The first line of a place: a whole process or report speaks for something where it begins. */
export function headOf(place: Evidence): Evidence {
  const text = textOf(place.source.reading);
  const from = skipBlankLines(text, place.span);
  const newline = text.indexOf("\n", from);
  const to = newline < 0 ? place.span.to : Math.min(place.span.to, newline);
  return to === place.span.to && from === place.span.from
    ? place
    : { ...place, span: { from, to: Math.max(from, to) } };
}

function skipBlankLines(text: Characters, { from, to }: Span): number {
  let at = from;
  while (at < to && /\s/.test(text.slice(at, at + 1))) at++;
  return at < to ? at : from;
}

const overlap = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;

/** Do two places have something in common? */
export const samePlace = (one: Evidence, other: Evidence): boolean =>
  one.source === other.source && overlap(one.span, other.span);
