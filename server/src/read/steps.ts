/** Work that is done in steps: whoever drives it may do something else between two of them, or never go on. */
export type Steps<T> = Generator<void, T>;

/** All of the work at once. */
export function atOnce<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** As many lines make a step of a loop over lines: a millisecond or two, whatever is done with them. */
const LINES = 1024;

/** Does a step end in front of the line? */
export const isStep = (line: number): boolean => (line & (LINES - 1)) === LINES - 1;
