import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { foldSteps, folds } from "../../../server/src/features/folding";
import { unwrap } from "../../../server/src/features/format";
import { highlightSteps, highlights } from "../../../server/src/features/highlights";
import { lenses } from "../../../server/src/features/lenses";
import { linkSteps, sourceLinks } from "../../../server/src/features/links";
import { symbolSteps, symbols } from "../../../server/src/features/symbols";
import type { Reading } from "../../../server/src/read/model";
import { place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { atOnce, type Steps } from "../../../server/src/read/steps";
import { copies } from "../../bench/copies";
import { damagedFleet } from "../../bench/texts";

const fixture = (path: string): string => readFileSync(path, "utf8");

/** Each with the answers that look at all of it. */
const TEXTS = [
  ["a fleet", fixture("examples/backtraces.save"), [foldSteps, symbolSteps, lenses.steps]],
  ["bt full", fixture("test/fixtures/gdb/13.1/mt-run.txt"), [foldSteps, linkSteps, lenses.steps]],
  [
    "Apache's log",
    fixture("test/fixtures/apache/event-2.4.71.error.log"),
    [foldSteps, symbolSteps, lenses.steps],
  ],
] as const;

function countSteps(steps: Steps<unknown>): number {
  let count = 1;
  while (!steps.next().done) count++;
  return count;
}

const thingsIn = ({ records, processes }: Reading): number =>
  records.length + processes.flatMap(({ threads }) => threads).length;

/** No step looks at more threads and entries. */
const MOST_IN_STEP = 256;

describe.each(TEXTS)("what an editor draws in %s", (_, one, answers) => {
  const text = copies(one, Math.ceil(300_000 / one.length));

  test("is worked out in steps, the more of them the longer the text is", () => {
    for (const answer of answers) {
      const reading = read(text);
      expect(countSteps(answer(reading))).toBeGreaterThan(thingsIn(reading) / MOST_IN_STEP);
    }
  });

  test("is the same in steps and at once", () => {
    const [first, second] = [read(text), read(text)];
    expect(atOnce(foldSteps(first))).toEqual(folds(second));
    expect(atOnce(symbolSteps(first))).toEqual(symbols(second));
    expect(atOnce(linkSteps(first))).toEqual(sourceLinks(second));
    expect(atOnce(lenses.steps(first))).toEqual(lenses(second));
  });
});

test("highlights of a function and the unwrapping of a text are worked out in steps", () => {
  const text = copies(fixture("examples/backtraces.save"), 20);
  const at = text.indexOf("apc_pthreadmutex_lock");
  const highlighted = countSteps(highlightSteps(read(text), at));
  expect(highlighted).toBeGreaterThan(highlights(read(text), at).length / MOST_IN_STEP);
  const damaged = read(damagedFleet(200_000));
  const frames = damaged.processes.flatMap(({ threads }) => threads.flatMap((it) => it.frames));
  expect(countSteps(unwrap.steps(damaged))).toBeGreaterThan(frames.length / MOST_IN_STEP);
  expect(unwrap(damaged).length).toBeGreaterThan(frames.length / 2);
});

/** The lines on which the regions begin and end, without those of one line. */
function foldedLines(text: string): string[] {
  const reading = read(text);
  const lineOf = (offset: number): number => text.slice(0, offset).split(/\r\n|[\n\r]/).length;
  return folds(reading)
    .map(({ span }) => place(reading, span))
    .map(({ from, to }) => [lineOf(from), lineOf(to)] as const)
    .filter(([first, last]) => first < last)
    .map(([first, last]) => `${first}-${last}`);
}

test("carriage returns end lines for folds, too", () => {
  const text =
    "Thread 1 (LWP 7):\n#0  0x1 in a (x=1,\n    y=2) at a.c:1\n#1  0x2 in b () at b.c:2\n";
  expect(foldedLines(text)).toContain("2-3");
  expect(foldedLines(text.replaceAll("\n", "\r\n"))).toEqual(foldedLines(text));
});
