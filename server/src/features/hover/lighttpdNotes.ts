import { versionsOf } from "../../read/lighttpd/versions";
import type { LogRecord, Reading } from "../../read/model";
import { releaseNames, stretchOf } from "../entries/releases";
import { code, plain } from "./markdown";

/** Which releases of lighttpd can have written an entry, by the source line that it names. */
export function lighttpdNotes(reading: Reading, record: LogRecord): (string | null)[] {
  const { source } = record;
  if (source === null) return [];
  const own = versionsOf(source.file, source.line);
  const place = code(`${source.file}:${source.line}`);
  if (own.length === 0) {
    return [`No known release of lighttpd logs from ${place}: a patched or self-made build.`];
  }
  const stretch = stretchOf(reading, record);
  const isNarrower = stretch !== null && stretch.releases.length < own.length;
  return [
    `${place} writes to the log in lighttpd ${plain(releaseNames(own))}.`,
    isNarrower
      ? `With the entries around it: lighttpd ${plain(releaseNames(stretch.releases))}.`
      : null,
  ];
}
