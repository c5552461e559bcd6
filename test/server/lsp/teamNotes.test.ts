import { expect, test } from "vitest";
import { parseTold, TeamNotes } from "../../../server/src/lsp/teamNotes";
import { shipped } from "../../../server/src/notes/judge";
import { FRAMES, teamNote } from "../notes/teamNote";

const folder = "file:///shop/.backtrace-notes";

const told = (...notes: readonly (readonly [id: string, text: string, isTrusted?: boolean])[]) => ({
  files: notes.map(([id, text, isTrusted = true]) => ({
    uri: `${folder}/${id}.md`,
    text,
    isTrusted,
  })),
  folders: [],
  homes: [],
});

const note = teamNote(FRAMES);

test("without notes of the team the shipped ones are looked for", () => {
  expect(new TeamNotes().all()).toBe(shipped);
});

test("notes join, the first of two with one id, and take the place of shipped ones", () => {
  const notes = new TeamNotes();
  const first = shipped[0]?.id as string;
  notes.tell(
    told(
      ["our-checkout", note],
      ["again", note.replace("The checkout waits", "Another title")],
      [first, teamNote(FRAMES, "", first)],
      ["broken", note.replace("severity: hang", "")],
    ),
  );
  expect(notes.own().map(({ id, title }) => [id, title.slice(0, 12)])).toEqual([
    ["our-checkout", "The checkout"],
    [first, "The checkout"],
  ]);
  expect(notes.all()).toHaveLength(shipped.length + 1);
  expect(notes.uriOf("our-checkout")).toBe(`${folder}/our-checkout.md`);
  expect(notes.uriOf("nobody")).toBeNull();
});

test("it is known whether anything has changed, the trust included", () => {
  const notes = new TeamNotes();
  expect(notes.tell(told())).toBe(false);
  expect(notes.tell(told(["a", note, false]))).toBe(true);
  expect(notes.own()[0]?.isTrusted).toBe(false);
  expect(notes.tell(told(["a", note, false]))).toBe(false);
  expect(notes.tell(told(["a", note, true]))).toBe(true);
  expect(notes.own()[0]?.isTrusted).toBe(true);
  expect(notes.tell(told())).toBe(true);
});

test("there are limits", () => {
  const notes = new TeamNotes();
  const long = note + " ".repeat(256 << 10);
  notes.tell(
    told(["long", long], ...Array.from({ length: 2100 }, (_, i) => [`n${i}`, "x"] as const)),
  );
  expect(notes.takenIds().has("long")).toBe(false);
  expect(notes.takenIds().has("n1999")).toBe(true);
  expect(notes.takenIds().has("n2000")).toBe(false);
});

test.each([null, 3, "x", [], {}, { files: {}, folders: null, homes: [1] }])(
  "%j tells of no notes",
  (sent) => expect(parseTold(sent)).toEqual({ files: [], folders: [], homes: [] }),
);
