import shippedNotes from "knowledge:notes";
import { failLoudly, findSteps, type OnFailure } from "../find/find";
import type { NamedReading } from "../find/finding";
import type { Scene } from "../match/scene";
import { announceConditions } from "../match/words";
import { oncePer } from "../read/oncePer";
import { atOnce, type Steps } from "../read/steps";
import type { Hypothesis } from "./hypothesis";
import type { Note } from "./note";
import { suspectSteps } from "./suspect";

/** What follows from texts that are looked at together, and what could be the cause. */
export interface Judgement extends Scene {
  /** Most likely first. */
  readonly hypotheses: readonly Hypothesis[];
}

/** The notes that come with the program. */
export const shipped: readonly Note[] = shippedNotes;

const announceNotes = oncePer((notes: readonly Note[]): void =>
  announceConditions(() =>
    notes.flatMap(({ match, supports, against }) => [match, ...supports, ...against]),
  ),
);

/**
 * Judges texts together: a crash in one may be explained by a line of another. A finder or a note that fails costs the
 * others nothing, where `failed` takes the failure.
 */
export function judge(
  sources: readonly NamedReading[],
  notes: readonly Note[] = shipped,
  failed: OnFailure = failLoudly,
): Judgement {
  return atOnce(judgeSteps(sources, notes, failed));
}

/** The same in steps, none of which takes long. */
export function* judgeSteps(
  sources: readonly NamedReading[],
  notes: readonly Note[] = shipped,
  failed: OnFailure = failLoudly,
): Steps<Judgement> {
  announceNotes(notes);
  const findings = yield* findSteps(sources, failed);
  const scene = { sources, findings };
  return { ...scene, hypotheses: yield* suspectSteps(scene, notes, failed) };
}
