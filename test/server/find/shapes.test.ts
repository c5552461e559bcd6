import { expect, test } from "vitest";
import { groupStacks } from "../../../server/src/find/groups";
import { shapesOf } from "../../../server/src/find/shapes";
import { stacksOf, stacksOfAll } from "../../../server/src/find/stacks";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";

const one = read(log`
  Thread 4 (LWP 14):
  #0  0x01 in poll () from /lib/libc.so.6
  #1  0x02 in work (n=1) at work.c:7
  Thread 3 (LWP 13):
  #0  0x11 in poll () from /lib/libc.so.6
  #1  0x12 in work (n=2) at work.c:7
  Thread 2 (LWP 12):
  #0  0x21 in poll () from /lib/libc.so.6
  #1  0x22 in work (n=3) at work.c:8
  Thread 1 (LWP 11):
  #0  0x31 in poll () from /lib/libc.so.6
  #1  0x32 in ?? () from /lib/libwork.so
  #2  0x33 in main () from /usr/bin/work
`);

const other = read(log`
  Thread 2 (LWP 22):
  #0  0x31 in poll () from /lib/libc.so.6
  #1  0x32 in ?? () from /opt/libwork.so
  #2  0x33 in main () from /usr/bin/work
  Thread 1 (LWP 21):
  #0  0x41 in accept () from /lib/libc.so.6
  #1  0x42 in main () from /usr/bin/work
`);

test("stacks have one shape where they differ in addresses and arguments only", () => {
  const shapes = [...shapesOf(one).values()];
  const numbers = shapes.map((shape) => shapes.indexOf(shape));
  expect(numbers).toEqual([0, 0, 2, 3]);
  const [first, , third, fourth] = shapes;
  expect(first?.frames[0]).toBe(third?.frames[0]);
  expect(first?.frames[1]).not.toBe(third?.frames[1]);
  expect(fourth?.frames.map(({ frame }) => frame.function)).toEqual(["poll", null, "main"]);
});

test("a function that calls itself has as many frames in its shape", () => {
  const lines = Array.from({ length: 50 }, (_, i) => `#${i}  0x1 in down (n=${i}) at down.c:3`);
  const [shape] = shapesOf(read(`${lines.join("\n")}\n`)).values();
  expect(shape?.frames).toHaveLength(50);
  expect(new Set(shape?.frames).size).toBe(1);
});

test("groups by shapes are those by functions, in one text and in several", () => {
  expect(stacksOf(one)).toEqual(groupStacks([one]));
  expect(stacksOfAll([one])).toEqual(groupStacks([one]));
  expect(stacksOfAll([one, other])).toEqual(groupStacks([one, other]));
  expect(stacksOfAll([other, one])).toEqual(groupStacks([other, one]));
});
