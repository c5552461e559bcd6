import { lighttpdVersionSteps } from "../read/lighttpd/versions";
import type { LogRecord, Reading } from "../read/model";
import { lastAtOrBefore, type Span } from "../read/span";
import type { Steps } from "../read/steps";
import { stepwise } from "./stepwise";

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
export const releaseStretches = stepwise(function* (
  reading: Reading,
): Steps<readonly ReleaseStretch[]> {
  const stretches: ReleaseStretch[] = [];
  for (const { kind, span } of reading.sections) {
    if (kind !== "lighttpd-error-log") continue;
    for (const stretch of yield* stretchesOf(recordsIn(reading, span))) stretches.push(stretch);
    yield;
  }
  return stretches;
});

function recordsIn({ records }: Reading, span: Span): readonly LogRecord[] {
  const first = lastAtOrBefore(records, span.from - 1, (record) => record.span.from) + 1;
  const last = lastAtOrBefore(records, span.to - 1, (record) => record.span.from);
  return records.slice(first, last + 1);
}

function* stretchesOf(records: readonly LogRecord[]): Steps<ReleaseStretch[]> {
  const runs = yield* lighttpdVersionSteps(records);
  return runs.map(({ from, to, versions }, i) => ({
    first: records[from] as LogRecord,
    records: records.slice(from, to),
    releases: versions,
    before: runs[i - 1]?.versions ?? null,
  }));
}
