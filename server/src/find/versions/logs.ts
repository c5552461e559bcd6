import type { LogRecord } from "../../read/model";
import type { NamedReading } from "../finding";
import { releaseStretches } from "../lighttpdStretches";
import type { Sighting, Sightings } from "./sighting";

/** What the logs of a text say of the versions of what wrote them. */
export function* logSightings(source: NamedReading): Sightings {
  yield* lighttpdSightings(source);
  for (const record of source.reading.records) {
    if (tellsVersion(record)) yield* recordSightings(source, record);
    yield null;
  }
}

/** Most entries do not, and their fields are costly to read. */
function tellsVersion(record: LogRecord): boolean {
  const { format } = record;
  if (format === "apache") return record.kind === "start";
  return format === "kernel" && (record.kind === "boot" || record.fields.kernel !== undefined);
}

/** lighttpd names the source line with every entry: each stretch of a log by the releases that have all of its lines. */
function* lighttpdSightings(source: NamedReading): Sightings {
  for (const { first, records, releases } of releaseStretches(source.reading)) {
    if (releases.length === 0) continue;
    let from: string | null = null;
    let to: string | null = null;
    // As text sorts them.
    for (const { time } of records) {
      yield null;
      if (time === null) continue;
      if (from === null || time < from) from = time;
      if (to === null || time > to) to = time;
    }
    const says = "from here on, the lines of source that write to the log";
    const evidence = { source, span: first.span, says };
    yield {
      software: "lighttpd",
      by: "log-line",
      versions: releases,
      range: null,
      from,
      to,
      evidence,
    };
  }
}

function recordSightings(source: NamedReading, record: LogRecord): Sighting[] {
  const { format, kind, fields, span, time } = record;
  const versions: (readonly [software: string, version: string])[] = [];
  if (format === "apache" && kind === "start") {
    if (typeof fields.version === "string") versions.push(["httpd", fields.version]);
    if (typeof fields.components === "string")
      versions.push(...componentVersions(fields.components));
  }
  if (format === "kernel" && typeof fields.kernel === "string")
    versions.push(["kernel", fields.kernel]);
  if (format === "kernel" && kind === "boot") versions.push(...bootVersion(record));
  return versions.map(([software, version]) => ({
    software,
    by: "banner",
    versions: [version],
    range: null,
    from: time,
    to: time,
    evidence: { source, span, says: "the program tells its version" },
  }));
}

/** `OpenSSL/1.0.1e-fips PHP/5.4.16 mod_wsgi/4.5`, as Apache tells at its start. */
function componentVersions(components: string): (readonly [string, string])[] {
  return components
    .slice(0, 1000)
    .split(/[\s()]+/)
    .flatMap((component) => {
      const found = /^([A-Za-z][\w+-]{0,40})\/(\d[\w.~+-]{0,40})$/.exec(component);
      return found ? [[(found[1] as string).toLowerCase(), found[2] as string] as const] : [];
    });
}

function bootVersion({ message }: LogRecord): (readonly [string, string])[] {
  const version = /^Linux version (\d\S{0,200})/.exec(message)?.[1];
  return version === undefined ? [] : [["kernel", version]];
}
