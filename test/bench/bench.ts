import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { type Ratios, recordedWith, regressions } from "./check";
import { commandRows } from "./commandRows";
import { editorRows, responsiveness } from "./editor";
import { MEGABYTE } from "./measure";
import { readerRows } from "./reader";
import { HEAD, type Row, toLine } from "./table";
import { apacheLog, cleanFleet, fullBacktraces, kernelSyslog } from "./texts";

// npm run bench: --quick with smaller texts, --large with 1 GB, --only reader|commands|editor, --rounds N,
// --check against the recorded ratios, --record those of three runs. scripts/bench.mjs passes the bundled programs and a folder.

const [folder = "", ...args] = process.argv.slice(2);
const isQuick = args.includes("--quick");
const only = option("--only");
const RATIOS = "test/bench/ratios.json";
const run = isQuick ? "quick" : "full";

function option(name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

const rounds = (usual: number): number => Number(option("--rounds") ?? usual);

async function* rows(): AsyncGenerator<Row> {
  const isWanted = (part: string) => only === undefined || part === only;
  if (isWanted("reader")) yield* readerRows((isQuick ? 4 : 20) * MEGABYTE, rounds(5));
  if (isWanted("commands")) {
    const options = { cli: `${folder}/cli.cjs`, folder, rounds: rounds(isQuick ? 1 : 3) };
    yield* commandRows(isQuick ? 20 : 100, args.includes("--large"), options);
  }
  if (isWanted("editor")) yield* editor();
}

async function* editor(): AsyncGenerator<Row> {
  const options = {
    server: `${folder}/server.cjs`,
    rounds: rounds(1),
    strokes: isQuick ? 40 : 200,
  };
  const size = (isQuick ? 2 : 10) * MEGABYTE;
  const texts: [string, string][] = [
    ["clean fleet", cleanFleet(size)],
    ["bt full", fullBacktraces(size)],
    ["Apache log", apacheLog(size)],
    ["kernel log in syslog", kernelSyslog(size)],
  ];
  for (const [name, text] of texts) {
    yield* await editorRows(name, text, options);
    yield await responsiveness(name, text, cleanFleet(0), options);
  }
}

void main();

async function main(): Promise<void> {
  const gigabytes = Math.round(os.totalmem() / (1 << 30));
  console.log(`${os.availableParallelism()} cores, ${gigabytes} GB, Node ${process.version}\n`);
  const measured = await table();
  const ratios = JSON.parse(readFileSync(RATIOS, "utf8")) as Ratios;
  if (args.includes("--check")) {
    const worse = regressions(measured, run, ratios);
    for (const line of worse) console.error(line);
    process.exitCode = worse.length > 0 ? 1 : 0;
  }
  if (args.includes("--record")) {
    const runs = [measured];
    while (runs.length < RECORDED_RUNS) runs.push(await table());
    const text = JSON.stringify(recordedWith(runs, run, ratios), null, 2);
    writeFileSync(RATIOS, `${text}\n`);
  }
}

/** Several runs tell how far the rows scatter. */
const RECORDED_RUNS = 3;

async function table(): Promise<Row[]> {
  console.log(HEAD);
  const measured: Row[] = [];
  for await (const row of rows()) {
    measured.push(row);
    console.log(toLine(row));
  }
  console.log();
  return measured;
}
