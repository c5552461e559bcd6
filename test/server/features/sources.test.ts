import { expect, test } from "vitest";
import { definition } from "../../../server/src/features/definition";
import { sourceLinks } from "../../../server/src/features/links";
import { cleanOffset, place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { extractCursor, log } from "../fixture";

/** The links of a text, each as the characters it underlines. */
function linksOf(text: string): string[] {
  const reading = read(text);
  return sourceLinks(reading).map(({ span, file, line }) => {
    const { from, to } = place(reading, span);
    return `${JSON.stringify(text.slice(from, to))} -> ${file} ${line}`;
  });
}

/** Where "go to definition" leads, with the text it was asked on; or `-`. */
function definitionAt(marked: string): string {
  const { text, offset } = extractCursor(marked);
  const reading = read(text);
  const at = cleanOffset(reading, offset);
  const frames = reading.processes.flatMap(({ threads }) => threads.flatMap((t) => t.frames));
  const frame = frames.find(({ span }) => span.from <= at && at <= span.to);
  const found = frame ? definition(frame, at) : null;
  if (found === null) return "-";
  return `[${reading.clean.text.slice(found.span.from, found.span.to)}] ${found.file} ${found.line}`;
}

test("every frame with a source line has a link on it", () => {
  expect(
    linksOf(log`
      #0  0x01 in wait_lock () from /lib/libpthread.so.0
      #1  0x02 in cache_find (key=0x1) at cache.c:10
      #2  0x03 in main () at /src/main.c:9
    `),
  ).toEqual(['"cache.c:10" -> cache.c 10', '"/src/main.c:9" -> /src/main.c 9']);
});

test("a link covers a path that a mailer broke in two", () => {
  const text =
    "> #3  0x0003 in lock (lock=0x7f2981ef6088) at /usr/src/\n> apc_lock.c:72\n> #4  0x04 in main () at m.c:1\n";
  expect(linksOf(text)[0]).toBe('"/usr/src/\\n> apc_lock.c:72" -> /usr/src/apc_lock.c 72');
});

test("text that an argument quotes is not linked", () => {
  expect(linksOf('#0  0x01 in f (s=0x1 "x) at evil.c:1") at real.c:2\n')).toEqual([
    '"real.c:2" -> real.c 2',
  ]);
});

test("the function of a frame leads to its source line", () => {
  expect(definitionAt("#1  0x02 in cache<|>_find (key=0x1) at cache.c:10\n")).toBe(
    "[cache_find] cache.c 10",
  );
});

test("the place of a frame leads to itself, up to its last digit", () => {
  expect(definitionAt("#1  0x02 in f () at cache.c:10<|>\n")).toBe("[cache.c:10] cache.c 10");
});

test("an argument leads nowhere", () => {
  expect(definitionAt("#1  0x02 in f (key=0<|>x1) at cache.c:10\n")).toBe("-");
});

test("a frame without a source line leads nowhere", () => {
  expect(definitionAt("#1  0x02 in cache<|>_find () from /lib/x.so\n")).toBe("-");
});
