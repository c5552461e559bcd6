import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { confidence } from "../../../server/src/notes/confidence";
import { compareVersions, isInRange } from "../../../server/src/notes/versions";

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

describe("versions", () => {
  test.each([
    ["1.4.9", "1.4.13", -1],
    ["1.6-dev3", "1.6", -1],
    ["1.6", "1.6.0", 0],
    ["2.4.62", "2.4.7", 1],
    ["1.0.2k", "1.0.2", 1],
  ])("%s against %s", (one, other, order) => {
    expect(Math.sign(compareVersions(one, other))).toBe(order);
    expect(Math.sign(compareVersions(other, one))).toBe(order === 0 ? 0 : -order);
  });

  test("in a range of two limits", () => {
    expect(isInRange("1.4.13", ">= 1.4.0 < 1.4.14")).toBe(true);
    expect(isInRange("1.4.14", ">= 1.4.0 < 1.4.14")).toBe(false);
  });
});
