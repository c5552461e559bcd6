import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { esbuildKnowledge } from "../../scripts/knowledge.mjs";
import { MOST_OF_A_KIND } from "../../server/src/find/limited";
import { answersAt, wholeAnswers } from "./answers";
import type { Told } from "./child";
import { problemsOf } from "./invariants";
import { wholePipeline } from "./pipeline";
import { shapes } from "./shapes";

const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));
const child = path.join(folder, "child.cjs");

beforeAll(async () => {
  await build({
    entryPoints: ["test/adversarial/child.ts"],
    outfile: child,
    bundle: true,
    platform: "node",
    target: "node20",
    plugins: [esbuildKnowledge],
    logLevel: "error",
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each([...shapes])("a text of %s is answered without a fault", (_, shape) => {
  const outcome = wholePipeline([shape(3000)]);
  const source = outcome.sources[0];
  if (source === undefined) throw new Error("The text was lost.");
  const { length } = source.reading.text;
  const said = [0, length >> 1, length - 2].map((at) => answersAt(outcome, source, at));
  expect(problemsOf(outcome, [wholeAnswers(outcome, source), ...said])).toEqual([]);
});

/**
 * Those that a mistake made slow once, those with most of something, and what is known to be in the world: 300,000 frames
 * in one stack, a log that a blog glued together, a line of 50 MB. `npm run fuzz -- --shapes` takes all shapes.
 */
const GREAT: Readonly<Record<string, number>> = {
  "< among arguments": 400_000,
  "blanks in a function's name": 400_000,
  "frames counted backwards": 400_000,
  "ever other crashed processes": 400_000,
  "ever other locks": 400_000,
  "ever other backends": 400_000,
  "ever other children that died, on one line": 400_000,
  "ever other crashes in the kernel's log, on one line": 20_000_000,
  "nothing a line": 400_000,
  "one letter a line": 2_000_000,
  "a deep stack of short frames": 4_200_000,
  "old entries glued to one line": 7_500_000,
  words: 50_000_000,
};

// A process of its own has a limit of memory, and its time is one that quadratic work does not come to an end in.
test("great texts take neither the memory nor the time of work that grows faster than they do", () => {
  const asked = Object.entries(GREAT).flatMap(([name, size]) => [String(size), name]);
  const output = execFileSync(process.execPath, ["--max-old-space-size=800", child, ...asked], {
    encoding: "utf8",
    timeout: 400_000,
  });
  const told = output
    .trimEnd()
    .split("\n")
    .map((line): Told => JSON.parse(line));
  expect(told.map(({ name }) => name)).toEqual(Object.keys(GREAT));
  expect(told.flatMap(({ problems }) => problems)).toEqual([]);
  expect(Math.max(...told.map(({ most }) => most))).toBe(MOST_OF_A_KIND);
  expect(Math.max(...told.map(({ frames }) => frames))).toBeGreaterThan(300_000);
  expect(Math.max(...told.map(({ records }) => records))).toBeGreaterThan(200_000);
}, 450_000);
