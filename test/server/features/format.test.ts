import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyChanges, unwrap, unwrapWithin } from "../../../server/src/features/format";
import { read } from "../../../server/src/read/read";
import { atOnce } from "../../../server/src/read/steps";
import { extractSelection, log } from "../fixture";
import { applyDamage, damage } from "../read/damage";
import { printFrame, stack } from "../read/traces";

const unwrapped = (text: string) => applyChanges(text, unwrap(read(text)));

test("a frame that a mailer wrapped and quoted is one clean line again", () => {
  expect(
    unwrapped(log`
      > #3  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at
      > /usr/local/src/php-5.3.3/APC-3.1.4/apc_pthreadmutex.c:72
      > #4  0x00007f299a33d0ef in apc_cache_find_slot (cache=0x7f29a4f3ce30,
      > t=1290456278) at apc_cache.c:578
    `),
  ).toBe(log`
    #3  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at /usr/local/src/php-5.3.3/APC-3.1.4/apc_pthreadmutex.c:72
    #4  0x00007f299a33d0ef in apc_cache_find_slot (cache=0x7f29a4f3ce30, t=1290456278) at apc_cache.c:578
  `);
});

test("prose around the stack keeps its quote marks and its line breaks", () => {
  expect(
    unwrapped(log`
      On Monday, Jo wrote:
      > it hangs here (see
      > below):
      >
      > #0  0x01 in wait_lock () from
      > /lib/libpthread.so.0
      > #1  0x04 in main () at main.c:9
      >
      > Any idea?
    `),
  ).toBe(log`
    On Monday, Jo wrote:
    > it hangs here (see
    > below):
    >
    #0  0x01 in wait_lock () from /lib/libpthread.so.0
    #1  0x04 in main () at main.c:9
    >
    > Any idea?
  `);
});

test("what a log shipper put before each line is dropped", () => {
  expect(
    unwrapped(log`
      Nov 21 01:02:03 web1 gdb[311]: #0  0x01 in wait_lock () from /lib/libpthread.so.0
      Nov 21 01:02:03 web1 gdb[311]: #1  0x04 in main () at main.c:9
    `),
  ).toBe(log`
    #0  0x01 in wait_lock () from /lib/libpthread.so.0
    #1  0x04 in main () at main.c:9
  `);
});

test("colours of a terminal are dropped", () => {
  expect(unwrapped("\x1b[34m#0\x1b[0m  0x01 in \x1b[33mmain\x1b[0m () at main.c:9\n")).toBe(
    "#0  0x01 in main () at main.c:9\n",
  );
});

test("line breaks stay those of the document", () => {
  expect(unwrapped("Hi,\r\n#0  0x01 in main () at\r\n/src/main.c:9\r\n")).toBe(
    "Hi,\r\n#0  0x01 in main () at /src/main.c:9\r\n",
  );
});

test("a clean text has nothing to unwrap, whatever its line breaks", () => {
  const text = "Hi,\n\n#0  0x01 in f () from /lib/x.so\n#1  0x04 in main () at main.c:9\n";
  expect(unwrap(read(text))).toEqual([]);
  expect(unwrap(read(text.replaceAll("\n", "\r\n")))).toEqual([]);
});

test("values that gdb itself laid out over several lines stay so", () => {
  const text = log`
    (gdb) p *item
    $13 = {
      at = {
        x = 10
      },
      tag = 0x55555555a00b "leaf"
    }
    (gdb) bt
    #0  0x01 in main () at main.c:9
  `;
  expect(unwrapped(text)).toBe(text);
});

test("the founding trace, which its page wrapped, has each of its frames on one line", () => {
  const text = readFileSync("test/fixtures/gdb/6.8/apache-apc.txt", "utf8");
  const lines = unwrapped(text).split("\n");
  const frames = lines.filter((line) => line.startsWith("#"));
  expect(frames.map((line) => Number(/\d+/.exec(line)?.[0]))).toEqual([...Array(22).keys()]);
  expect(frames.every((line) => /(?: from \S+| at \S+:\d+)$/.test(line))).toBe(true);
  expect(lines.slice(0, 13)).toEqual(text.split("\n").slice(0, 13));
});

test("only the frames in a selection are unwrapped when asked for them", () => {
  const { text, from, to } = extractSelection(log`
    #0  0x01 in wait_lock () from
    /lib/libpthread.so.0
    #1  0x02 in <|cache_find|> () from
    /lib/libcache.so.1
    #2  0x04 in main () at
    /src/main.c:9
  `);
  expect(applyChanges(text, atOnce(unwrapWithin(read(text), { from, to })))).toBe(log`
    #0  0x01 in wait_lock () from
    /lib/libpthread.so.0
    #1  0x02 in cache_find () from /lib/libcache.so.1
    #2  0x04 in main () at
    /src/main.c:9
  `);
});

const printed = stack.map((frames) => frames.map((frame, number) => printFrame(frame, number)));

test("a stack damaged in any way has one frame a line afterwards, and unwrapping again changes nothing", () => {
  fc.assert(
    fc.property(printed, damage, (clean, how) => {
      const once = unwrapped(applyDamage(clean, how));
      expect(once.trim().split(/\r?\n/)).toHaveLength(clean.length);
      expect(unwrapped(once)).toBe(once);
    }),
    { numRuns: 200, seed: 20261121 },
  );
});

test("a damaged stack is read the same before and after", () => {
  const frames = (text: string) =>
    read(text).processes.flatMap(({ threads }) =>
      threads.flatMap((thread) =>
        thread.frames.map(({ text, span }) => text.slice(span.from, span.to)),
      ),
    );
  fc.assert(
    fc.property(printed, damage, (clean, how) => {
      const text = applyDamage(clean, how);
      expect(frames(unwrapped(text))).toEqual(frames(text));
    }),
    { numRuns: 200, seed: 20261121 },
  );
});
