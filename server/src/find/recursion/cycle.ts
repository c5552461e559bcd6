/** Functions that call each other again and again. */
export interface Cycle {
  /** Index of the innermost function of the first whole cycle. */
  readonly from: number;
  /** So many functions make one cycle. */
  readonly period: number;
  /** So many whole cycles follow each other. */
  readonly repeats: number;
}

/** Fewer repetitions are ordinary: an interpreter calls itself for each level of its program. */
export const LEAST_REPEATS = 4;
/** A longer cycle of functions is not looked for. */
const LONGEST_PERIOD = 32;

/**
 * The repetition that takes most of the stack, of the shortest cycle where several take as much; null where nothing
 * repeats. Two functions are the same if their numbers are; `unknown` ones are never the same as another.
 */
export function findCycle(functions: ArrayLike<number>, unknown: number): Cycle | null {
  const most = Math.min(LONGEST_PERIOD, Math.floor(functions.length / LEAST_REPEATS));
  let best: Cycle | null = null;
  for (let period = 1; period <= most; period++) {
    const found = longestRun(functions, unknown, period);
    if (found && (best === null || length(found) > length(best) + period)) best = found;
  }
  return best;
}

const length = ({ period, repeats }: Cycle): number => period * repeats;

/** One pass: how far does each function equal the one that stands a period further in? */
function longestRun(functions: ArrayLike<number>, unknown: number, period: number): Cycle | null {
  let run = 0;
  let longest = 0;
  let end = 0;
  for (let i = period; i < functions.length; i++) {
    const same = functions[i] === functions[i - period] && functions[i] !== unknown;
    run = same ? run + 1 : 0;
    if (run > longest) [longest, end] = [run, i];
  }
  const repeats = Math.floor(longest / period) + 1;
  if (repeats < LEAST_REPEATS) return null;
  return { from: end - longest - period + 1, period, repeats };
}

/** The same cycle, begun at the same function wherever a stack enters it, as text. */
export function cycleKey(functions: readonly string[]): string {
  const turns = functions.map((_, i) => [...functions.slice(i), ...functions.slice(0, i)]);
  return turns.map((turn) => turn.join("\n")).sort()[0] ?? "";
}
