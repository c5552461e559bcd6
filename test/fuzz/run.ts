import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { shapes } from "../adversarial/shapes";
import { corpus } from "./corpus";
import { faultsOf } from "./examine";
import { mutated } from "./mutate";

// npm run fuzz: `--minutes N` of damaged documents, from `--seed N` where a run is to be seen again, or `--shapes MB`
// for each hostile shape in that size, in a process of its own. The exit code is 1 for any fault.

const [child = "", ...args] = process.argv.slice(2);

function option(name: string, otherwise: number): number {
  const at = args.indexOf(name);
  const value = Number(args[at + 1]);
  return at >= 0 && Number.isFinite(value) ? value : otherwise;
}

if (args.includes("--shapes")) runShapes(option("--shapes", 2));
else runMutations(option("--minutes", 1), option("--seed", Date.now() % 2 ** 31));

function runMutations(minutes: number, seed: number): void {
  const texts = corpus();
  const places = [0, 0.13, 0.37, 0.5, 0.71, 0.99];
  const end = Date.now() + minutes * 60_000;
  const begin = Date.now();
  let count = 0;
  let faults = 0;
  console.log(`Seed ${seed}, ${texts.length} kept texts, ${minutes} min.`);
  for (let round = 0; Date.now() < end; round++) {
    for (const text of fc.sample(mutated(texts), { numRuns: 20, seed: seed + round })) {
      const found = faultsIn(text, places);
      count++;
      if (found.length === 0) continue;
      faults++;
      console.log(`${keep(text, `${seed + round}-${count}`)}: ${found.slice(0, 3).join("; ")}`);
    }
  }
  const seconds = (Date.now() - begin) / 1000;
  console.log(
    `${count} documents, ${(count / seconds).toFixed(1)} a second, ${faults} with a fault.`,
  );
  process.exitCode = faults > 0 ? 1 : 0;
}

function faultsIn(text: string, places: readonly number[]): string[] {
  try {
    return faultsOf([text], places);
  } catch (error) {
    return [String((error as Error).stack)];
  }
}

/** Where the text is kept, as a fixture from now on. Halves of letters are lost in UTF-8; the seed has them. */
function keep(text: string, name: string): string {
  const folder = "test/fuzz/failures";
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.txt`);
  writeFileSync(file, text);
  return file;
}

/** Each in a process with little memory and a time that work that grows faster than the text does not end in. */
function runShapes(megabytes: number): void {
  const size = Math.floor(megabytes * 1_000_000);
  const memory = 400 + Math.ceil(60 * megabytes);
  let faults = 0;
  for (const name of shapes.keys()) {
    const begin = Date.now();
    let said = "ok";
    try {
      const output = execFileSync(
        process.execPath,
        [`--max-old-space-size=${memory}`, child, String(size), name],
        {
          encoding: "utf8",
          timeout: 30_000 + 30_000 * megabytes,
          stdio: ["ignore", "pipe", "ignore"],
        },
      );
      const { problems } = JSON.parse(output) as { problems: string[] };
      if (problems.length > 0) said = problems.join("; ");
    } catch (error) {
      said = (error as { signal?: string }).signal === "SIGTERM" ? "takes too long" : "fails";
    }
    if (said !== "ok") faults++;
    console.log(`${((Date.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${name}: ${said}`);
  }
  console.log(`${shapes.size} shapes of ${megabytes} MB, ${faults} with a fault.`);
  process.exitCode = faults > 0 ? 1 : 0;
}
