import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Position,
  TextDocument,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver-textdocument";
import { EditedDocument } from "../../../server/src/lsp/editedDocument";

const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\r\n"), maxLength: 20 });
const position = fc.record({ line: fc.nat(8), character: fc.nat(6) });
const change = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ range: fc.record({ start: position, end: position }), text }),
  },
  { weight: 1, arbitrary: fc.record({ text }) },
);

type Edit = TextDocumentContentChangeEvent;

function inside(document: TextDocument, edit: Edit): Edit {
  if (!("range" in edit)) return edit;
  const valid = (place: Position) => document.positionAt(document.offsetAt(place));
  const { start, end } = edit.range;
  return { text: edit.text, range: { start: valid(start), end: valid(end) } };
}

test("has the text and the positions that the library's documents have", () => {
  fc.assert(
    fc.property(
      text,
      fc.array(change, { maxLength: 8 }),
      fc.array(position, { minLength: 5 }),
      (start, edits, positions) => {
        const theirs = TextDocument.create("file:///a", "backtrace", 1, start);
        const ours = new EditedDocument("file:///a", "backtrace", 1, start);
        for (const [i, edit] of edits.entries()) {
          // With lines known or not.
          if (i % 2 === 0) ours.positionAt(0);
          // The library's document loses count of lines after a place that is not in the text; editors name none.
          const valid = [inside(theirs, edit)];
          TextDocument.update(theirs, valid, i + 2);
          ours.update(valid, i + 2);
        }
        expect(ours.version).toBe(theirs.version);
        for (const place of positions) expect(ours.offsetAt(place)).toBe(theirs.offsetAt(place));
        for (let at = -1; at <= theirs.getText().length + 1; at++)
          expect(ours.positionAt(at)).toEqual(theirs.positionAt(at));
        expect(ours.getText()).toBe(theirs.getText());
        expect(ours.lineCount).toBe(theirs.lineCount);
        const [from = { line: 0, character: 0 }, to = from] = positions;
        const range = { start: from, end: to };
        if (theirs.offsetAt(from) <= theirs.offsetAt(to))
          expect(ours.getText(range)).toBe(theirs.getText(range));
      },
    ),
    { numRuns: 3000 },
  );
});

test("knows the one edit that made a version of an older one", () => {
  fc.assert(
    fc.property(
      text,
      fc.array(change, { maxLength: 8 }),
      fc.nat(8),
      fc.nat(8),
      (start, edits, a, b) => {
        const document = new EditedDocument("file:///a", "backtrace", 0, start);
        const versions = [start];
        for (const [i, edit] of edits.entries()) {
          document.update([edit], i + 1);
          versions.push(document.getText());
        }
        const [older, newer] = [
          Math.min(a, b, edits.length),
          Math.min(Math.max(a, b), edits.length),
        ];
        const [one, other] = [versions[older] as string, versions[newer] as string];
        const known = document.changeBetween(older, newer);
        if (known === null) throw new Error("So few edits are not forgotten.");
        const { from, to, end } = known;
        expect(one.slice(0, from) + other.slice(from, end) + one.slice(to)).toBe(other);
      },
    ),
    { numRuns: 3000 },
  );
});

test("says that it has forgotten an edit that is too long ago", () => {
  const document = new EditedDocument("file:///a", "backtrace", 0, "");
  const start = { line: 0, character: 0 };
  for (let version = 1; version <= 1200; version++)
    document.update([{ range: { start, end: start }, text: "x" }], version);
  expect(document.changeBetween(100, 1200)).toBeNull();
  expect(document.changeBetween(1199, 1200)).toEqual({ from: 0, to: 0, end: 1 });
  expect(document.changeBetween(1200, 1200)).toEqual({ from: 0, to: 0, end: 0 });
});
