import { describe, expect, test } from "vitest";
import { signalContext } from "../../../server/src/find/signalContext";
import { log } from "../fixture";
import { badSpans, evidenceLines, found } from "./findings";
import { kept } from "./sources";

test("a handler that allocates memory waits for the arena that it interrupted", () => {
  const [finding, ...others] = found(signalContext, kept("gdb/13.1/reenter.txt"));
  expect(others).toEqual([]);
  expect(finding?.values).toEqual({
    handler: "on_alarm",
    interrupted: "_int_malloc",
    function: "malloc",
    waiting: true,
    pid: 11976,
    lwp: 11976,
    threads: 1,
  });
  expect(finding?.summary).toBe(
    "The signal handler on_alarm waits for a lock; it interrupted malloc, which takes one",
  );
  expect(evidenceLines(finding).map((line) => line.slice(0, 2))).toEqual(["#0", "#3", "#5"]);
  expect(badSpans([finding!])).toEqual([]);
});

test("an inlined helper of the allocator that nobody knows by name is part of it", () => {
  const stack = log`
    #0  futex_wait (private=0, expected=2, futex_word=0x7f4139159c60 <main_arena>) at ../sysdeps/nptl/futex-internal.h:146
    #1  __GI___lll_lock_wait_private (futex=futex@entry=0x7f4139159c60 <main_arena>) at ./nptl/lowlevellock.c:34
    #2  0x00007f413901ebf8 in __GI___libc_malloc (bytes=100000) at ./malloc/malloc.c:3321
    #3  0x0000561252c551de in on_alarm (number=14) at reenter.c:9
    #4  <signal handler called>
    #5  0x00007f413901d379 in checked_request2size (req=req@entry=100000) at ./malloc/malloc.c:1357
    #6  _int_malloc (av=av@entry=0x7f4139159c60 <main_arena>, bytes=bytes@entry=100000) at ./malloc/malloc.c:3798
    #7  0x00007f413901e9c9 in __GI___libc_malloc (bytes=100000) at ./malloc/malloc.c:3323
    #8  0x0000561252c55241 in busy (arg=0x0) at reenter.c:10
  `;
  const [finding] = found(signalContext, stack);
  expect(finding?.values).toMatchObject({
    interrupted: "checked_request2size",
    function: "malloc",
    waiting: true,
  });
});

test("a crash handler that asks the damaged heap for memory does not wait, but is in the same place", () => {
  const stack = log`
    #0  0x00007f29a2e54e74 in _int_malloc () from /lib64/libc.so.6
    #1  0x00007f29a2e50874 in malloc () from /lib64/libc.so.6
    #2  0x000000000040b1de in report_crash (number=11) at crash.c:9
    #3  <signal handler called>
    #4  0x00007f29a2e502f4 in _int_free () from /lib64/libc.so.6
    #5  0x00007f29a2e502e0 in free () from /lib64/libc.so.6
    #6  0x000000000040b313 in main () at main.c:19
  `;
  const [finding] = found(signalContext, stack);
  expect(finding?.values).toMatchObject({
    handler: "report_crash",
    function: "_int_free",
    waiting: false,
  });
  expect(finding?.summary).toBe(
    "The signal handler report_crash takes a lock or memory; it interrupted _int_free, which does the same",
  );
});

describe("a lock that no function name tells of", () => {
  const stack = log`
    #0  0x00007f29a2e54e74 in __lll_lock_wait_private () from /lib64/libc.so.6
    #1  0x00007f29a2e50874 in _L_lock_2164 () from /lib64/libc.so.6
    #2  0x00007f29a2e502e0 in __tz_convert () from /lib64/libc.so.6
    #3  0x000000000040b1de in write_log (line=0x1) at log.c:9
    #4  0x000000000040b2de in on_child (number=17) at main.c:12
    #5  <signal handler called>
    #6  0x00007f29a2e502f4 in __tz_convert () from /lib64/libc.so.6
    #7  0x000000000040b1de in write_log (line=0x1) at log.c:9
    #8  0x000000000040b313 in main () at main.c:19
  `;

  test("is found where the same function of the C library is on both sides", () => {
    expect(found(signalContext, stack)[0]?.values).toMatchObject({
      handler: "on_child",
      interrupted: "__tz_convert",
      function: "__tz_convert",
      waiting: true,
    });
  });

  test("is found in quoted text", () => {
    expect(found(signalContext, stack.replace(/^/gm, "> ")).length).toBe(1);
  });

  test("is not found where the interrupted code did something else", () => {
    const other = stack.replace(
      /#6 {2}0x\w+ in __tz_convert \(\)/,
      "#6  0x00007f29a2e502f4 in strlen ()",
    );
    expect(other).not.toBe(stack);
    expect(found(signalContext, other)).toEqual([]);
  });
});

test.each(["sighandler", "locks", "mt-core", "recurse", "dfree"])(
  "nothing of the kind in %s",
  (name) => {
    expect(found(signalContext, kept(`gdb/13.1/${name}.txt`))).toEqual([]);
  },
);
