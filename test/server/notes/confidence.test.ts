import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { confidence } from "../../../server/src/notes/confidence";
import { canBeIn } from "../../../server/src/notes/versions";

const reason = fc.record({ says: fc.string(), weight: fc.double({ min: 0, max: 1, noNaN: true }) });
const reasons = fc.array(reason, { maxLength: 8 });
const assurance = fc.constantFrom("high" as const, "medium" as const, "low" as const);

describe("a confidence", () => {
  test("never falls with more evidence, nor rises with more against it", () => {
    fc.assert(
      fc.property(assurance, reasons, reasons, reason, (sure, pro, contra, more) => {
        const before = confidence(sure, pro, contra).confidence;
        expect(confidence(sure, [...pro, more], contra).confidence).toBeGreaterThanOrEqual(
          before - 1e-12,
        );
        expect(confidence(sure, pro, [...contra, more]).confidence).toBeLessThanOrEqual(
          before + 1e-12,
        );
      }),
    );
  });

  test("lies between 0 and what its author allows, and its last step is where it stands", () => {
    fc.assert(
      fc.property(assurance, reasons, reasons, (sure, pro, contra) => {
        const { confidence: result, steps } = confidence(sure, pro, contra);
        expect(result).toBeGreaterThanOrEqual(0);
        expect(result).toBeLessThanOrEqual({ high: 0.95, medium: 0.8, low: 0.55 }[sure]);
        if (steps.length > 0) expect(steps.at(-1)?.confidence).toBe(result);
      }),
    );
  });

  test("is nothing without evidence", () => {
    expect(confidence("high", [], []).confidence).toBe(0);
  });
});

describe("a proven version", () => {
  test.each([
    ["1.4.13", ">= 1.4.0 < 1.4.14", true],
    ["1.4.14", ">= 1.4.0 < 1.4.14", false],
    [">= 1.6-dev3 <= 1.7-dev1", ">= 1.5 < 1.7", true],
    ["< 2.23", ">= 2.30", false],
    ["2.4.62", "= 2.4.62", true],
  ])("%s among %s: %j", (proven, range, expected) => {
    expect(canBeIn(proven, range)).toBe(expected);
  });
});
