import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { shapes } from "../adversarial/shapes";
import { corpus, notes } from "./corpus";
import { edited, faultsOfEdits } from "./edits";
import { faultsOf } from "./examine";
import { mutated } from "./mutate";
import { faultsOfNewNotes, faultsOfNote } from "./noteFaults";

// npm run fuzz: `--minutes N` of damaged documents, from `--seed N` where a run is to be seen again, or `--shapes MB`
// for each hostile shape in that size, in a process of its own. The exit code is 1 for any fault.

const [child = "", ...args] = process.argv.slice(2);

function option(name: string, otherwise: number): number {
  const at = args.indexOf(name);
  const value = Number(args[at + 1]);
  return at >= 0 && Number.isFinite(value) ? value : otherwise;
}

/** What is tried, one after the other; the text of a failure is kept with this ending. */
interface Trial {
  readonly name: string;
  readonly ending: string;
  /** Faults of so many new tries. */
  readonly faults: (seed: number) => Iterable<{ readonly text: string; readonly found: string[] }>;
}

const PLACES = [0, 0.13, 0.37, 0.5, 0.71, 0.99];

function trials(): Trial[] {
  const texts = corpus();
  const [documents, damagedNotes, edits] = [mutated(texts), mutated(notes()), edited(texts)];
  const tries = <T>(name: string, ending: string, kind: Tries<T>): Trial => ({
    name,
    ending,
    *faults(seed) {
      for (const made of fc.sample(kind.of, { numRuns: kind.count, seed })) {
        yield { text: kind.text(made), found: orThrown(() => kind.faults(made)) };
      }
    },
  });
  const same = (text: string): string => text;
  const everywhere = (text: string) => faultsOf([text], everyPlace(text));
  return [
    tries("documents", "txt", {
      of: documents,
      count: 20,
      text: same,
      faults: (text) => [
        ...faultsOf([text], PLACES),
        ...faultsOfNewNotes(text, PLACES.slice(0, 2)),
      ],
    }),
    tries("documents, asked at every place", "txt", {
      of: documents.map((text) => text.slice(-SHORT)),
      count: 2,
      text: same,
      faults: everywhere,
    }),
    tries("edited documents", "json", {
      of: edits,
      count: 4,
      text: (made) => JSON.stringify(made),
      faults: faultsOfEdits,
    }),
    tries("notes", "md", {
      of: damagedNotes,
      count: 8,
      text: same,
      faults: (text) => faultsOfNote(text, PLACES),
    }),
  ];
}

interface Tries<T> {
  readonly of: fc.Arbitrary<T>;
  readonly count: number;
  readonly text: (made: T) => string;
  readonly faults: (made: T) => string[];
}

/** Of a text so long every place is asked about. */
const SHORT = 600;

const everyPlace = ({ length }: string): number[] =>
  Array.from({ length: length + 1 }, (_, i) => i / Math.max(1, length));

/** Whoever has so many to look at needs no more. */
const MOST_FAILURES = 20;

function runMutations(minutes: number, seed: number): void {
  const all = trials().map((trial) => ({ ...trial, count: 0, ms: 0, failed: 0 }));
  const end = Date.now() + minutes * 60_000;
  console.log(`Seed ${seed}, ${minutes} min.`);
  const failed = () => all.reduce((sum, each) => sum + each.failed, 0);
  for (let round = 0; Date.now() < end && failed() < MOST_FAILURES; round++) {
    for (const trial of all) {
      const begin = Date.now();
      for (const { text, found } of trial.faults(seed + round)) {
        trial.count++;
        if (found.length === 0) continue;
        trial.failed++;
        const file = keep(text, `${seed + round}-${trial.count}.${trial.ending}`);
        console.log(`${file}: ${found.slice(0, 3).join("; ").slice(0, 600)}`);
      }
      trial.ms += Date.now() - begin;
    }
  }
  for (const { name, count, ms, failed } of all) {
    const rate = ((count * 1000) / ms).toFixed(1);
    console.log(`${count} ${name}, ${rate} a second, ${failed} with a fault.`);
  }
  process.exitCode = failed() > 0 ? 1 : 0;
}

function orThrown(faults: () => string[]): string[] {
  try {
    return faults();
  } catch (error) {
    return [String((error as Error).stack)];
  }
}

/** Where the text is kept, as a fixture from now on. Halves of letters are lost in UTF-8; the seed has them. */
function keep(text: string, name: string): string {
  const folder = "test/fuzz/failures";
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
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

if (args.includes("--shapes")) runShapes(option("--shapes", 2));
else runMutations(option("--minutes", 1), option("--seed", Date.now() % 2 ** 31));
