/** A half-open stretch of text in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const contains = (span: Span, offset: number): boolean =>
  span.from <= offset && offset < span.to;

/** Index of the last element whose `start(element)` is at or before `value`, or -1. Elements are in order. */
export const lastAtOrBefore = <T>(
  list: ArrayLike<T>,
  value: number,
  start: (element: T) => number,
): number => lastNumberAtOrBefore(list.length, value, (i) => start(list[i] as T));

/** The same where elements have numbers below `count`, and need not be in a list. */
export function lastNumberAtOrBefore(
  count: number,
  value: number,
  startOf: (i: number) => number,
): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(middle) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
