import { expect, test } from "vitest";
import { anyGlob, compileGlob } from "../../../server/src/frames/glob";

/** Which of the names match, in one line. */
const matched = (pattern: string, names: string) =>
  names.split(" ").filter(compileGlob(pattern)).join(" ");

test("a star stands for any characters, also for none", () => {
  expect(matched("__*_chk", "__memcpy_chk __chk ___chk __memcpy __memcpy_chk_warn")).toBe(
    "__memcpy_chk ___chk",
  );
  expect(matched("std::*", "std:: std::sort xstd::sort")).toBe("std:: std::sort");
  expect(matched("*._omp_fn.*", "Resize._omp_fn.0 Resize")).toBe("Resize._omp_fn.0");
  expect(matched("print_*_*bug", "print_deadlock_bug print_bug print_a_b_bug")).toBe(
    "print_deadlock_bug print_a_b_bug",
  );
});

test("what stands before and behind the star may not overlap", () => {
  expect(matched("abc*cba", "abcba abccba")).toBe("abccba");
});

test("without a star the whole name must be equal", () => {
  expect(matched("die", "die died")).toBe("die");
});

test("other characters of regular expressions stand for themselves", () => {
  expect(matched("runtime.(*mcache).refill", "runtime.(x-mcache).refill runtime.m")).toBe(
    "runtime.(x-mcache).refill",
  );
  expect(matched("a.c", "abc a.c")).toBe("a.c");
});

test("a list of patterns matches when one of them does", () => {
  const isMachinery = anyGlob([" log_* ", "die"]);
  expect(["log_error", "die", "serve"].filter(isMachinery)).toEqual(["log_error", "die"]);
});

test("an empty list matches nothing", () => {
  expect(anyGlob([])("die")).toBe(false);
});
