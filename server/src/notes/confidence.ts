import type { Leaf } from "../match/condition";
import type { Step } from "./hypothesis";
import type { Assurance } from "./note";

// How sure a hypothesis is. Each piece of evidence takes away a share of the doubt that is left, each piece of
// counter-evidence a share of the belief:
//
//   confidence = limit × (1 − Π (1 − weight for)) × Π (1 − weight against)
//
// `limit` is what the note's author allows: however well the text fits, the cause may be another. More evidence never
// lowers the confidence, more counter-evidence never raises it, and the order of either does not matter.

/** A reason for or against, and how much it counts: 0 to 1. */
export interface Reason {
  readonly says: string;
  readonly weight: number;
}

export const LIMITS: Readonly<Record<Assurance, number>> = { high: 0.95, medium: 0.8, low: 0.55 };

/** The confidence and how it comes about, one step for each reason. */
export function confidence(
  assurance: Assurance,
  reasons: readonly Reason[],
  counterReasons: readonly Reason[],
): { readonly confidence: number; readonly steps: readonly Step[] } {
  const limit = LIMITS[assurance];
  const steps: Step[] = [];
  let doubt = 1;
  for (const { says, weight } of reasons) {
    doubt *= 1 - weight;
    steps.push({ says, weight, for: true, confidence: limit * (1 - doubt) });
  }
  let left = limit * (1 - doubt);
  for (const { says, weight } of counterReasons) {
    left *= 1 - weight;
    steps.push({ says, weight, for: false, confidence: left });
  }
  return { confidence: left, steps };
}

/** How telling a condition is where its author does not say: more frames in order are more telling than few. */
export function weightOf(leaf: Leaf): number {
  if (leaf.weight !== undefined) return leaf.weight;
  if ("frames" in leaf) return 1 - 0.55 ** leaf.frames.length;
  if ("log" in leaf || "line" in leaf) return 0.7;
  if ("finding" in leaf) return 0.6;
  return 0.2;
}
