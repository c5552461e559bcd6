import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expression, refusal } from "../../../server/src/match/expression";
import { requiredSpellings, requiredTexts } from "../../../server/src/match/requiredTexts";
import { milliseconds } from "../../../server/src/match/time";
import { passes } from "../../../server/src/match/valueTest";

describe("what a pattern needs to match", () => {
  test.each([
    ["exit signal (?<name>\\w+)", ["exit signal "]],
    ["AH0005[12]: child", [": child"]],
    ["colou?rs|shapes", ["colo", "shapes"]],
    ["\\*\\*\\* stack smashing", ["*** stack smashing"]],
    ["(?:foo|bar)baz", ["baz"]],
    ["a+b", null],
    ["(?i)error", null],
    ["\\x41bcd", null],
    ["abc*def", ["def"]],
    ["x{0,2}yzw", ["yzw"]],
  ])("of %s is %j", (pattern, texts) => {
    expect(requiredTexts(pattern)).toEqual(texts);
  });

  const PATTERNS = [
    "exit signal (?<name>[A-Z]\\w{1,9}) \\(\\d+\\)",
    "abc+def|gh(?:i|jk)lmn?",
    "[a-c]xyz{2}w?",
    "\\(ab\\.cd\\)+ef",
    "one(two|three)?four",
  ];
  test.each(PATTERNS)("%s: each match holds one of its texts", (pattern) => {
    const texts = requiredTexts(pattern);
    fc.assert(
      fc.property(fc.stringMatching(new RegExp(`^(?:${pattern})$`)), (line) => {
        expect(expression(pattern).search(line)).not.toBeNull();
        if (texts) expect(texts.some((text) => line.includes(text))).toBe(true);
      }),
    );
  });
});

describe("the letters that a pattern needs which ignores case", () => {
  test("are spelt in all ways", () => {
    expect(requiredSpellings("(?i)n: exit (\\d+)")?.sort()).toEqual(
      ["EXIT", "EXIt", "EXiT", "EXit", "ExIT", "ExIt", "ExiT", "Exit"]
        .flatMap((word) => [word, `e${word.slice(1)}`])
        .sort(),
    );
  });

  test.each(["(?i)disk", "(?i)oom|kill", "(?i)a+b", "abc", "ab(?i)cde", "(?i)\\x41bcd"])(
    "are not certain in %s",
    (pattern) => {
      expect(requiredSpellings(pattern)).toBeNull();
    },
  );

  test.each(["(?i)exit code (\\d+)", "(?i)kernel panic", "(?i)a?bcdef.*"])(
    "%s: each match holds one of them",
    (pattern) => {
      const spellings = requiredSpellings(pattern) as string[];
      expect(spellings.length).toBeGreaterThan(1);
      fc.assert(
        fc.property(
          fc.stringMatching(new RegExp(`^(?:${pattern.slice(4)})$`)),
          fc.infiniteStream(fc.boolean()),
          (line, upper) => {
            const mixed = [...line].map((letter) =>
              upper.next().value ? letter.toUpperCase() : letter,
            );
            expect(expression(pattern).search(mixed.join(""))).not.toBeNull();
            expect(spellings.some((text) => mixed.join("").includes(text))).toBe(true);
          },
        ),
      );
    },
  );
});

test.each(["(?=a)", "(a)\\1", "(?<!x)y", "(a{1000}){1000}", "("])("%s is refused", (pattern) => {
  expect(refusal(pattern)).not.toBeNull();
});

test("a pattern that takes a backtracking engine for ever is answered", () => {
  expect(expression("(a+)+$").search(`${"a".repeat(5000)}b`)).toBeNull();
});

describe("a test of a value", () => {
  test.each([
    [">= 3", 3, true],
    [">= 3", 2, false],
    ["< 4096", "0x8", true],
    ["!= 0", 0, false],
    ["known", null, false],
    [null, undefined, true],
    [null, 0, false],
    [true, true, true],
    [true, "true", false],
    ["lib*|ld-*", "ld-musl", true],
    ["1.4.13", ["1.4.12", "1.4.13"], true],
    [">= 2", ["a", "b"], true],
    [">= 2", "many", false],
  ])("%j of %j is %j", (wanted, value, expected) => {
    expect(passes(wanted, value)).toBe(expected);
  });
});

test("a duration is a number and a unit", () => {
  expect(milliseconds("10 minutes")).toBe(600_000);
  expect(() => milliseconds("soon")).toThrow();
});
