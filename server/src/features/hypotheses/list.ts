import type { Evidence } from "../../find/finding";
import type { Hypothesis } from "../../notes/hypothesis";
import type { Judgement } from "../../notes/judge";
import type { Severity } from "../../notes/note";
import { oneLine, percent, placeName, quoted, titleOf } from "./words";

/** A place as a list names it; plain text, one line each. */
export interface ListedPlace {
  readonly says: string;
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
  readonly evidence: readonly ListedPlace[];
  readonly against: readonly ListedPlace[];
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
  evidence: hypothesis.evidence.map(listedPlace),
  against: hypothesis.against.map(listedPlace),
  // From here they are copied and run; what nobody vouches for is only to be read, in the hypothesis itself.
  commands: (hypothesis.note.isTrusted ? hypothesis.commands : []).map(({ run, why }) => ({
    run: oneLine(run, 2000),
    why: oneLine(why, 500),
  })),
});

const listedPlace = (evidence: Evidence): ListedPlace => ({
  says: oneLine(evidence.says, 200),
  name: placeName(evidence),
  line: quoted(evidence),
  evidence,
});
