import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { corpus } from "./corpus";
import { faultsOf } from "./examine";
import { mutated } from "./mutate";

const place = fc.double({ min: 0, max: 1, noNaN: true });

// `npm run fuzz -- --minutes 10` looks further, each time elsewhere.
test("texts that were kept and then damaged by chance are answered without a fault", () => {
  const document = mutated(corpus());
  fc.assert(
    fc.property(
      fc.array(document, { minLength: 1, maxLength: 2 }),
      fc.array(place, { minLength: 1, maxLength: 3 }),
      (texts, places) => {
        expect(faultsOf(texts, places)).toEqual([]);
      },
    ),
    { numRuns: 60, seed: 20261121, endOnFailure: true },
  );
});

const FAILURES = "test/fuzz/failures";

test.each(existsSync(FAILURES) ? readdirSync(FAILURES) : [])(
  "what once failed is answered without a fault: %s",
  (name) => {
    const text = readFileSync(path.join(FAILURES, name), "utf8");
    const places = Array.from({ length: 20 }, (_, i) => i / 20);
    expect(faultsOf([text], places)).toEqual([]);
  },
);
