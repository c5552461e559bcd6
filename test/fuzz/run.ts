import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import type { Told } from "../adversarial/child";
import { shapes } from "../adversarial/shapes";
import { corpus, notes } from "./corpus";
import { faultsOfDigest } from "./digestFaults";
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
  readonly faults: (seed: number) => AsyncIterable<Tried>;
}

interface Tried {
  readonly text: string;
  readonly found: readonly string[];
}

const PLACES = [0, 0.13, 0.37, 0.5, 0.71, 0.99];

function trials(): Trial[] {
  const texts = corpus();
  const [documents, damagedNotes, edits] = [mutated(texts), mutated(notes()), edited(texts)];
  const tries = <T>(name: string, ending: string, kind: Tries<T>): Trial => ({
    name,
    ending,
    async *faults(seed) {
      for (const made of fc.sample(kind.of, { numRuns: kind.count, seed })) {
        yield { text: kind.text(made), found: await orThrown(() => kind.faults(made)) };
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
    tries("digests", "txt", { of: documents, count: 4, text: same, faults: faultsOfDigest }),
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
  readonly faults: (made: T) => string[] | Promise<string[]>;
}

/** Of a text so long every place is asked about. */
const SHORT = 600;

const everyPlace = ({ length }: string): number[] =>
  Array.from({ length: length + 1 }, (_, i) => i / Math.max(1, length));

/** Whoever has so many to look at needs no more. */
const MOST_FAILURES = 20;

async function runMutations(minutes: number, seed: number): Promise<void> {
  const all = trials().map((trial) => ({ ...trial, count: 0, ms: 0, failed: 0 }));
  const end = Date.now() + minutes * 60_000;
  console.log(`Seed ${seed}, ${minutes} min.`);
  const failed = () => all.reduce((sum, each) => sum + each.failed, 0);
  for (let round = 0; Date.now() < end && failed() < MOST_FAILURES; round++) {
    for (const trial of all) {
      const begin = Date.now();
      for await (const { text, found } of trial.faults(seed + round)) {
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

async function orThrown(faults: () => string[] | Promise<string[]>): Promise<string[]> {
  try {
    return await faults();
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

/** Four times the text may be so many times the work; what grows faster than the text makes sixteen of it. */
const MOST_GROWTH = 9;

/** Less work than this, in milliseconds, says nothing about its growth. */
const LEAST_WORK = 500;

/** Each in a process with little memory and a time that work that grows faster than the text does not end in. */
function runShapes(megabytes: number): void {
  let faults = 0;
  for (const name of shapes.keys()) {
    const { said, work, growth } = tried(name, megabytes);
    if (said !== "ok") faults++;
    const numbers = `${(work / 1000).toFixed(1).padStart(6)} s  x${growth.toFixed(1)}`;
    console.log(`${numbers}  ${name}: ${said}`);
  }
  console.log(`${shapes.size} shapes of ${megabytes} MB, ${faults} with a fault.`);
  process.exitCode = faults > 0 ? 1 : 0;
}

/** Small first, so that the other two are worked on by a program that is warm. */
function tried(name: string, megabytes: number) {
  const sizes = [16, 4, 1].map((part) => Math.floor((megabytes * 1_000_000) / part));
  const asked = sizes.flatMap((size) => [String(size), name]);
  try {
    const output = execFileSync(
      process.execPath,
      [`--max-old-space-size=${400 + Math.ceil(120 * megabytes)}`, child, ...asked],
      {
        encoding: "utf8",
        timeout: 60_000 + 60_000 * megabytes,
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    const told = output
      .trimEnd()
      .split("\n")
      .map((line): Told => JSON.parse(line));
    const [before, work] = told.slice(-2).map((each) => each.work) as [number, number];
    const growth = work / Math.max(1, before);
    const problems = told.flatMap((each) => each.problems);
    if (work > LEAST_WORK && growth > MOST_GROWTH) problems.push("the work outgrows the text");
    return { said: problems.join("; ") || "ok", work, growth };
  } catch (error) {
    const isLate = (error as { signal?: string }).signal === "SIGTERM";
    return { said: isLate ? "takes too long" : "fails", work: 0, growth: 0 };
  }
}

if (args.includes("--shapes")) runShapes(option("--shapes", 2));
else void runMutations(option("--minutes", 1), option("--seed", Date.now() % 2 ** 31));
