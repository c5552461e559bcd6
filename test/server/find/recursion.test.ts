import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recursion } from "../../../server/src/find/recursion";
import { findCycle } from "../../../server/src/find/recursion/cycle";
import { badSpans, evidenceLines, found } from "./findings";
import { kept } from "./sources";

const stack = (functions: readonly string[]): string =>
  functions
    .map((name, i) => `#${i}  0x000000000040${1000 + (i % 7)} in ${name} () at a.c:${i + 1}`)
    .join("\n");

describe("a crash in a recursion", () => {
  test.each([
    [1, ["walk"], 23, "walk calls itself 23 times in a stack of 24 frames"],
    [
      2,
      ["even", "odd"],
      11,
      "2 functions call each other 11 times in a stack of 24 frames: even, odd",
    ],
    [
      3,
      ["term", "expression", "factor"],
      7,
      "3 functions call each other 7 times in a stack of 24 frames: term, expression, factor",
    ],
  ])("through %i functions", (period, functions, repeats, summary) => {
    const [finding, ...others] = found(recursion, kept(`gdb/13.1/cycles-${period}.txt`));
    expect(others).toEqual([]);
    expect(finding?.values).toMatchObject({
      functions,
      function: functions[0],
      period,
      repeats,
      depth: 24,
    });
    expect(finding?.summary).toBe(summary);
    const lines = evidenceLines(finding);
    expect(lines.length).toBe(period + 1);
    expect(lines[0]).toContain(` in ${functions[0]} `);
    expect(lines.at(-1)).toContain(` in ${functions.at(-1)} `);
    expect(badSpans([finding!])).toEqual([]);
  });

  test("counts the frames that a short backtrace leaves out", () => {
    const [finding] = found(recursion, kept("gdb/13.1/recurse.txt"));
    expect(finding?.values).toMatchObject({ depth: 7708, period: 1 });
    expect(finding?.summary).toMatch(
      / calls itself at least \d+ times in a stack of 7,?708 frames$/,
    );
  });

  test("is one finding for all threads and texts, told of the deepest stack", () => {
    const texts = [5, 9, 7].map((repeats) =>
      stack([...Array.from({ length: repeats * 2 }, (_, i) => (i % 2 ? "ping" : "pong")), "main"]),
    );
    const turned = stack([
      ...Array.from({ length: 11 }, (_, i) => (i % 2 ? "pong" : "ping")),
      "main",
    ]);
    const findings = found(recursion, ...texts, turned);
    expect(findings.map(({ values }) => values)).toMatchObject([
      { functions: ["pong", "ping"], repeats: 9, depth: 19, threads: 4, processes: 4 },
    ]);
  });
});

describe("no recursion", () => {
  test.each(["mutexes-terminal", "args", "mt-core", "smash"])("in %s", (name) => {
    expect(found(recursion, kept(`gdb/13.1/${name}.txt`))).toEqual([]);
  });

  test("in a long stack of different functions, however often they come back", () => {
    expect(found(recursion, stack(Array.from({ length: 300 }, (_, i) => `f${i}`)))).toEqual([]);
    const uneven = Array.from({ length: 200 }, (_, i) =>
      Math.sqrt(i) % 1 === 0 ? "visit" : `step${i}`,
    );
    expect(found(recursion, stack(uneven))).toEqual([]);
  });

  test("in three calls, or in frames without a name", () => {
    expect(found(recursion, stack(["f", "f", "f", "main"]))).toEqual([]);
    expect(found(recursion, stack(["??", "??", "??", "??", "??", "??", "main"]))).toEqual([]);
    expect(found(recursion, stack(["f", "f", "f", "f", "main"]))[0]?.values.repeats).toBe(4);
  });
});

describe("findCycle", () => {
  test("finds the cycle that a stack was made of", () => {
    const parts = fc.record({
      period: fc.integer({ min: 1, max: 32 }),
      repeats: fc.integer({ min: 4, max: 9 }),
      inner: fc.integer({ min: 0, max: 5 }),
      outer: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(parts, ({ period, repeats, inner, outer }) => {
        const made = Array.from({ length: period * repeats }, (_, i) => i % period);
        const around = (length: number, from: number) => Array.from({ length }, (_, i) => from + i);
        const functions = [...around(inner, 1000), ...made, ...around(outer, 2000)];
        expect(findCycle(functions, -1)).toEqual({ from: inner, period, repeats });
      }),
    );
  });

  test("looks at each function a bounded number of times", () => {
    const looked = (length: number): number => {
      let count = 0;
      const functions = new Proxy(
        Array.from({ length }, (_, i) => i % 33),
        {
          get: (target, name) => {
            count++;
            return Reflect.get(target, name);
          },
        },
      );
      findCycle(functions, -1);
      return count;
    };
    expect(looked(8000)).toBeLessThanOrEqual(8000 * 32 * 4);
  });
});
