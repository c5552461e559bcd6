import { describe, expect, test } from "vitest";
import { Kept } from "../../../server/src/digest/kept";
import { lineText, splitLines } from "../../../server/src/read/lines";

const BUDGETS = { first: 100, later: 60 };

const frame = (name: string): string => `#0  0x41 in ${name} () at a.c:7\n`;

/** A block of so many characters that holds one kind of stack. */
function block(name: string, line: number, length = 50) {
  const text = `${frame(name).padEnd(length - 1)}\n`.slice(0, length);
  return { text, length, line, kinds: [name], reading: null };
}

const names = (kept: Kept): (string | null)[] =>
  kept
    .sources()
    .flatMap(({ reading }) => reading.processes)
    .flatMap(({ threads }) => threads.flatMap(({ frames }) => frames.map((each) => each.function)));

describe("what is kept for judging", () => {
  test("is all of a text within the budget", () => {
    const kept = new Kept(BUDGETS);
    kept.add("a", block("one", 0));
    kept.add("a", block("one", 2));
    expect(names(kept)).toEqual(["one", "one"]);
    expect(kept.limit()).toBeNull();
  });

  test("is behind it what brings something new, while the second budget lasts", () => {
    const kept = new Kept(BUDGETS);
    for (const [i, name] of ["one", "one", "one", "two", "two", "three"].entries())
      kept.add("a", block(name, 2 * i));
    expect(names(kept)).toEqual(["one", "one", "two"]);
    expect(kept.limit()).toContain("Findings and hypotheses rest on 0.0 of 0.0 MB");
  });

  test("is known to be complete, so that what brings nothing new may come without its text", () => {
    const kept = new Kept(BUDGETS);
    for (const [i, name] of ["one", "one"].entries()) kept.add("a", block(name, 2 * i));
    expect(kept.isFull).toBe(false);
    kept.add("a", block("one", 4));
    expect(kept.isFull).toBe(true);
    kept.add("a", { ...block("one", 6), text: null });
    kept.add("a", block("two", 8));
    expect(names(kept)).toEqual(["one", "one", "two"]);
    expect(kept.limit()).not.toBeNull();
  });

  test("says how much it is", () => {
    const megabyte = 1 << 20;
    const kept = new Kept({ first: 2 * megabyte, later: megabyte });
    for (let i = 0; i < 4; i++) kept.add("a", { ...block("one", i, megabyte) });
    expect(kept.limit()).toBe(
      "Findings and hypotheses rest on 2.0 of 4.0 MB: the first 2.0 MB, and of the rest what brought stacks or kinds of entries that had not been seen before.",
    );
  });

  test("knows the lines of the file", () => {
    const kept = new Kept(BUDGETS);
    for (const [i, name] of ["one", "one", "one", "two"].entries())
      kept.add("a", block(name, 10 * i));
    const [source] = kept.sources();
    const lines = splitLines(source?.reading.text ?? "");
    const line = [...Array(lines.count).keys()].find((i) => lineText(lines, i).includes("two"));
    expect(source?.lineOf?.(line as number)).toBe(30);
    expect(source?.lineOf?.(0)).toBe(0);
  });

  test("keeps files apart", () => {
    const kept = new Kept(BUDGETS);
    kept.add("a", block("one", 0));
    kept.add("a", block("two", 0));
    expect(kept.sources().map(({ path }) => path)).toEqual(["a", "a"]);
  });
});
