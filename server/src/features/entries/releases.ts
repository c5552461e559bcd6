import { type ReleaseStretch, releaseStretches } from "../../find/lighttpdStretches";
import type { LogRecord, Reading } from "../../read/model";
import { lastAtOrBefore } from "../../read/span";

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
