import { expect, test } from "vitest";
import { folds } from "../../../server/src/features/folding";
import { place } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";

/** Each region that hides at least a line: its first line, its last line, and its kind. */
function foldsOf(text: string): string {
  const reading = read(text);
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const lines = text.split("\n");
  return folds(reading)
    .map(({ span, kind }) => ({ kind, ...place(reading, span) }))
    .map(({ from, to, kind }) => ({ kind, first: lineAt(from), last: lineAt(to) }))
    .filter(({ first, last }) => first < last)
    .map(({ kind, first, last }) => `${kind} ${first}-${last}: ${lines[first - 1]}`)
    .join("\n");
}

test("a process folds, and so does gdb's banner in it", () => {
  const text = log`
    === pid 311 ===
    GNU gdb (GDB) 7.11
    Copyright (C) 2016 Free Software Foundation, Inc.
    Attaching to process 311
    #0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6
    #1  0x00007f29a4a017ef in serve () from /usr/sbin/httpd
  `;
  expect(foldsOf(text)).toMatchInlineSnapshot(`
    "region 1-6: === pid 311 ===
    comment 2-4: GNU gdb (GDB) 7.11
    region 5-6: #0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6"
  `);
});

test("threads fold, and in them the frames with locals", () => {
  const text = log`
    Thread 2 (Thread 0x7f1c730446c0 (LWP 8384)):
    #0  0x000055822485a2cd in next_job () at src/mt.c:29
            job = 0x0
            left = 3
    #1  0x000055822485a311 in work (arg=0x0) at src/mt.c:37
    No locals.

    Thread 1 (Thread 0x7f1c738456c0 (LWP 8383)):
    #0  0x000055822485a1e1 in checksum (n=25) at src/mt.c:15
    #1  0x000055822485a25c in run_job () at src/mt.c:22
  `;
  expect(foldsOf(text)).toMatchInlineSnapshot(`
    "region 1-10: Thread 2 (Thread 0x7f1c730446c0 (LWP 8384)):
    region 1-6: Thread 2 (Thread 0x7f1c730446c0 (LWP 8384)):
    region 8-10: Thread 1 (Thread 0x7f1c738456c0 (LWP 8383)):
    region 2-4: #0  0x000055822485a2cd in next_job () at src/mt.c:29
    region 5-6: #1  0x000055822485a311 in work (arg=0x0) at src/mt.c:37"
  `);
});

test("a frame that a mailer wrapped folds to its first line", () => {
  const text = log`
    #0  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at
    /usr/local/src/php-5.3.3/APC-3.1.4/apc_pthreadmutex.c:72
    #1  0x00007f299a33d0ef in apc_cache_find_slot (t=1290456278) at apc_cache.c:578
  `;
  expect(foldsOf(text)).toContain("region 1-2: #0  0x00007f299a342969");
});

test("a run of frames of the C library folds away", () => {
  const text = log`
    #0  0x00007f29a2e54e74 in handle () at main.c:7
    #1  0x00007f29a2e54e75 in __GI_raise (sig=6) at raise.c:54
    #2  0x00007f29a2e54e76 in __GI_abort () at abort.c:79
    #3  0x00007f29a2e54e77 in __libc_message () at libc_fatal.c:155
    #4  0x00007f29a2e54e78 in my_free () at main.c:9
  `;
  expect(foldsOf(text)).toMatchInlineSnapshot(`
    "region 1-5: #0  0x00007f29a2e54e74 in handle () at main.c:7
    region 1-5: #0  0x00007f29a2e54e74 in handle () at main.c:7
    region 2-5: #1  0x00007f29a2e54e75 in __GI_raise (sig=6) at raise.c:54"
  `);
});

test("prose before a trace folds as one region", () => {
  const text = log`
    Our server hangs.
    It did not before.

    #0  0x00007f29a2e54e74 in handle () at main.c:7
    #1  0x00007f29a2e54e75 in serve () at main.c:8
  `;
  expect(foldsOf(text)).toContain("1-2: Our server hangs.");
});
