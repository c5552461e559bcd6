import { expect, test } from "vitest";
import { selection } from "../../../server/src/features/selection";
import { cleanOffset, place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { extractCursor, log } from "../fixture";

/** What "expand selection" selects, step by step; long texts by their ends. */
function steps(fixture: string): string {
  const { text, offset } = extractCursor(fixture);
  const reading = read(text);
  return selection(reading, cleanOffset(reading, offset))
    .map((span) => place(reading, span))
    .map(({ from, to }) => shorten(text.slice(from, to).replaceAll("\n", "/")))
    .join("\n");
}

const shorten = (text: string): string =>
  text.length < 60 ? text : `${text.slice(0, 25)} ... ${text.slice(-25)}`;

test("the selection grows from a value to its frame, its thread and the text", () => {
  expect(
    steps(log`
      Look at this:

      Thread 2 (LWP 72):
      #0  0x0000000000401136 in crash (p=0x0, n=1<|>2) at main.c:4
              i = 3
      #1  0x0000000000401150 in start () at main.c:9

      Thread 1 (LWP 71):
      #0  0x0000000000401150 in wait_for (n=1) at main.c:19
      #1  0x0000000000401150 in run () at main.c:19
    `),
  ).toMatchInlineSnapshot(`
    "12
    n=12
    p=0x0, n=12
    #0  0x0000000000401136 in crash (p=0x0, n=12) at main.c:4
    #0  0x0000000000401136 in ... at main.c:4/        i = 3
    Thread 2 (LWP 72):/#0  0x ... 0 in start () at main.c:9
    Thread 2 (LWP 72):/#0  0x ... 50 in run () at main.c:19
    Thread 2 (LWP 72):/#0  0x ... 0 in run () at main.c:19/
    Look at this://Thread 2 ( ... 0 in run () at main.c:19/"
  `);
});

test("a name alone is selected before its value", () => {
  expect(steps("#0  crash (lo<|>ck=0x10) at main.c:4\n").split("\n").slice(0, 2)).toEqual([
    "lock",
    "lock=0x10",
  ]);
});

test("in prose the selection grows to the section", () => {
  expect(steps("No tr<|>ace here.\n")).toBe("No trace here./");
});
