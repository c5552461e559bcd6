import type { Evidence, Finding } from "../find/finding";
import type { Hypothesis } from "../notes/hypothesis";
import { placed } from "./placed";
import type { ReportEvidence, ReportFinding, ReportHypothesis } from "./report";

/** The public form of a finding. */
export function toFinding({ kind, summary, values, evidence }: Finding): ReportFinding {
  return { kind, summary, values, evidence: evidence.map(toEvidence) };
}

/** The public form of a hypothesis. Its confidence and weights have three digits after the point. */
export function toHypothesis(hypothesis: Hypothesis): ReportHypothesis {
  const { note, title, confidence, steps, evidence, against, commands, references } = hypothesis;
  return {
    note: note.id,
    title,
    severity: note.severity,
    confidence: rounded(confidence),
    steps: steps.map((step) => ({
      ...step,
      weight: rounded(step.weight),
      confidence: rounded(step.confidence),
    })),
    evidence: evidence.map(toEvidence),
    against: against.map(toEvidence),
    commands,
    references,
  };
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000;

function toEvidence(evidence: Evidence): ReportEvidence {
  return { source: evidence.source.path, range: placed(evidence), says: evidence.says };
}
