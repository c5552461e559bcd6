export const MEGABYTE = 1 << 20;

/** The yardstick: one look at every character of a text. */
export function plainPass(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (sum + text.charCodeAt(at)) | 0;
  return sum;
}

/** Seconds that the processors of this process work; what else runs on the machine does not count. */
export function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Seconds that pass. */
export function elapsed(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** The same of a work that is waited for. */
export async function waited(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The smallest of the values that so great a share of them does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const inOrder = [...values].sort((a, b) => a - b);
  return inOrder[Math.max(0, Math.ceil(share * inOrder.length) - 1)] ?? Number.NaN;
}

/** A figure with the plain pass beside it. */
export interface Measured {
  readonly seconds: number;
  readonly ratio: number;
}

/**
 * The middle one of some rounds. Each has a plain pass over the same text right before: a machine that others use is fast
 * and slow by moments.
 */
export function inTurns(rounds: number, text: string, work: () => number): Measured {
  const times = Array.from({ length: rounds }, () => {
    const passes = [1, 2, 3].map(() => processorTime(() => plainPass(text)));
    const yardstick = median(passes);
    const seconds = work();
    return { seconds, ratio: seconds / yardstick };
  });
  return {
    seconds: median(times.map(({ seconds }) => seconds)),
    ratio: median(times.map(({ ratio }) => ratio)),
  };
}
