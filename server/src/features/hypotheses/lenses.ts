import type { Evidence, NamedReading } from "../../find/finding";
import type { Hypothesis } from "../../notes/hypothesis";
import type { Judgement } from "../../notes/judge";
import type { Span } from "../../read/span";
import { entryAt, headlineSpan } from "../entries/entry";
import { processAt } from "../locate";
import { headOf } from "./claim";
import { oneLine, percent, titleOf } from "./words";

/** A line above a process, a run of log entries or a report, which names its best hypothesis. */
export interface HypothesisLens {
  /** Where it stands, in the clean text. */
  readonly span: Span;
  readonly title: string;
  readonly note: string;
}

/** In a longer text, the likeliest ones. */
const MOST_LENSES = 200;

/** Less likely ones are in the view, but not above the text. */
export const LIKELY = 0.3;

/** The lenses of one text: above each process its best hypothesis, and outside of them each once, where it is the best. */
export function hypothesisLenses(
  { hypotheses }: Judgement,
  source: NamedReading,
): readonly HypothesisLens[] {
  const taken = new Set<number>();
  const lenses: HypothesisLens[] = [];
  for (const hypothesis of hypotheses.filter(({ confidence }) => confidence >= LIKELY)) {
    let isNamed = false;
    for (const place of hypothesis.evidence) {
      if (place.source !== source || lenses.length === MOST_LENSES) continue;
      const { anchor, isProcess } = anchorOf(place);
      const isFree = !taken.has(anchor.from) && (isProcess || !isNamed);
      taken.add(anchor.from);
      if (!isFree) continue;
      isNamed ||= !isProcess;
      lenses.push(toLens(hypothesis, anchor));
    }
  }
  return lenses.sort((one, other) => one.span.from - other.span.from);
}

const toLens = (hypothesis: Hypothesis, span: Span): HypothesisLens => ({
  span,
  title: oneLine(`${percent(hypothesis.confidence)} ${titleOf(hypothesis)}`, 120),
  note: hypothesis.note.id,
});

/** What a place belongs to: the head of its process, or its entry or line in a log. */
function anchorOf(place: Evidence): { readonly anchor: Span; readonly isProcess: boolean } {
  const { span, source } = headOf(place);
  const { reading } = source;
  const entry = entryAt(reading, span.from);
  const process = entry ? null : processAt(reading, span.from);
  if (process === null) {
    return { anchor: entry ? headlineSpan(reading, entry) : span, isProcess: false };
  }
  const above = process.head === null ? (process.threads[0] ?? process) : process;
  return { anchor: above.span, isProcess: true };
}
