/** One figure of the benchmark. */
export interface Row {
  readonly what: string;
  /** As people say it: megabytes a second, milliseconds. */
  readonly figure: string;
  /** How many plain passes over the same text fit into it: by the time of the processors, which others do not change. */
  readonly ratio: number;
  /** The ratio is one of times that passed: it depends on what else the machine does, and is not compared. */
  readonly isWait?: boolean;
  /** Memory as a multiple of the text; null where it was not measured. */
  readonly memory: number | null;
  /** Others' work on the same file in the same run. */
  readonly beside?: string;
}

export const HEAD = `| what | figure | × a plain pass | memory × the text | beside |
|---|---|---|---|---|`;

export const toLine = ({ what, figure, ratio, memory, beside = "" }: Row): string =>
  `| ${[what, figure, rounded(ratio), memory === null ? "" : rounded(memory), beside].join(" | ")} |`;

/** Two digits say all that is sure. */
export function rounded(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toPrecision(2);
}

export function time(seconds: number): string {
  return seconds < 1 ? `${rounded(seconds * 1000)} ms` : `${rounded(seconds)} s`;
}
