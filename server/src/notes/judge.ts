import shippedNotes from "knowledge:notes";
import { findAll } from "../find/find";
import type { Finding, NamedReading } from "../find/finding";
import type { Hypothesis } from "./hypothesis";
import type { Note } from "./note";
import { suspect } from "./suspect";

/** What follows from texts that are looked at together, and what could be the cause. */
export interface Judgement {
  readonly findings: readonly Finding[];
  /** Most likely first. */
  readonly hypotheses: readonly Hypothesis[];
}

/** The notes that come with the program. */
export const shipped: readonly Note[] = shippedNotes;

/** Judges texts together: a crash in one may be explained by a line of another. */
export function judge(
  sources: readonly NamedReading[],
  notes: readonly Note[] = shipped,
): Judgement {
  const findings = findAll(sources);
  return { findings, hypotheses: suspect({ sources, findings }, notes) };
}
