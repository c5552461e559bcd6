import { expect, test } from "vitest";
import { type Ratios, recordedWith, regressions } from "./check";

const row = (ratio: number, memory: number | null = null) => ({
  what: "read, a log",
  figure: "60 MB/s",
  ratio,
  memory,
});

const none: Ratios = { tolerance: 1.25, runs: {} };
const ratios = recordedWith([[row(10, 2)], [row(8, 1.5)], [row(12, 2)]], "quick", none);

test("within the tolerance nothing is said", () => {
  expect(regressions([row(15.5, 2.6)], "quick", ratios)).toEqual([]);
});

test("what became slower or larger is named, with both figures", () => {
  expect(regressions([row(15.6, 2.7)], "quick", ratios)).toEqual([
    "read, a log: × a plain pass 15.6, recorded 10.0, at most 12.0",
    "read, a log: memory 2.70, recorded 2.00, at most 2.00",
  ]);
});

test("runs of another size are not compared", () => {
  expect(regressions([row(100)], "full", ratios)).toEqual([]);
});

test("recording a part keeps the rest", () => {
  const other = { ...row(3), what: "read, a fleet" };
  const { runs } = recordedWith([[other]], "quick", ratios);
  expect(Object.keys(runs.quick ?? {})).toEqual(["read, a log", "read, a fleet"]);
});

test("times that passed are neither recorded nor compared", () => {
  const wait = { ...row(3), what: "another text waits", isWait: true };
  const { runs } = recordedWith([[wait]], "quick", none);
  expect(runs.quick).toEqual({});
});
