import { expect, test } from "vitest";
import { highlights } from "../../../server/src/features/highlights";
import { cleanOffset, place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { extractCursor, log } from "../fixture";

/** The document with everything that lights up in brackets; only the lines with some. */
function lit(fixture: string): string {
  const { text, offset } = extractCursor(fixture);
  const reading = read(text);
  const spans = highlights(reading, cleanOffset(reading, offset))
    .map((span) => place(reading, span))
    .sort((one, other) => other.from - one.from);
  let shown = text;
  for (const { from, to } of spans) {
    shown = `${shown.slice(0, from)}[${shown.slice(from, to)}]${shown.slice(to)}`;
  }
  const lines = shown.split("\n").filter((line) => /\[(?!Switching|New)/.test(line));
  return lines.join("\n");
}

const two = (before: string) => log`
  ${before}Thread 2 (Thread 0x7f29a49ba760 (LWP 72)):
  #0  0x00007f29a2e54e74 in lock_wait (futex=0x7f2981ef6088) at lock.c:7
  #1  0x00007f299a33d0ef in find (cache=0x7f2981ef6088, n=25) at cache.c:578

  Thread 1 (Thread 0x7f29a49ba761 (LWP 71)):
  #0  0x00007f29a2e54e74 in lock_wait (futex=0x7f2981ef6088) at lock.c:7
  #1  0x00007f299a33d0f0 in store (n=25) at cache.c:578
`;

test("the function under the cursor lights up on every stack", () => {
  expect(lit(two("").replace("lock_wait", "lock<|>_wait"))).toMatchInlineSnapshot(`
    "#0  0x00007f29a2e54e74 in [lock_wait] (futex=0x7f2981ef6088) at lock.c:7
    #0  0x00007f29a2e54e74 in [lock_wait] (futex=0x7f2981ef6088) at lock.c:7"
  `);
});

test("the lock under the cursor lights up wherever a frame holds the same address, by whatever name", () => {
  expect(lit(two("").replace("futex=0x7f29", "futex=0x7f<|>29"))).toMatchInlineSnapshot(`
    "#0  0x00007f29a2e54e74 in lock_wait (futex=[0x7f2981ef6088]) at lock.c:7
    #1  0x00007f299a33d0ef in find (cache=[0x7f2981ef6088], n=25) at cache.c:578
    #0  0x00007f29a2e54e74 in lock_wait (futex=[0x7f2981ef6088]) at lock.c:7"
  `);
});

test("the address of a frame lights up on every stack that has it", () => {
  expect(lit(two("").replace("a2e54e74", "a2e5<|>4e74"))).toMatchInlineSnapshot(`
    "#0  [0x00007f29a2e54e74] in lock_wait (futex=0x7f2981ef6088) at lock.c:7
    #0  [0x00007f29a2e54e74] in lock_wait (futex=0x7f2981ef6088) at lock.c:7"
  `);
});

test("the source line lights up in every frame that stands there", () => {
  expect(lit(two("").replace("cache.c:578", "cache<|>.c:578"))).toMatchInlineSnapshot(`
    "#1  0x00007f299a33d0ef in find (cache=0x7f2981ef6088, n=25) at [cache.c:578]
    #1  0x00007f299a33d0f0 in store (n=25) at [cache.c:578]"
  `);
});

test("a thread lights up in all lines that name it, and LWP 7 is not LWP 72", () => {
  const session = log`
    Attaching to process 71
    [New LWP 72]
    [New LWP 7]
    ${""}
  `;
  expect(lit(two(session).replace("Thread 2", "Thre<|>ad 2"))).toMatchInlineSnapshot(`
    "[New [LWP 72]]
    Thread 2 (Thread [0x7f29a49ba760] ([LWP 72])):"
  `);
});

test("small numbers are equal by chance and light up alone", () => {
  expect(lit(two("").replace("n=25", "n=2<|>5"))).toBe(
    "#1  0x00007f299a33d0ef in find (cache=0x7f2981ef6088, [n=25]) at cache.c:578",
  );
});

test("nothing lights up in prose", () => {
  expect(lit("No tr<|>ace here.\n")).toBe("");
});
