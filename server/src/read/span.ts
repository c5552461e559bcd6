/** A half-open stretch of text in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const contains = (span: Span, offset: number): boolean =>
  span.from <= offset && offset < span.to;

/** Index of the last element whose `start(element)` is at or before `value`, or -1. Elements are in order. */
export function lastAtOrBefore<T>(
  list: ArrayLike<T>,
  value: number,
  start: (element: T) => number,
): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start(list[middle] as T) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
