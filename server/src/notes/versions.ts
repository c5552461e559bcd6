import type { Finding } from "../find/finding";
import type { Applies } from "./note";

/** What the texts prove of a version that a note is about. */
export interface VersionMatch {
  readonly applies: Applies;
  readonly finding: Finding;
  /** Is one of the proven versions among those that the note is about? */
  readonly fits: boolean;
  readonly proven: readonly string[];
}

/** The version findings that speak of the note's software; what has no range is not judged. */
export function versionMatches(
  applies: readonly Applies[],
  findings: readonly Finding[],
): VersionMatch[] {
  return applies.flatMap((each) => {
    if (each.versions === null) return [];
    const range = each.versions;
    return findings
      .filter(
        ({ kind, values }) => kind === "version-evidence" && values.software === each.software,
      )
      .flatMap((finding) => {
        const proven = provenVersions(finding);
        if (proven.length === 0) return [];
        return [
          { applies: each, finding, proven, fits: proven.some((one) => isInRange(one, range)) },
        ];
      });
  });
}

function provenVersions({ values: { exact, versions } }: Finding): string[] {
  const all = typeof exact === "string" ? [exact] : Array.isArray(versions) ? versions : [];
  return all.filter((version) => typeof version === "string" && /^\d/.test(version));
}

/** Is the version in a range such as `< 2.4.11` or `>= 1.4.0 < 1.4.14`? */
export function isInRange(version: string, range: string): boolean {
  const comparisons = [...range.matchAll(/(>=|<=|<|>|=) ?(\d[\w.-]*)/g)];
  return comparisons.every(([, sign, limit = ""]) => {
    const order = compareVersions(version, limit);
    switch (sign) {
      case "<":
        return order < 0;
      case "<=":
        return order <= 0;
      case ">":
        return order > 0;
      case ">=":
        return order >= 0;
      default:
        return order === 0;
    }
  });
}

/** Below 0 where the first is older. Numbers count as numbers; `1.6-dev3` is older than `1.6`. */
export function compareVersions(one: string, other: string): number {
  const [first, second] = [parts(one), parts(other)];
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    const order = rank(first[i]) - rank(second[i]);
    if (order !== 0) return order;
  }
  return 0;
}

const parts = (version: string): string[] => version.split(/[.-]|(?<=\d)(?=[a-z])/i);

/** `dev3`, `rc1`, `beta` come before the release; `p1` and other letters after it. */
function rank(part: string | undefined): number {
  if (part === undefined) return 0;
  if (/^\d{1,9}$/.test(part)) return Number(part);
  return /^(?:dev|rc|alpha|beta|pre)/i.test(part) ? -1 : 0.5;
}
