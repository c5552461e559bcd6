import fc from "fast-check";
import { expect, test } from "vitest";
import { changeBetween } from "../../../server/src/read/change";

const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom("a".repeat(70_000), `${"ab".repeat(70_000)}\n`),
);

test("what stands between the common beginning and the common end makes one text of the other", () => {
  fc.assert(
    fc.property(text, text, text, text, (start, old, renewed, end) => {
      const [before, after] = [start + old + end, start + renewed + end];
      const { from, to, inserted } = changeBetween(before, after);
      expect(from).toBeLessThanOrEqual(to);
      expect(before.slice(0, from) + inserted + before.slice(to) === after).toBe(true);
      expect(to - from).toBeLessThanOrEqual(old.length);
    }),
    { numRuns: 200 },
  );
});

test("nothing changed is no change", () => {
  expect(changeBetween("same", "same")).toEqual({ from: 4, to: 4, inserted: "" });
});
