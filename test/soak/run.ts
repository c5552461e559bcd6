import { MEGABYTE } from "../bench/measure";
import { rounded } from "../bench/table";
import { mixedText } from "./document";
import { FEWEST_SAMPLES, isFlat, MARGIN, quarters, REMEMBERED } from "./memory";
import { type Sample, type SoakResult, soak } from "./soak";

// npm run soak: `--edits N` (2000) of a text of `--size MB` (10), from `--seed N` where a run is to be seen again.
// scripts/soak.mjs passes the folder of the bundled server. The exit code is 1 for any difference, failure or growing memory.

const [folder = "", ...args] = process.argv.slice(2);

function option(name: string, otherwise: number): number {
  const at = args.indexOf(name);
  const value = Number(args[at + 1]);
  return at >= 0 && Number.isFinite(value) ? value : otherwise;
}

void main();

async function main(): Promise<void> {
  const edits = option("--edits", 2000);
  const megabytes = option("--size", 10);
  const seed = option("--seed", Date.now() % 2 ** 31);
  console.log(`Seed ${seed}, ${edits} edits, ${megabytes} MB.\n`);
  console.log("| edits | live after collecting, MiB | × the text | resident, MiB |");
  console.log("|---|---|---|---|");
  const start = Date.now();
  const result = await soak({
    server: `${folder}/server.cjs`,
    text: mixedText(megabytes * MEGABYTE),
    edits,
    seed,
    compareEvery: Math.ceil(edits / 4),
    places: 200,
    measureEvery: Math.max(1, Math.floor(edits / 40)),
    onSample: print,
  });
  const seconds = (Date.now() - start) / 1000;
  console.log(`\n${rounded(seconds)} s, ${rounded(edits / seconds)} edits a second.`);
  process.exitCode = report(result) ? 0 : 1;
}

function print({ edits, live, length, resident }: Sample): void {
  const figures = [live / MEGABYTE, live / length, resident / MEGABYTE];
  console.log(`| ${[edits, ...figures.map((each) => each.toFixed(1))].join(" | ")} |`);
}

/** Says what came out; false where something is wrong. */
function report({ fault, samples }: SoakResult): boolean {
  if (fault !== null) console.error(fault);
  else console.log("The answers are those of a server that opened the text as it is at the end.");
  const isMemoryFlat = fault !== null || isFlat(samples);
  if (fault === null) console.log(memorySaid(isMemoryFlat, samples));
  return fault === null && isMemoryFlat;
}

function memorySaid(isMemoryFlat: boolean, samples: readonly Sample[]): string {
  if (samples.length < FEWEST_SAMPLES) return "Too few edits to say something of memory.";
  const [, second = 0, , last = 0] = quarters(samples).map((live) => rounded(live / MEGABYTE));
  const said = isMemoryFlat ? "Memory stays flat" : "Memory grows";
  const allowed = `${MARGIN} times as much or ${REMEMBERED / MEGABYTE} MiB more is allowed`;
  return `${said}: ${second} MiB live in the second quarter, ${last} MiB in the last (${allowed}).`;
}
