import { lighttpdVersions } from "../../read/lighttpd/versions";
import type { LogRecord, Reading } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import { lastAtOrBefore } from "../../read/span";
import { entriesIn } from "./entry";

/** A stretch of a lighttpd log whose entries one release can have written. */
export interface ReleaseStretch {
  /** Its first entry. */
  readonly first: LogRecord;
  /** In order; empty where no release has such lines. */
  readonly releases: readonly string[];
  /** What wrote the entries before it, where the log says so: the server was changed. */
  readonly before: readonly string[] | null;
}

/** Every lighttpd log of the text, by the releases that its source lines narrow to; in document order. */
export const releaseStretches: (reading: Reading) => readonly ReleaseStretch[] = oncePer(
  (reading) =>
    reading.sections
      .filter(({ kind }) => kind === "lighttpd-error-log")
      .flatMap(({ span }) => stretchesOf(entriesIn(reading, span))),
);

function stretchesOf(records: readonly LogRecord[]): ReleaseStretch[] {
  const runs = lighttpdVersions(records);
  return runs.map(({ from, versions }, i) => ({
    first: records[from] as LogRecord,
    releases: versions,
    before: runs[i - 1]?.versions ?? null,
  }));
}

/** The stretch that an entry of lighttpd belongs to. */
export function stretchOf(reading: Reading, { span }: LogRecord): ReleaseStretch | null {
  const stretches = releaseStretches(reading);
  return stretches[lastAtOrBefore(stretches, span.from, ({ first }) => first.span.from)] ?? null;
}

/** So many releases are named; of more only the first and the last. */
const MOST_NAMED = 4;

/** `1.4.13`, `1.4.13 or 1.4.15`, `one of 12 releases from 1.4.13 to 1.4.31`. */
export function releaseNames(releases: readonly string[]): string {
  const last = releases[releases.length - 1];
  if (last === undefined) return "no known release";
  if (releases.length > MOST_NAMED) {
    return `one of ${releases.length} releases from ${releases[0]} to ${last}`;
  }
  const others = releases.slice(0, -1).join(", ");
  return others === "" ? last : `${others} or ${last}`;
}
