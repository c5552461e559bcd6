import { expect, test } from "vitest";
import { fillWords } from "../../../server/src/match/sayings";

test("a value of the text enters a sentence on one line, without what a terminal or an editor would obey", () => {
  expect(
    fillWords("Only the kernel tells of ${program}'s end.", { program: "\x1b[2Jx\ny\u202e" }),
  ).toBe("Only the kernel tells of ?[2Jx y?'s end.");
});

test("a value is cut, and one that is not known is a question mark", () => {
  expect(fillWords("${a} ${b}", { a: "x".repeat(1000), b: null })).toMatch(/^x{119}… \?$/);
});
