import type { Row } from "./table";

/** What a row was when it was recorded. */
export interface Recorded {
  readonly ratio: number;
  readonly memory: number | null;
}

/** The recorded rows of each way to run the benchmark, and how much more than that is no scatter any more. */
export interface Ratios {
  readonly tolerance: number;
  readonly memoryTolerance: number;
  readonly runs: Readonly<Record<string, Readonly<Record<string, Recorded>>>>;
}

/** What became slower or larger than it was recorded. */
export function regressions(rows: readonly Row[], run: string, ratios: Ratios): string[] {
  const recorded = ratios.runs[run] ?? {};
  return rows.filter(isCompared).flatMap(({ what, ratio, memory }) => {
    const before = recorded[what];
    if (before === undefined) return [];
    return [
      ...exceeded(`${what}: × a plain pass`, ratio, before.ratio, ratios.tolerance, 0.5),
      ...exceeded(`${what}: memory`, memory, before.memory, ratios.memoryTolerance, 0.1),
    ];
  });
}

const isCompared = ({ isWait = false }: Row): boolean => !isWait;

/** What is next to nothing may be twice that: so much more than it was counts, besides the share, as scatter. */
function exceeded(
  what: string,
  now: number | null,
  before: number | null,
  tolerance: number,
  scatter: number,
): string[] {
  if (now === null || before === null || now <= before * tolerance + scatter) return [];
  return [`${what} ${now.toPrecision(3)}, recorded ${before.toPrecision(3)}`];
}

/** The ratios with these rows in the place of those that they had. */
export function recordedWith(rows: readonly Row[], run: string, ratios: Ratios): Ratios {
  const found = rows
    .filter(isCompared)
    .map(({ what, ratio, memory }): [string, Recorded] => [
      what,
      { ratio: threeDigits(ratio), memory: memory === null ? null : threeDigits(memory) },
    ]);
  const known = { ...ratios.runs[run], ...Object.fromEntries(found) };
  return { ...ratios, runs: { ...ratios.runs, [run]: known } };
}

const threeDigits = (value: number): number => Number(value.toPrecision(3));
