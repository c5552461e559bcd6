import { expect, test } from "vitest";
import { inlayHints } from "../../../server/src/features/inlayHints";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";

/** The text with its hints written into it, as the editor does. */
function hinted(text: string, part = { from: 0, to: text.length }): string {
  const hints = inlayHints(read(text), part);
  return hints.reduceRight(
    (shown, { value, text }) => `${shown.slice(0, value.to)}‹${text}›${shown.slice(value.to)}`,
    text,
  );
}

test("signals, times and PHP's include types are named", () => {
  expect(
    hinted(log`
      #0  0x01 in __pthread_kill_implementation (threadid=140, signo=signo@entry=6, no_tid=0) at pthread_kill.c:44
      #1  0x02 in apc_cache_find (key={data = {inode = 25}, mtime = 1290456278}, t=0) at apc_cache.c:626
      #2  0x03 in my_compile_file (h=0x7fff14967f40, type=8) at apc_main.c:547
    `),
  ).toMatchInlineSnapshot(`
    "#0  0x01 in __pthread_kill_implementation (threadid=140, signo=signo@entry=6‹SIGABRT›, no_tid=0) at pthread_kill.c:44
    #1  0x02 in apc_cache_find (key={data = {inode = 25}, mtime = 1290456278‹2010-11-22 20:04:38 UTC›}, t=0) at apc_cache.c:626
    #2  0x03 in my_compile_file (h=0x7fff14967f40, type=8‹ZEND_REQUIRE›) at apc_main.c:547
    "
  `);
});

test("locals are explained too", () => {
  expect(hinted("#0  0x01 in f () at f.c:1\n        sig = 11\n        n = 11\n")).toBe(
    "#0  0x01 in f () at f.c:1\n        sig = 11‹SIGSEGV›\n        n = 11\n",
  );
});

test("what a user wrote into a string is not explained", () => {
  const text = '#0  0x01 in f (s=0x1 "sig=11 \\" sig = 9", c=34 \'"\', sig=15) at f.c:1\n';
  expect(hinted(text)).toBe(text.replace("sig=15", "sig=15‹SIGTERM›"));
});

test("a type is PHP's only in PHP's compile functions", () => {
  expect(hinted("#0  0x01 in open_door (type=8) at f.c:1\n")).not.toContain("ZEND");
});

test("numbers that are no such thing have no hint", () => {
  const text = "#0  0x01 in f (sig=99, mtime=12, mtime=9999999999, sig=11.5) at f.c:1\n";
  expect(hinted(text)).toBe(text);
});

test("only the visible frames get hints", () => {
  const text = "#0  0x01 in f (sig=11) at f.c:1\n#1  0x02 in g (sig=11) at g.c:1\n";
  expect(hinted(text, { from: 0, to: 10 })).toBe(text.replace("11)", "11‹SIGSEGV›)"));
});
