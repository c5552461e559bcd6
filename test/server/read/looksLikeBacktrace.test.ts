import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  looksLikeBacktrace,
  looksLikeServerLog,
} from "../../../server/src/read/looksLikeBacktrace";

test("two frames that follow each other are a backtrace", () => {
  expect(
    looksLikeBacktrace(`
#0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
#1  0x00007f29a2e50874 in _L_lock_106 () from /lib64/libpthread.so.0
`),
  ).toBe(true);
});

test("one frame below a thread's header is enough", () => {
  expect(
    looksLikeBacktrace(`Thread 1 (Thread 0x7f29a49ba760 (LWP 311)):
#0  main (argc=1, argv=0x7ffd) at main.c:9
`),
  ).toBe(true);
});

test("frames that a mailer quoted and wrapped are recognised", () => {
  expect(
    looksLikeBacktrace(`Hello, my server hangs. What is this?
> #3  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at
> /usr/local/src/php-5.3.3/APC-3.1.4/apc_pthreadmutex.c:72
> #4  0x00007f299a33d0ef in apc_cache_find_slot (cache=0x7f29a4f3ce30,
> key={data = {file = {device = 139816836143312, inode = 25}}})
`),
  ).toBe(true);
});

test("frames behind the prefix of a log shipper are recognised", () => {
  expect(
    looksLikeBacktrace(`Nov 20 10:11:12 web1 crash[71]: #0  <signal handler called>
Nov 20 10:11:12 web1 crash[71]: #1  0x0000000000401136 in crash (p=0x0) at main.c:4
`),
  ).toBe(true);
});

test("a list of issues is none", () => {
  expect(
    looksLikeBacktrace(`#12 Fix the parser (see above)
#13 Deploy again (at noon)
#14 abort (never)
`),
  ).toBe(false);
});

test("a trace of PHP is none", () => {
  expect(
    looksLikeBacktrace(`#0 /var/www/html/index.php(12): main()
#1 /var/www/html/run.php(3): include()
#2 {main}
`),
  ).toBe(false);
});

test("a trace of a sanitizer is none", () => {
  expect(
    looksLikeBacktrace(`    #0 0x4f5e21 in main /tmp/a.c:3:10
    #1 0x4f5e22 in run() /tmp/a.cc:9
    #2 0x7f01 in __libc_start_main (/lib/libc.so.6+0x20)
`),
  ).toBe(false);
});

test("a sentence of gdb's without any frame is none", () => {
  expect(looksLikeBacktrace("GNU gdb is a debugger.\n\n=== pid 311 ===\n")).toBe(false);
});

test("an empty text is none", () => {
  expect(looksLikeBacktrace("")).toBe(false);
});

const fixtures = path.join(import.meta.dirname, "../../fixtures/gdb");
const heads = readdirSync(fixtures, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".txt"))
  .map((file) => readFileSync(path.join(fixtures, file), "utf8").split("\n").slice(0, 200))
  .filter((lines) => lines.filter((line) => /^#\d+ +(0x\w+ in )?\S+ \(/.test(line)).length > 1)
  .map((lines) => lines.join("\n"));

test.each(heads)("a kept session with frames in its beginning is recognised (%#)", (head) => {
  expect(looksLikeBacktrace(head)).toBe(true);
});

const logs = ["apache", "lighttpd", "kernel"].flatMap((folder) => {
  const place = path.join(import.meta.dirname, "../../fixtures", folder);
  return readdirSync(place)
    .filter((name) => /^(?:event|prefork|error|dmesg-segf|dmesg-oom)/.test(name))
    .map((name) => [`${folder}/${name}`, readFileSync(path.join(place, name), "utf8")] as const);
});

test.each(logs)("a real log is offered: %s", (_, text) => {
  expect(looksLikeServerLog(text.split("\n").slice(0, 200).join("\n"))).toBe(true);
});

test.each([
  ["another program's log", "2026-11-20 21:37:44 INFO starting\n".repeat(20)],
  [
    "a clean boot",
    "[    0.000000] Linux version 6.1.0 (debian)\n[    0.000001] Command line: quiet\n".repeat(9),
  ],
  ["prose about a crash", "httpd died of a segfault at midnight, and the log says BUG.\n"],
  [
    "a line of a log in a letter",
    "It says\n[Mon Nov 22 20:04:38 2010] [error] File does not exist: /x\nand no more.\n",
  ],
])("%s is not", (_, text) => {
  expect(looksLikeServerLog(text)).toBe(false);
});
