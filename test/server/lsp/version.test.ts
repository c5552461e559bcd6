import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EditedDocument } from "../../../server/src/lsp/editedDocument";
import { Version } from "../../../server/src/lsp/version";
import { read } from "../../../server/src/read/read";
import { renewalOf } from "../../../server/src/read/renewal";
import { said } from "../read/said";

const fleet = readFileSync("examples/backtraces.save", "utf8").repeat(8);

test("a key that mends what the one before has damaged makes only a few lines be read again", () => {
  const document = new EditedDocument("file:///home/me/a.save", "backtrace", 1, fleet);
  const whole = new Version(document, null);
  expect(whole.reading.clean.mapping).toBeNull();
  const start = document.positionAt(fleet.indexOf("\n#7", fleet.length / 2) + 1);
  document.update([{ range: { start, end: start }, text: "x" }], 2);
  const damaged = new Version(document, whole);
  expect(damaged.reading.clean.mapping).not.toBeNull();
  const end = { line: start.line, character: start.character + 1 };
  document.update([{ range: { start, end }, text: "" }], 3);
  const mended = new Version(document, damaged);
  // Only what was put together out of two readings knows so much.
  expect(renewalOf(mended.reading)?.wholeLogs).not.toBeNull();
  expect(said(mended.reading)).toBe(said(read(fleet)));
});

test("a text that stays damaged reads as if it was read afresh", () => {
  const document = new EditedDocument("file:///home/me/a.save", "backtrace", 1, fleet);
  let version = new Version(document, null);
  expect(version.reading.clean.mapping).toBeNull();
  for (let next = 2; next < 25; next++) {
    const start = { line: 0, character: 0 };
    document.update([{ range: { start, end: start }, text: "> " }], next);
    version = new Version(document, version);
    expect(said(version.reading)).toBe(said(read(document.getText())));
  }
});
