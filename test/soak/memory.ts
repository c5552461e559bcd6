import { median } from "../bench/measure";
import type { Sample } from "./soak";

/** What is live may be so much more in the last quarter of a run than in the second. */
export const MEMORY_MARGIN = 1.1;

/** Of each quarter the middle one of what was live after collecting, for each character of the text. */
export function quarters(samples: readonly Sample[]): number[] {
  const each = Math.ceil(samples.length / 4);
  return [0, 1, 2, 3].map((quarter) =>
    median(
      samples.slice(quarter * each, (quarter + 1) * each).map(({ live, length }) => live / length),
    ),
  );
}

/** Does memory stay flat? In the first quarter much is learned that is kept. */
export function isFlat(samples: readonly Sample[]): boolean {
  const [, second = 0, , last = 0] = quarters(samples);
  return last <= second * MEMORY_MARGIN;
}
