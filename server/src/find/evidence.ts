import type { Span } from "../read/span";
import { type Evidence, MOST_EVIDENCE, type NamedReading } from "./finding";

export const evidence = (source: NamedReading, span: Span, says: string): Evidence => ({
  source,
  span,
  says,
});

/**
 * The places of a finding in document order. What is said once comes before what many places say alike, so that it is
 * not among those which are left out.
 */
export function chosenEvidence(
  sources: readonly NamedReading[],
  once: readonly Evidence[],
  alike: readonly Evidence[],
): Evidence[] {
  const chosen = [...once.slice(0, MOST_EVIDENCE)];
  chosen.push(...alike.slice(0, MOST_EVIDENCE - chosen.length));
  const order = new Map(sources.map((source, i) => [source, i]));
  const placeOf = ({ source }: Evidence) => order.get(source) ?? 0;
  return chosen.sort(
    (one, other) => placeOf(one) - placeOf(other) || one.span.from - other.span.from,
  );
}
