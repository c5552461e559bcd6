import { expect, test } from "vitest";
import { lenses } from "../../../server/src/features/lenses";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";

/** Each lens as the editor shows it: the line it stands above, and its words. */
function lensesOf(text: string): string {
  const reading = read(text);
  const lineAt = (offset: number) => reading.clean.text.slice(offset).split("\n")[0];
  return lenses(reading)
    .map(({ span, title }) => `${title}\n  ${lineAt(span.from)}`)
    .join("\n");
}

const waiting = log`
  #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
  #1  0x00007f29a2e502e0 in pthread_mutex_lock () from /lib64/libpthread.so.0
  #2  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at apc_pthreadmutex.c:72
  #3  0x00007f29a4a017ef in main () from /usr/sbin/httpd
`;

const working = log`
  #0  0x00007f299a342005 in my_compile_file (h=0x7fff14967f40, type=8) at apc_main.c:547
  #1  0x00007f29a4a017ef in main () from /usr/sbin/httpd
`;

test("processes with one stack in common say so, and what each of them waits for", () => {
  const text = `=== pid 311 ===\n${waiting}=== pid 312 ===\n${waiting}=== pid 313 ===\n${working}`;
  expect(lensesOf(text)).toMatchInlineSnapshot(`
    "waiting for a lock (apc_pthreadmutex_lock)
      === pid 311 ===
    2 processes share this stack
      #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
    waiting for a lock (apc_pthreadmutex_lock)
      === pid 312 ===
    2 processes share this stack
      #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0"
  `);
});

test("a single running process gets no lens", () => {
  expect(lensesOf(working)).toBe("");
});

test("a loose stack that waits has its lens above the first frame", () => {
  expect(lensesOf(`Look:\n\n${waiting}`)).toMatchInlineSnapshot(`
    "waiting for a lock (apc_pthreadmutex_lock)
      #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0"
  `);
});

test("threads of one process are counted as threads", () => {
  const text = `Thread 2 (LWP 72):\n${waiting}\nThread 1 (LWP 71):\n${waiting}`;
  expect(lensesOf(text)).toMatchInlineSnapshot(`
    "2 threads waiting for a lock (apc_pthreadmutex_lock)
      Thread 2 (LWP 72):
    2 threads share this stack
      Thread 2 (LWP 72):
    2 threads share this stack
      Thread 1 (LWP 71):"
  `);
});

test("a crash is named with the function most likely at fault", () => {
  expect(
    lensesOf(log`
      Program received signal SIGSEGV, Segmentation fault.
      0x0000555555555192 in list_sum (head=0x0) at list.c:14
      (gdb) bt
      #0  0x0000555555555192 in list_sum (head=0x0) at list.c:14
      #1  0x00005555555551c8 in main () at list.c:30
    `),
  ).toMatchInlineSnapshot(`
    "SIGSEGV in list_sum
      Program received signal SIGSEGV, Segmentation fault."
  `);
});

test("a shared stack leads to all that share it", () => {
  const text = `=== pid 311 ===\n${waiting}=== pid 312 ===\n${waiting}`;
  const shared = lenses(read(text)).filter(({ stacks }) => stacks !== null);
  expect(shared.map(({ stacks }) => stacks?.map(({ from }) => text.slice(from, from + 2)))).toEqual(
    [
      ["#0", "#0"],
      ["#0", "#0"],
    ],
  );
});
