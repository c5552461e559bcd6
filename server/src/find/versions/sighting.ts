import type { Evidence } from "../finding";
import { type Range, rangeText } from "./order";

/** How a version was told. */
export type By = "banner" | "log-line" | "frame-line" | "path" | "symbol";

/** A place that tells something of a version. */
export interface Sighting {
  readonly software: string;
  readonly by: By;
  /** The versions that it can be: one by one, or a range. */
  readonly versions: readonly string[];
  readonly range: Range | null;
  /** When the log was written that tells it. */
  readonly from: string | null;
  readonly to: string | null;
  readonly evidence: Evidence;
}

/** What one after the other is seen; null where something else was looked at, for the sake of those who wait. */
export type Sightings = Generator<Sighting | null>;

/** The versions as text: `["3.1.4"]`, `[">= 2.34"]`. */
export const versionTexts = ({
  versions,
  range,
}: Pick<Sighting, "versions" | "range">): string[] =>
  range === null ? [...versions] : [rangeText(range)];
