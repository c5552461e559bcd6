import fc from "fast-check";
import { expect, test } from "vitest";
import { noteProposals } from "../../../server/src/features/noteDocuments/completion";
import { noteHover } from "../../../server/src/features/noteDocuments/hover";
import { LONGEST_FRONT } from "../../../server/src/notes/noteFile";
import { parseNote } from "../../../server/src/notes/parse";
import { FRAMES, teamNote } from "./teamNote";

test.each(["[", "{a: ", "- ", "? ", "&a [*a,", "{all: [", "{log: {fields: {"])(
  "front matter with %j in itself over and over is refused, not worked on for long",
  (piece) => {
    const most = Math.floor(LONGEST_FRONT / piece.length) - 10;
    const nested = `---\nid: x\nmatch: ${piece.repeat(most)}\n---\n`;
    expect(parseNote(nested).note).toBeNull();
    expect(() => noteProposals(nested, 20, [])).not.toThrow();
    expect(() => noteHover(parseNote(nested).file, 20, [])).not.toThrow();
    const longer = `---\nid: x\nmatch: ${piece.repeat(most * 8)}\n---\n`;
    expect(parseNote(longer).problems[0]?.message).toBe("The front matter is longer than 32 KB.");
  },
);

const pieces = fc.constantFrom(
  ..."id: |match:|frames|\n  |\n- |log: { |} |[|]|'|\"|: |*a|&a |?|#|---\n|\t|kind: segfault|\u0000|\u2028".split(
    "|",
  ),
  "|",
  "|\n",
);

test("whatever is typed into a note, it is read, completed and explained without failing", () => {
  const text = teamNote(FRAMES);
  fc.assert(
    fc.property(
      fc.nat(text.length),
      fc.nat(80),
      fc.array(pieces, { maxLength: 12 }),
      (at, gone, typed) => {
        const changed = text.slice(0, at) + typed.join("") + text.slice(at + gone);
        const offset = at + typed.join("").length;
        const { file, problems } = parseNote(changed);
        for (const { span } of problems) {
          expect(span.from).toBeGreaterThanOrEqual(0);
          expect(span.to).toBeGreaterThanOrEqual(span.from);
          expect(span.to).toBeLessThanOrEqual(changed.length);
        }
        const found = noteProposals(changed, Math.min(offset, changed.length), []);
        if (found) expect(changed.slice(found.span.from, found.span.to)).not.toContain("\n");
        noteHover(file, offset, []);
      },
    ),
    { numRuns: 300 },
  );
});
