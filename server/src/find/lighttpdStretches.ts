import { lighttpdVersions } from "../read/lighttpd/versions";
import type { LogRecord, Reading } from "../read/model";
import { oncePer } from "../read/oncePer";
import { lastAtOrBefore, type Span } from "../read/span";

/** A stretch of a lighttpd log whose entries one release can have written. */
export interface ReleaseStretch {
  /** Its first entry. */
  readonly first: LogRecord;
  readonly records: readonly LogRecord[];
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
      .flatMap(({ span }) => stretchesOf(recordsIn(reading, span))),
);

function recordsIn({ records }: Reading, span: Span): readonly LogRecord[] {
  const first = lastAtOrBefore(records, span.from - 1, (record) => record.span.from) + 1;
  const last = lastAtOrBefore(records, span.to - 1, (record) => record.span.from);
  return records.slice(first, last + 1);
}

function stretchesOf(records: readonly LogRecord[]): ReleaseStretch[] {
  const runs = lighttpdVersions(records);
  return runs.map(({ from, to, versions }, i) => ({
    first: records[from] as LogRecord,
    records: records.slice(from, to),
    releases: versions,
    before: runs[i - 1]?.versions ?? null,
  }));
}
