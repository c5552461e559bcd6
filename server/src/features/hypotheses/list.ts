import type { Evidence } from "../../find/finding";
import type { Hypothesis } from "../../notes/hypothesis";
import type { Judgement } from "../../notes/judge";
import type { Severity } from "../../notes/note";
import { oneLine, percent, placeName, quoted, titleOf } from "./words";

/** What some places say alike, and these; plain text, one line each. */
export interface ListedGround {
  readonly says: string;
  readonly places: readonly ListedPlace[];
}

export interface ListedPlace {
  readonly name: string;
  readonly line: string;
  readonly evidence: Evidence;
}

/** A hypothesis as a list names it. */
export interface ListedHypothesis {
  readonly note: string;
  readonly title: string;
  readonly confidence: string;
  readonly severity: Severity;
  readonly evidence: readonly ListedGround[];
  readonly against: readonly ListedGround[];
  readonly commands: readonly { readonly run: string; readonly why: string }[];
}

/** So many are listed; what is less likely helps nobody. */
const MOST_LISTED = 50;

export const listedHypotheses = ({ hypotheses }: Judgement): ListedHypothesis[] =>
  hypotheses.slice(0, MOST_LISTED).map(listed);

const listed = (hypothesis: Hypothesis): ListedHypothesis => ({
  note: hypothesis.note.id,
  title: titleOf(hypothesis),
  confidence: percent(hypothesis.confidence),
  severity: hypothesis.note.severity,
  evidence: grounds(hypothesis.evidence),
  against: grounds(hypothesis.against),
  // From here they are copied and run; what nobody vouches for is only to be read, in the hypothesis itself.
  commands: (hypothesis.note.isTrusted ? hypothesis.commands : []).map(({ run, why }) => ({
    run: oneLine(run, 2000),
    why: oneLine(why, 500),
  })),
});

/** By what they say, in the order of their first places: a fleet's worth of stacks says the same few things. */
function grounds(all: readonly Evidence[]): ListedGround[] {
  const bySaying = new Map<string, ListedPlace[]>();
  for (const evidence of all) {
    const says = oneLine(evidence.says, 200);
    const place = { name: placeName(evidence), line: quoted(evidence), evidence };
    const known = bySaying.get(says);
    if (known) known.push(place);
    else bySaying.set(says, [place]);
  }
  return [...bySaying].map(([says, places]) => ({ says, places }));
}
