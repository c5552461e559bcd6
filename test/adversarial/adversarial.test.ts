import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { esbuildKnowledge } from "../../scripts/knowledge.mjs";
import { MOST_OF_A_KIND } from "../../server/src/find/limited";
import { answersAt, wholeAnswers } from "./answers";
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
  const outcome = wholePipeline([shape(6000)]);
  const source = outcome.sources[0];
  if (source === undefined) throw new Error("The text was lost.");
  const { length } = source.reading.text;
  const said = [0, length >> 1, length - 2].map((at) => answersAt(outcome, source, at));
  expect(problemsOf(outcome, [wholeAnswers(outcome, source), ...said])).toEqual([]);
});

/** Those that a mistake made slow once, and those with most of something. `npm run fuzz -- --shapes` takes all of them. */
const GREAT = [
  "< among arguments",
  "blanks in a function's name",
  "frames counted backwards",
  "one deep stack of ever other functions",
  "ever other crashed processes",
  "ever other locks",
  "ever other backends",
  "ever other children that died, on one line",
  "nothing a line",
];

// A process of its own has a limit of memory, and its time is one that quadratic work does not come to an end in.
test("great texts take neither the memory nor the time of work that grows faster than they do", () => {
  const output = execFileSync(
    process.execPath,
    ["--max-old-space-size=400", child, String(400_000), ...GREAT],
    { encoding: "utf8", timeout: 240_000 },
  );
  const answers = output
    .trimEnd()
    .split("\n")
    .map((line): { name: string; most: number; problems: string[] } => JSON.parse(line));
  expect(answers.map(({ name }) => name)).toEqual(GREAT);
  expect(answers.flatMap(({ problems }) => problems)).toEqual([]);
  expect(Math.max(...answers.map(({ most }) => most))).toBe(MOST_OF_A_KIND);
}, 250_000);
