import notes from "knowledge:notes";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Condition } from "../../../server/src/match/condition";
import { judge } from "../../../server/src/notes/judge";
import type { Note } from "../../../server/src/notes/note";
import { parseNote } from "../../../server/src/notes/parse";
import { read } from "../../../server/src/read/read";

const FOLDER = "knowledge/notes";
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));
const parsed = files.map((name) => ({
  name,
  ...parseNote(readFileSync(`${FOLDER}/${name}`, "utf8")),
}));
const byId = new Map(notes.map((note) => [note.id, note]));

const suspected = (text: string) => judge([{ path: "sample", reading: read(text) }]).hypotheses;

describe.each(parsed)("the note $name", ({ name, note, file, problems }) => {
  test("is well formed and named after its id", () => {
    expect(problems).toEqual([]);
    expect(note?.id).toBe(name.slice(0, -3));
  });

  test("has a sample, and is the first to claim each", () => {
    expect(file.samples.length).toBeGreaterThan(0);
    for (const sample of file.samples) {
      expect(suspected(sample.text)[0]?.note.id).toBe(note?.id);
    }
  });

  test("has samples that only related notes claim too", () => {
    const claimed = file.samples.flatMap((sample) =>
      suspected(sample.text).map((each) => each.note),
    );
    const unrelated = claimed.filter((other) => note && !areRelated(note, other));
    expect(unrelated.map(({ id }) => id)).toEqual([]);
  });

  test("names only notes that exist as related", () => {
    expect(note?.related.filter((id) => !byId.has(id))).toEqual([]);
  });
});

/** The one names the other, or the other is one of the general notes that stand behind every particular one. */
const areRelated = (note: Note, other: Note): boolean =>
  note.id === other.id ||
  note.related.includes(other.id) ||
  other.related.includes(note.id) ||
  isGeneral(other.match);

/** A note that rests on findings alone speaks of what every text of its kind shows. */
function isGeneral(condition: Condition): boolean {
  if ("any" in condition) return condition.any.every(isGeneral);
  if ("all" in condition) return condition.all.every(isGeneral);
  return "finding" in condition || "none" in condition;
}

describe("the notes together", () => {
  test("have different matchers", () => {
    const matchers = notes.map((note) => JSON.stringify(note.match));
    const twice = matchers.filter((matcher, i) => matchers.indexOf(matcher) !== i);
    expect(twice).toEqual([]);
  });
});
