import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MEGABYTE } from "../bench/measure";
import { randomNumbers } from "../bench/random";
import { bundleServer } from "../server/protocol/bundle";
import { mixedText } from "./document";
import { Typist } from "./edits";
import { isFlat, quarters } from "./memory";
import { soak } from "./soak";

// The small version of npm run soak.

let server: { file: string; remove: () => void };

beforeAll(async () => {
  server = await bundleServer();
});
afterAll(() => server.remove());

test("after sixty edits the server answers as one that opened the text as it is then", async () => {
  const { fault, samples } = await soak({
    server: server.file,
    text: mixedText(50_000),
    edits: 60,
    seed: 6,
    compareEvery: 60,
    places: 30,
    measureEvery: 60,
    onSample: () => {},
  });
  expect(fault).toBeNull();
  expect(samples).toHaveLength(1);
});

test("a text that is edited at random keeps its size, and is the same for the same seed", () => {
  const before = mixedText(200_000);
  const ends = [3, 3, 4].map((seed) => {
    let text = before;
    const typist = new Typist(randomNumbers(seed), text.length);
    for (let count = 0; count < 300; count++) {
      const { from, to, inserted } = typist.next(text);
      text = text.slice(0, from) + inserted + text.slice(to);
    }
    return text;
  });
  expect(ends[0]).toBe(ends[1]);
  expect(ends[0]).not.toBe(ends[2]);
  for (const { length } of ends) expect(Math.abs(length / before.length - 1)).toBeLessThan(0.05);
});

describe("memory", () => {
  const run = (megabytes: (edits: number) => number) =>
    Array.from({ length: 40 }, (_, edits) => ({
      edits,
      live: megabytes(edits) * MEGABYTE,
      length: 1000,
      resident: 0,
      until: 0,
      from: 0,
    }));

  test("is flat where only the beginning of a run adds to it", () => {
    const samples = run((edits) => 10 * Math.min(edits, 8));
    expect(quarters(samples).map((live) => live / MEGABYTE)).toEqual([40, 80, 80, 80]);
    expect(isFlat(samples)).toBe(true);
  });

  test("may grow by what is remembered of any text", () => {
    expect(isFlat(run((edits) => 20 + edits / 2))).toBe(true);
  });

  test("grows where each edit leaves something", () => {
    expect(isFlat(run((edits) => 100 + edits))).toBe(false);
  });
});
