import { expect, test } from "vitest";
import { findAll } from "../../../server/src/find/find";
import type { Finder, Finding } from "../../../server/src/find/finding";
import { MOST_OF_A_KIND } from "../../../server/src/find/limited";
import { judge, shipped } from "../../../server/src/notes/judge";
import type { Note } from "../../../server/src/notes/note";
import { kept, source } from "./sources";

const text = source(kept("gdb/6.8/apache-apc.txt"));

const broken: Finder = () => {
  throw new TypeError("the secret text of the document");
};

const finding = (kind: string, number: number): Finding => ({
  kind,
  summary: `${kind} ${number}`,
  values: { number },
  evidence: [{ source: text, span: { from: 0, to: 1 }, says: "x" }],
});

test("a finder that fails costs its own findings, and is named", () => {
  const failures: string[] = [];
  const found = findAll([text], (part) => failures.push(part), {
    one: () => [finding("one", 1)],
    broken,
    other: () => [finding("other", 1)],
  });
  expect(found.map(({ kind }) => kind)).toEqual(["one", "other"]);
  expect(failures).toEqual(["finding broken"]);
});

test("a failure that nobody takes is heard of", () => {
  expect(() => findAll([text], undefined, { broken })).toThrow(TypeError);
});

test("a note that fails costs its own hypothesis, and is named", () => {
  const bad = { ...shipped[0], id: "bad", match: null } as unknown as Note;
  const failures: string[] = [];
  const { hypotheses } = judge([text], [bad, ...shipped], (part) => failures.push(part));
  expect(hypotheses).toEqual(judge([text]).hypotheses);
  expect(hypotheses).not.toEqual([]);
  expect(failures).toEqual(["note bad"]);
});

test("of a kind with a great many findings the first are kept, and the rest is counted", () => {
  const many = Array.from({ length: MOST_OF_A_KIND + 7 }, (_, i) => finding("many", i));
  const found = findAll([text], undefined, { mixed: () => [finding("few", 0), ...many] });
  expect(found).toHaveLength(MOST_OF_A_KIND + 2);
  expect(found.slice(0, 2).map(({ kind }) => kind)).toEqual(["few", "many"]);
  const rest = found.at(-1);
  expect(rest?.values).toEqual({ kind: "many", count: 7 });
  expect(rest?.summary).toBe("7 more findings of the kind many left out.");
  expect(rest?.evidence).toHaveLength(7);
});
