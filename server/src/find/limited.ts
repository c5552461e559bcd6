import { plural } from "../words/plural";
import { type Finding, MOST_EVIDENCE } from "./finding";

/** Nobody reads more of one kind, and each is looked at by every note. */
export const MOST_OF_A_KIND = 1000;

/**
 * The findings, of each kind the first ones only; one more counts those that were left out. A text with 200,000 locks is
 * a mistake or an attack, and must cost neither the memory nor the time of 200,000 findings.
 */
export function limited(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_OF_A_KIND) return findings;
  const byKind = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = byKind.get(finding.kind);
    if (known) known.push(finding);
    else byKind.set(finding.kind, [finding]);
  }
  const kept = new Set([...byKind.values()].flatMap((all) => all.slice(0, MOST_OF_A_KIND)));
  const rest = [...byKind].flatMap(([kind, all]) => leftOut(kind, all.slice(MOST_OF_A_KIND)));
  return [...findings.filter((finding) => kept.has(finding)), ...rest];
}

function leftOut(kind: string, findings: readonly Finding[]): Finding[] {
  if (findings.length === 0) return [];
  const count = findings.length;
  return [
    {
      kind: "left-out",
      summary: `${plural(count, ["more finding", "more findings"])} of the kind ${kind} left out.`,
      values: { kind, count },
      evidence: findings.flatMap(({ evidence }) => evidence.slice(0, 1)).slice(0, MOST_EVIDENCE),
    },
  ];
}
