import fc from "fast-check";
import { expect, test } from "vitest";
import {
  FAULT_PHRASES,
  type FaultPhrase,
  plainKind,
  readFault,
} from "../../../server/src/read/kernel/userFault";
import type { Problem } from "../../../server/src/read/model";
import { fixture } from "./logs";

/** The faults of a capture, without their stamps. */
const FAULTS = fixture("kernel/dmesg-segfaults.txt")
  .split("\n")
  .filter((line) => FAULT_PHRASES.some((phrase) => line.includes(phrase)))
  .map((line) => line.slice(line.indexOf("] ") + 2));

const phraseOf = (line: string): FaultPhrase | undefined =>
  FAULT_PHRASES.find((phrase) => line.includes(phrase));

function kinds(line: string) {
  const phrase = phraseOf(line);
  if (phrase === undefined) return null;
  const problems: Problem[] = [];
  const whole = readFault(line, phrase, { from: 0, to: line.length }, problems);
  return { plain: plainKind(line, 0, line.length, phrase), whole: whole?.kind ?? null, problems };
}

test("faults as the kernel prints them are told at a glance", () => {
  expect(FAULTS.length).toBeGreaterThan(20);
  for (const line of FAULTS) expect([line, kinds(line)?.plain]).toEqual([line, kinds(line)?.whole]);
});

const change = fc.record({
  part: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.nat(3),
  inserted: fc.constantFrom(
    "",
    " ",
    "f",
    "0",
    "[",
    "]",
    ":",
    "g",
    "é",
    "00000000000000000",
    "traps: ",
  ),
});

test("what is told at a glance is what a closer look tells, and nothing is wrong with it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...FAULTS),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (fault, changes) => {
        let line = fault;
        for (const { part, length, inserted } of changes) {
          const at = Math.floor(part * line.length);
          line = line.slice(0, at) + inserted + line.slice(at + length);
        }
        const told = kinds(line);
        if (told === null || told.plain === null) return;
        expect([line, told.whole, told.problems]).toEqual([line, told.plain, []]);
      },
    ),
    { numRuns: 3000 },
  );
});
