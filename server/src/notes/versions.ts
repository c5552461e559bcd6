import type { Finding } from "../find/finding";
import { common, isEmpty, parseRange } from "../find/versions/order";
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
          { applies: each, finding, proven, fits: proven.some((one) => canBeIn(one, range)) },
        ];
      });
  });
}

/** The releases or ranges that a finding proves, as they are written. */
function provenVersions({ values: { exact, versions } }: Finding): string[] {
  const all = typeof exact === "string" ? [exact] : Array.isArray(versions) ? versions : [];
  return all.filter((version) => typeof version === "string");
}

/** Can a version, or one of a range, be among those of a range such as `< 2.4.11` or `>= 1.4.0 < 1.4.14`? */
export const canBeIn = (proven: string, range: string): boolean =>
  !isEmpty(common(parseRange(proven), parseRange(range)));
