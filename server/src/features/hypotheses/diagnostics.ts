import type { Evidence, NamedReading } from "../../find/finding";
import { culpritIndex } from "../../frames/culprit";
import type { Hypothesis } from "../../notes/hypothesis";
import type { Judgement } from "../../notes/judge";
import type { DiagnosticsMode } from "../diagnostics";
import { entryAt } from "../entries/entry";
import { frameAt } from "../locate";
import { headOf } from "./claim";
import { LIKELY } from "./lenses";
import { oneLine, percent, titleOf } from "./words";

/** A hypothesis among the problems of a document. */
export interface HypothesisDiagnostic {
  readonly place: Evidence;
  readonly note: string;
  readonly message: string;
  readonly severity: "warning" | "information";
  /** Where to read more; null for a note without a reference. */
  readonly reference: string | null;
  /** The other places that speak for it. */
  readonly related: readonly Evidence[];
}

const MOST_DIAGNOSTICS = 10;
const MOST_RELATED = 5;

/** The likely hypotheses whose most telling place is in this text, one place each. */
export function hypothesisDiagnostics(
  { hypotheses }: Judgement,
  source: NamedReading,
  mode: DiagnosticsMode,
): HypothesisDiagnostic[] {
  if (mode === "off") return [];
  return hypotheses
    .filter(({ confidence }) => confidence >= LIKELY)
    .map((hypothesis) => ({ hypothesis, place: mostTelling(hypothesis) }))
    .filter(({ place }) => place.source === source)
    .slice(0, MOST_DIAGNOSTICS)
    .map(({ hypothesis, place }) => toDiagnostic(hypothesis, place));
}

function toDiagnostic(hypothesis: Hypothesis, place: Evidence): HypothesisDiagnostic {
  const { note, confidence, evidence, references } = hypothesis;
  const isGrave = note.severity === "crash" || note.severity === "hang";
  const urls = references.map(({ url }) => url).filter((url) => /^https?:\/\/\S+$/.test(url));
  return {
    place: nameOf(headOf(place)),
    note: note.id,
    message: oneLine(`${titleOf(hypothesis)} (${percent(confidence)} sure)`, 500),
    severity: isGrave ? "warning" : "information",
    reference: urls[0] ?? null,
    related: evidence.filter((other) => other !== place).slice(0, MOST_RELATED),
  };
}

/** Of a frame, the function: the other parts have cards of their own, which a problem would stand above. */
function nameOf(place: Evidence): Evidence {
  const { reading } = place.source;
  const frame = frameAt(reading, place.span.from)?.frame;
  const name = frame?.part("function");
  return frame && name && place.span.to <= frame.span.to ? { ...place, span: name } : place;
}

/** The frame at fault of a crash, then that of another stack, then the word of a crash in a log, then what counts most. */
function mostTelling(hypothesis: Hypothesis): Evidence {
  const { evidence } = hypothesis;
  const weightiest = weightiestStep(hypothesis);
  let best = evidence[0] as Evidence;
  let most = 0;
  for (const place of evidence) {
    const rank = tellingRank(place) || (weightiest.startsWith(place.says) ? 1 : 0);
    if (rank > most) [best, most] = [place, rank];
  }
  return best;
}

/** The words of the reason that took away most of the doubt. */
function weightiestStep({ steps }: Hypothesis): string {
  const reasons = steps.filter((step) => step.for);
  return reasons.toSorted((one, other) => other.weight - one.weight)[0]?.says ?? "";
}

/** 0 for a place that is as good as any other. */
function tellingRank({ source: { reading }, span }: Evidence): number {
  const found = frameAt(reading, span.from);
  // A whole process or thread begins at a frame, too, where it has no header.
  if (found && span.to <= found.frame.span.to) {
    const culprit = culpritIndex(found.stack);
    if (culprit === null || found.stack[culprit] !== found.frame) return 0;
    return found.thread?.crashed ? 4 : 3;
  }
  return entryAt(reading, span.from)?.crash ? 2 : 0;
}
