import { median } from "./measure";
import type { Row } from "./table";

/** One figure of a row in the runs that were recorded. */
export interface Figure {
  readonly median: number;
  readonly highest: number;
}

/** What a row was when it was recorded. */
export interface Recorded {
  readonly ratio: Figure;
  readonly memory: Figure | null;
}

/** The recorded rows of each way to run the benchmark, and how much more than the highest of them is no scatter any more. */
export interface Ratios {
  readonly tolerance: number;
  readonly runs: Readonly<Record<string, Readonly<Record<string, Recorded>>>>;
}

/** What became slower or larger than it was recorded. */
export function regressions(rows: readonly Row[], run: string, ratios: Ratios): string[] {
  const recorded = ratios.runs[run] ?? {};
  const { tolerance } = ratios;
  return rows.filter(isCompared).flatMap(({ what, ratio, memory }) => {
    const before = recorded[what];
    if (before === undefined) return [];
    return [
      ...exceeded(`${what}: × a plain pass`, ratio, before.ratio, tolerance, 0.5),
      ...exceeded(`${what}: memory`, memory, before.memory, tolerance, 0.1),
    ];
  });
}

const isCompared = ({ isWait = false }: Row): boolean => !isWait;

/** What is next to nothing may be twice that: so much more than it was counts, besides the share, as scatter. */
function exceeded(
  what: string,
  now: number | null,
  before: Figure | null,
  tolerance: number,
  scatter: number,
): string[] {
  if (now === null || before === null || now <= before.highest * tolerance + scatter) return [];
  const { median, highest } = before;
  return [`${what} ${digits(now)}, recorded ${digits(median)}, at most ${digits(highest)}`];
}

const digits = (value: number): string => value.toPrecision(3);

/** The ratios with the rows of several runs in the place of those that they had. */
export function recordedWith(
  runs: readonly (readonly Row[])[],
  run: string,
  ratios: Ratios,
): Ratios {
  const [first = []] = runs;
  const found = first.filter(isCompared).map(({ what }): [string, Recorded] => {
    const rows = runs.flatMap((each) => each.filter((row) => row.what === what));
    const memory = rows.flatMap((row) => row.memory ?? []);
    const ratio = figureOf(rows.map((row) => row.ratio));
    return [what, { ratio, memory: memory.length > 0 ? figureOf(memory) : null }];
  });
  const known = { ...ratios.runs[run], ...Object.fromEntries(found) };
  return { ...ratios, runs: { ...ratios.runs, [run]: known } };
}

const figureOf = (values: readonly number[]): Figure => ({
  median: threeDigits(median(values)),
  highest: threeDigits(Math.max(...values)),
});

const threeDigits = (value: number): number => Number(value.toPrecision(3));
