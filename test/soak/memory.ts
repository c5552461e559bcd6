import { MEGABYTE, median } from "../bench/measure";
import type { Sample } from "./soak";

/** What is live may be so much more in the last quarter of a run than in the second... */
export const MARGIN = 1.1;

/** ...or this: names and lines that recur are remembered up to a bound that a short run does not reach. */
export const REMEMBERED = 16 * MEGABYTE;

/** Of each quarter the middle one of what was live after collecting. */
export function quarters(samples: readonly Sample[]): number[] {
  const each = Math.ceil(samples.length / 4);
  return [0, 1, 2, 3].map((quarter) =>
    median(samples.slice(quarter * each, (quarter + 1) * each).map(({ live }) => live)),
  );
}

/** Two of each quarter. */
export const FEWEST_SAMPLES = 8;

/** Does memory stay flat, as far as so many samples tell? In the first quarter much is learned that is kept. */
export function isFlat(samples: readonly Sample[]): boolean {
  if (samples.length < FEWEST_SAMPLES) return true;
  const [, second = 0, , last = 0] = quarters(samples);
  return last <= Math.max(second * MARGIN, second + REMEMBERED);
}
