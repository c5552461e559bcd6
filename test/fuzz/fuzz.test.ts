import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { corpus, notes } from "./corpus";
import { faultsOfDigest } from "./digestFaults";
import { edited, faultsOfEdits } from "./edits";
import { faultsOf } from "./examine";
import { mutated } from "./mutate";
import { faultsOfNewNotes, faultsOfNote } from "./noteFaults";

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

test("a short text is answered without a fault at every place of it", () => {
  const text = readFileSync("test/fuzz/failures/place-of-a-frame.txt", "utf8");
  const places = Array.from({ length: text.length + 1 }, (_, i) => i / text.length);
  expect(faultsOf([text], places)).toEqual([]);
});

test("a text that is edited reads as if it was read afresh", () => {
  fc.assert(
    fc.property(edited(corpus()), (each) => {
      expect(faultsOfEdits(each)).toEqual([]);
    }),
    { numRuns: 10, seed: 20261121, endOnFailure: true },
  );
});

test("a file that is damaged by chance has a digest without a fault", async () => {
  await fc.assert(
    fc.asyncProperty(mutated(corpus()), async (text) => {
      expect(await faultsOfDigest(text)).toEqual([]);
    }),
    { numRuns: 20, seed: 20261121, endOnFailure: true },
  );
});

test("notes that are damaged by chance are answered without a fault, and texts make whole notes", () => {
  const places = fc.array(place, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(mutated(notes()), places, (note, at) => {
      expect(faultsOfNote(note, at)).toEqual([]);
    }),
    { numRuns: 20, seed: 20261121, endOnFailure: true },
  );
  fc.assert(
    fc.property(mutated(corpus()), places, (text, at) => {
      expect(faultsOfNewNotes(text, at)).toEqual([]);
    }),
    { numRuns: 20, seed: 20261121, endOnFailure: true },
  );
});

const FAILURES = "test/fuzz/failures";

test.each(readdirSync(FAILURES))(
  "what once failed is answered without a fault: %s",
  async (name) => {
    const text = readFileSync(path.join(FAILURES, name), "utf8");
    const places = Array.from({ length: 20 }, (_, i) => i / 20);
    if (name.endsWith(".json")) expect(faultsOfEdits(JSON.parse(text))).toEqual([]);
    else if (name.endsWith(".md")) expect(faultsOfNote(text, places)).toEqual([]);
    else expect([...faultsOf([text], places), ...(await faultsOfDigest(text))]).toEqual([]);
  },
);
