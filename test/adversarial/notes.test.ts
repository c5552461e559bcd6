import { expect, test, vi } from "vitest";
import { parseNote } from "../../server/src/notes/parse";

test.each([
  ["a key that is a list", "? [ \x1b[2J ]\n: 1\n"],
  ["an alias to itself", "a: &a [*a]\n"],
  [
    "aliases of aliases",
    `a: &a [1]\n${"bcdefghij".replace(/./g, (k) => `${k}: &${k} [*a, *a]\n`)}`,
  ],
  ["a tag that is unknown", "id: !!js/function 'x'\n"],
  ["a directive that is unknown", "%EVIL \x1b[2J\n--- \nid: x\n"],
  ["__proto__", "__proto__: {a: 1}\nconstructor: {b: 1}\n"],
])("a note with %s is refused, and its parser prints nothing", (_, front) => {
  const spies = [
    vi.spyOn(process, "emitWarning"),
    ...(["log", "warn", "error"] as const).map((name) => vi.spyOn(console, name)),
  ];
  const { note, problems } = parseNote(`---\n${front}---\n\n## What you see\n\nx\n`);
  expect(note).toBeNull();
  expect(problems.length).toBeGreaterThan(0);
  expect(({} as { a?: number }).a).toBeUndefined();
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
