import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { type Evidence, type Finder, type Finding, MOST_EVIDENCE } from "./finding";
import { releaseStretches } from "./lighttpdStretches";
import { Pace } from "./pace";
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
export const versionEvidence: Finder = function* (sources) {
  const statements = new Map<string, Statement>();
  const pace = new Pace();
  for (const source of sources) {
    yield* releaseStretches.steps(source.reading);
    for (const sightings of [logSightings, bannerSightings, frameSightings]) {
      for (const sighting of sightings(source)) {
        if (sighting !== null) add(statements, sighting);
        if (pace.isDone()) yield;
      }
    }
  }
  return [...statements.values()].map(describe);
};

/** What many places say alike, of which the first are kept. */
interface Statement {
  readonly first: Sighting;
  readonly evidence: Evidence[];
  count: number;
  /** The earliest and the latest time, as text sorts them. */
  from: string | null;
  to: string | null;
}

function add(statements: Map<string, Statement>, sighting: Sighting): void {
  const { software, by, from, to, evidence } = sighting;
  const key = [software, by, logOf(sighting), ...versionTexts(sighting)].join("\n");
  const known = statements.get(key);
  if (known === undefined) {
    statements.set(key, { first: sighting, evidence: [evidence], count: 1, from, to });
    return;
  }
  known.count++;
  if (known.evidence.length < MOST_EVIDENCE) known.evidence.push(evidence);
  if (from !== null && (known.from === null || from < known.from)) known.from = from;
  if (to !== null && (known.to === null || to > known.to)) known.to = to;
}

/** Each stretch of a log is a statement of its own: from when to when this release wrote. */
const logOf = ({ by, evidence: { source, span } }: Sighting): string | null =>
  by === "log-line" ? `${source.path} ${span.from}` : null;

function describe({ first, evidence, count, from, to }: Statement): Finding {
  const { software, by, range } = first;
  const versions = versionTexts(first);
  return {
    kind: "version-evidence",
    summary: `${software} ${words(versions)}, by ${WORDS[by]}`,
    values: {
      software,
      versions,
      exact: range === null && versions.length === 1 ? (versions[0] ?? null) : null,
      by,
      from,
      to,
      count,
    },
    evidence,
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
