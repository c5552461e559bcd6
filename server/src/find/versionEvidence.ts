import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { type Finder, type Finding, MOST_EVIDENCE } from "./finding";
import { bannerSightings } from "./versions/banners";
import { frameSightings } from "./versions/frames";
import { logSightings } from "./versions/logs";
import { type By, type Sighting, versionTexts } from "./versions/sighting";

/**
 * `version-evidence`: what the texts prove of a program's or library's version, one finding for each way to tell it.
 * Values: `software`, `versions` (releases, or a range such as `>= 2.34`), `exact` (the one release, or null), `by`
 * ("banner", "log-line", "frame-line", "path" or "symbol"), `from` and `to` (the times of the log that tells it),
 * `count` (places that say the same).
 */
export const versionEvidence: Finder = (sources) =>
  groups(
    sources.flatMap((source) => [
      ...logSightings(source),
      ...bannerSightings(source),
      ...source.reading.processes.flatMap((process) => frameSightings(source, process)),
    ]),
  ).map(describe);

function groups(sightings: readonly Sighting[]): Sighting[][] {
  const byKey = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const { software, by } = sighting;
    const key = [software, by, logOf(sighting), ...versionTexts(sighting)].join("\n");
    const group = byKey.get(key);
    if (group) group.push(sighting);
    else byKey.set(key, [sighting]);
  }
  return [...byKey.values()];
}

/** Each stretch of a log is a statement of its own: from when to when this release wrote. */
const logOf = ({ by, evidence: { source, span } }: Sighting): string | null =>
  by === "log-line" ? `${source.path} ${span.from}` : null;

function describe(sightings: readonly Sighting[]): Finding {
  const first = sightings[0] as Sighting;
  const { software, by, range } = first;
  const versions = versionTexts(first);
  const starts = sightings.flatMap(({ from }) => from ?? []).sort();
  const ends = sightings.flatMap(({ to }) => to ?? []).sort();
  return {
    kind: "version-evidence",
    summary: `${software} ${words(versions)}, by ${WORDS[by]}`,
    values: {
      software,
      versions,
      exact: range === null && versions.length === 1 ? (versions[0] ?? null) : null,
      by,
      from: starts[0] ?? null,
      to: ends[ends.length - 1] ?? null,
      count: sightings.length,
    },
    evidence: sightings.slice(0, MOST_EVIDENCE).map(({ evidence }) => evidence),
  };
}

const WORDS: Readonly<Record<By, string>> = {
  banner: "what it says of itself",
  "log-line": "the source lines of its log entries",
  "frame-line": "the line numbers in the stack",
  path: "a path in the stack",
  symbol: "its functions in the stack",
};

function words(versions: readonly string[]): string {
  const [first = "", last = ""] = [versions[0], versions[versions.length - 1]];
  const text =
    versions.length > 3
      ? `${plural(versions.length, "release")} from ${first} to ${last}`
      : versions.join(" or ");
  return printable(shorten(text, 100));
}
