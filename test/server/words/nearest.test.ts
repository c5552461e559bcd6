import { expect, test } from "vitest";
import { nearest } from "../../../server/src/words/nearest";

const names = ["segfault", "oom-kill", "trap", "general-protection"];

test.each([
  ["segfalt", "segfault"],
  ["Segfault", "segfault"],
  ["oomkill", "oom-kill"],
  ["trip", "trap"],
  ["xyz", null],
  ["", null],
  ["s".repeat(1000), null],
])("the name nearest to %j is %j", (word, name) => {
  expect(nearest(word, names)).toBe(name);
});
