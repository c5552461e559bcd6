import type { Evidence, Finding } from "../find/finding";
import { quietly } from "../find/prepare";
import type { Hypothesis } from "../notes/hypothesis";
import type { Judgement } from "../notes/judge";
import type { Change } from "../read/change";
import type { Span } from "../read/span";
import type { OpenDocument } from "./documents";

/** A judgement with the documents that it is about, in the same order as its sources. */
export interface Judged {
  readonly sources: readonly OpenDocument[];
  readonly judgement: Judgement;
}

/**
 * The judgement about documents that were edited since, as far as it still holds: its places are moved with the text, and
 * those that an edit touched are left out, as are those of documents that are closed or not read again yet.
 */
export function movedTo(now: readonly OpenDocument[], { sources, judgement }: Judged): Judged {
  const moves = new Map(sources.map((source) => [source.path, moveTo(now, source)] as const));
  const move = (places: readonly Evidence[]): Evidence[] =>
    places.flatMap((place) => moves.get(place.source.path)?.(place) ?? []);
  let findings: readonly Finding[] | null = null;
  const moved: Judgement = {
    sources: now,
    // There may be thousands, for which hardly anybody asks.
    get findings() {
      findings ??= judgement.findings.map((one) => ({ ...one, evidence: move(one.evidence) }));
      return findings;
    },
    hypotheses: judgement.hypotheses.flatMap((one) => moveHypothesis(one, move)),
  };
  return { sources: now, judgement: moved };
}

/** A hypothesis whose evidence is gone is none. */
function moveHypothesis(
  hypothesis: Hypothesis,
  move: (places: readonly Evidence[]) => Evidence[],
): Hypothesis[] {
  const evidence = move(hypothesis.evidence);
  if (evidence.length === 0) return [];
  return [{ ...hypothesis, evidence, against: move(hypothesis.against) }];
}

type Move = (place: Evidence) => Evidence | null;

function moveTo(now: readonly OpenDocument[], old: OpenDocument): Move {
  const own = now.find(({ path }) => path === old.path);
  if (own === old) return (place) => place;
  const change = own?.isAtHand ? quietly(() => own.changeSince(old)) : undefined;
  if (own === undefined || change === undefined) return () => null;
  return (place) => {
    const span = movedSpan(place.span, change);
    return span && { ...place, source: own, span };
  };
}

/** Where a stretch stands after a change; null where it was touched. */
function movedSpan(span: Span, { from, to, inserted }: Change): Span | null {
  if (span.to <= from) return span;
  if (span.from < to || span.from < from) return null;
  const shift = inserted.length - (to - from);
  return { from: span.from + shift, to: span.to + shift };
}

/** Where a place of the clean text stood before a change; null for one that was not there. */
export function offsetBefore(old: OpenDocument, own: OpenDocument, offset: number): number | null {
  if (old === own) return offset;
  const change = own.changeSince(old);
  if (offset < change.from) return offset;
  const end = change.from + change.inserted.length;
  return offset < end ? null : offset - end + change.to;
}
