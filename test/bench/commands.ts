import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { inTurns, MEGABYTE, type Measured } from "./measure";
import { type Row, rounded, time } from "./table";

export interface CommandOptions {
  /** The bundled command line. */
  readonly cli: string;
  /** Where texts are written. */
  readonly folder: string;
  readonly rounds: number;
}

interface Cost {
  readonly seconds: number;
  readonly peak: number;
}

/** Others' work that ends later than this is not waited for. */
const PATIENCE_S = 30;

/** The command line as a process; the processor's time of all its threads, and the most memory it held. */
export class Commands {
  private readonly options: CommandOptions;

  constructor(options: CommandOptions) {
    this.options = options;
  }

  /** A file with this text so often. */
  write(name: string, text: string, times = 1): string {
    const file = path.join(this.options.folder, name);
    const opened = openSync(file, "w");
    for (let i = 0; i < times; i++) writeSync(opened, text);
    closeSync(opened);
    return file;
  }

  remove(file: string): void {
    rmSync(file);
  }

  /** `text` is what the files hold, or a part of it that is in them `times` times. */
  row(
    what: string,
    args: readonly string[],
    text: string,
    times: number,
    beside: (own: number) => string = () => "",
  ): Row {
    const peaks: number[] = [];
    const { seconds, ratio } = inTurns(this.options.rounds, text, () => {
      const cost = this.run(args);
      peaks.push(cost.peak);
      return cost.seconds;
    });
    const peak = Math.max(...peaks);
    return {
      what,
      figure: `${time(seconds)}, ${rounded(peak / MEGABYTE)} MiB`,
      ratio: ratio / times,
      memory: peak / (text.length * times),
      beside: beside(seconds),
    };
  }

  private run(args: readonly string[]): Cost {
    const usage = path.join(this.options.folder, "usage.json");
    const preload = path.resolve("test/server/protocol/usage.cjs");
    const { status } = spawnSync(
      process.execPath,
      ["--require", preload, this.options.cli, ...args],
      { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, USAGE_FILE: usage } },
    );
    if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
    return JSON.parse(readFileSync(usage, "utf8")) as Cost;
  }
}

/** Seconds of the processors; "missing" where there is no such program, "late" where it takes too long. */
type Other = Measured | "missing" | "late";

/** Another program on a file, measured as our own; bash knows what its children took. */
export function other(args: readonly string[], text: string, rounds: number): Other {
  const [program = ""] = args;
  if (spawnSync("bash", ["-c", `command -v ${program}`]).status !== 0) return "missing";
  let isLate = false;
  const measured = inTurns(rounds, text, () => {
    const seconds = isLate ? null : childTime(args);
    isLate ||= seconds === null;
    return seconds ?? Number.NaN;
  });
  return isLate ? "late" : measured;
}

function childTime(args: readonly string[]): number | null {
  const script = 'TIMEFORMAT="%U %S"; time timeout "$0" "$@"';
  const { stderr, status } = spawnSync("bash", ["-c", script, String(PATIENCE_S), ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status === 124) return null;
  const [user = 0, system = 0] = stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return user + system;
}

/** How our own time stands beside that of another. */
export function compared(name: string, found: Other, own: number): string {
  if (found === "missing") return `${name} is not installed`;
  if (found === "late") return `${name}: no end in ${PATIENCE_S} s`;
  return `${rounded(own / found.seconds)} × ${name} (${time(found.seconds)})`;
}
