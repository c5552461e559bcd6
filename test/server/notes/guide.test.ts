import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkFolder } from "../../../server/src/notes/folder";

test("the note of the guide is one, and matches its sample", () => {
  const guide = readFileSync("docs/notes.md", "utf8");
  const text = /^````text\n([\s\S]*?)^````$/m.exec(guide)?.[1] ?? "";
  const [checked] = checkFolder([{ path: "store-lock-lost.md", text }]);
  expect(checked?.problems).toEqual([]);
});
