import type { Steps } from "../read/steps";
import { Pace } from "./pace";

/** As many are sorted in one piece. */
const RUN = 1024;

/** The numbers in order, in steps; equal ones stay as they stand. */
export function* sorted(
  numbers: Int32Array,
  compare: (one: number, other: number) => number,
): Steps<Int32Array> {
  const { length } = numbers;
  let from = new Int32Array(length);
  for (let start = 0; start < length; start += RUN) {
    from.set(Array.from(numbers.subarray(start, start + RUN)).sort(compare), start);
    yield;
  }
  let to = new Int32Array(length);
  for (let width = RUN; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width)
      yield* merge(from, to, start, width, compare);
    [from, to] = [to, from];
  }
  return from;
}

/** Two runs of the first, of which each is in order, as one in the other. */
function* merge(
  from: Int32Array,
  to: Int32Array,
  start: number,
  width: number,
  compare: (one: number, other: number) => number,
): Steps<void> {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(middle + width, from.length);
  let [left, right] = [start, middle];
  const pace = new Pace();
  for (let at = start; at < end; at++) {
    const isRight =
      left >= middle || (right < end && compare(from[right] as number, from[left] as number) < 0);
    to[at] = from[isRight ? right++ : left++] as number;
    if (pace.isDone()) yield;
  }
}

/** The numbers below `count`. */
export function indices(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}
