import fc from "fast-check";
import { expect, test } from "vitest";
import { PiecedText } from "../../../server/src/read/piecedText";

const letters = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 12 });
const edit = fc.record({ from: fc.nat(30), length: fc.nat(6), inserted: letters });

/** The same text as a string and in pieces. */
const edited = fc.tuple(letters, fc.array(edit, { maxLength: 8 })).map(([start, edits]) => {
  let text = start;
  let pieced = PiecedText.of(start);
  for (const { from, length, inserted } of edits) {
    const at = Math.min(from, text.length);
    const to = Math.min(at + length, text.length);
    text = text.slice(0, at) + inserted + text.slice(to);
    pieced = pieced.edited(at, to, inserted);
  }
  return { text, pieced };
});

test("a text in pieces answers as the text in one piece does", () => {
  fc.assert(
    fc.property(edited, letters, fc.nat(40), fc.nat(40), ({ text, pieced }, word, from, to) => {
      const wanted = word.slice(0, 3) || "a";
      expect(pieced.length).toBe(text.length);
      expect(pieced.slice(from, to)).toBe(text.slice(from, Math.max(from, to)));
      expect(pieced.charCodeAt(from)).toBe(text.charCodeAt(from));
      expect(pieced.indexOf(wanted, from)).toBe(text.indexOf(wanted, from));
      expect(pieced.lastIndexOf(wanted, from)).toBe(text.lastIndexOf(wanted, from));
      expect(pieced.lastIndexOf(wanted, -1)).toBe(text.lastIndexOf(wanted, -1));
      expect(pieced.includes(wanted)).toBe(text.includes(wanted));
      expect(pieced.toString()).toBe(text);
      expect(pieced.indexOf(wanted, from)).toBe(text.indexOf(wanted, from));
    }),
    { numRuns: 3000 },
  );
});

test("texts in pieces are the same where their characters are", () => {
  fc.assert(
    fc.property(edited, edited, ({ text, pieced }, other) => {
      expect(pieced.equals(PiecedText.of(text))).toBe(true);
      expect(pieced.equals(other.pieced)).toBe(text === other.text);
      expect(pieced.equals(PiecedText.of(`${text.slice(1)}c`))).toBe(false);
    }),
  );
  const long = "0123456789".repeat(20_000);
  const changed = PiecedText.of(long).edited(150_000, 150_001, "x");
  expect(changed.equals(PiecedText.of(long))).toBe(false);
  expect(changed.edited(150_000, 150_001, "0").equals(PiecedText.of(long))).toBe(true);
});

test("pieces do not pile up without end", () => {
  let pieced = PiecedText.of("x".repeat(2000));
  for (let at = 0; at < 2000; at++) pieced = pieced.edited(at, at + 1, "y");
  expect(pieced.toString()).toBe("y".repeat(2000));
});
