import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import { type Finding, MOST_EVIDENCE } from "./finding";
import { Pace } from "./pace";

/** Nobody reads more of one kind, and each is looked at by every note. */
export const MOST_OF_A_KIND = 1000;

/**
 * The findings, of each kind the first ones only; one more counts those that were left out. A text with 200,000 locks is
 * a mistake or an attack, and must cost neither the memory nor the time of 200,000 findings.
 */
export function limited(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_OF_A_KIND) return findings;
  const counts = new Map<string, number>();
  const rest = new Map<string, Finding[]>();
  const kept = findings.filter((finding) => {
    const { kind } = finding;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= MOST_OF_A_KIND) return true;
    const known = rest.get(kind);
    if (known === undefined) rest.set(kind, [finding]);
    else known.push(finding);
    return false;
  });
  const others = [...counts.keys()].flatMap((kind) => {
    const all = rest.get(kind) ?? [];
    return leftOut(kind, all, all.length);
  });
  return [...kept, ...others];
}

/**
 * The same of things of one kind, of which no more become findings than are kept. Each has evidence. `describe` may take
 * as long as a few hundred functions on a stack.
 */
export function* firstFindings<T>(
  things: readonly T[],
  describe: (thing: T) => Finding,
): Steps<Finding[]> {
  const found: Finding[] = [];
  const pace = new Pace();
  for (const thing of things.slice(0, MOST_OF_A_KIND + MOST_EVIDENCE)) {
    found.push(describe(thing));
    if (pace.isDone(16)) yield;
  }
  const kept = found.slice(0, MOST_OF_A_KIND);
  const kind = found[0]?.kind ?? "";
  return [...kept, ...leftOut(kind, found.slice(MOST_OF_A_KIND), things.length - kept.length)];
}

/** Says that there are so many more. */
function leftOut(kind: string, findings: readonly Finding[], count: number): Finding[] {
  if (count === 0) return [];
  return [
    {
      kind: "left-out",
      summary: `${plural(count, ["more finding", "more findings"])} of the kind ${kind} left out.`,
      values: { kind, count },
      evidence: findings.flatMap(({ evidence }) => evidence.slice(0, 1)).slice(0, MOST_EVIDENCE),
    },
  ];
}
