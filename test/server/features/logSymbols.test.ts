import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { symbols } from "../../../server/src/features/symbols";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";
import { lines, misplaced, outline } from "./shown";

const fixture = (path: string): string => readFileSync(`test/fixtures/${path}`, "utf8");

test("a lighttpd log shows failures and restarts, but not what clients cause", () => {
  expect(outline(fixture("lighttpd/joined-1.4.13-to-1.4.18.log"))).toMatchInlineSnapshot(`
    "lighttpd error log | 20 entries
      8 × server-stop | at 11:20
      server-start | at 11:20
      lighttpd 1.4.18 | before: 1.4.13
      backend-eof on 127.0.0.1:7012 | at 11:44
      backend-no-response on 127.0.0.1:7012 | at 11:44
      backend-eof on 127.0.0.1:7018 | at 13:27
      backend-no-response on 127.0.0.1:7018 | at 13:27"
  `);
});

test("messages of one failing backend that take turns are two entries with counts", () => {
  const turn = (minute: string) => log`
    2008-01-09 ${minute}:38: (mod_fastcgi.c.2462) unexpected end-of-file (perhaps the fastcgi process died): pid: 0 socket: tcp:127.0.0.1:7000
    2008-01-09 ${minute}:38: (mod_fastcgi.c.3254) response not received, request sent: 855 on socket: tcp:127.0.0.1:7000 for /dispatch.fcgi , closing connection
  `;
  expect(outline(turn("11:21") + turn("11:30") + turn("11:47"))).toMatchInlineSnapshot(`
    "lighttpd error log | 6 entries
      3 × backend-eof on 127.0.0.1:7000 | between 11:21 and 11:47
      3 × backend-no-response on 127.0.0.1:7000 | between 11:21 and 11:47"
  `);
});

test("what fails before a restart is not counted with what fails after it", () => {
  const failure =
    "2008-01-09 11:44:38: (mod_fastcgi.c.2462) unexpected end-of-file (perhaps the fastcgi process died): pid: 0 socket: tcp:127.0.0.1:7012\n";
  const start = "2008-01-09 11:45:17: (log.c.75) server started\n";
  expect(outline(failure + failure + start + failure)).toMatchInlineSnapshot(`
    "lighttpd error log | 4 entries
      2 × backend-eof on 127.0.0.1:7012 | at 11:44
      server-start | at 11:45
      backend-eof on 127.0.0.1:7012 | at 11:44"
  `);
});

test("an Apache log shows its crashes and restarts", () => {
  const text = log`
    [Fri Nov 20 21:38:11.063596 2026] [mpm_prefork:notice] [pid 28619:tid 28619] AH00163: Apache/2.4.71 (Debian) configured -- resuming normal operations
    [Fri Nov 20 21:38:12.611457 2026] [core:info] [pid 28622:tid 28622] [client 127.0.0.1:57234] AH00128: File does not exist: /srv/demo/htdocs/missing
    [Fri Nov 20 21:40:01.100000 2026] [core:notice] [pid 28619:tid 28619] AH00052: child pid 28622 exit signal Segmentation fault (11)
    [Fri Nov 20 21:42:01.100000 2026] [core:notice] [pid 28619:tid 28619] AH00052: child pid 28623 exit signal Segmentation fault (11)
  `;
  expect(outline(text)).toMatchInlineSnapshot(`
    "apache error log | 4 entries · 2 crashes
      start | at 21:38
      2 × child-exit-signal: SIGSEGV | between 21:40 and 21:42"
  `);
});

test("a kernel log shows one entry for a program that crashes again and again", () => {
  expect(outline(fixture("kernel/dmesg-segfaults.txt"))).toMatchInlineSnapshot(`
    "kernel log | 27 entries · 22 crashes
      segfault in kc_null_read | at 4969 s after the start
      segfault in kc_low_write | at 4969 s after the start
      segfault in kc_const_write | at 4970 s after the start
      segfault in kc_kernel_read | at 4970 s after the start
      general-protection in kc_noncanonical | at 4970 s after the start
      segfault in kc_jump_null | at 4970 s after the start
      segfault in kc_jump_data | at 4970 s after the start
      general-protection in kc_jump_wild | at 4971 s after the start
      trap in kc_div_zero | at 4971 s after the start
      trap in kc_bad_opcode | at 4971 s after the start
      trap in kc_breakpoint | at 4994 s after the start
      segfault in kc_stack_out | at 4995 s after the start
      general-protection in kc_privileged | at 4995 s after the start
      segfault in kc_lib_call | at 4996 s after the start
      10 × segfault in kc_null_read | at 5002 s after the start
      segfault in kc_low_write | at 5008 s after the start"
  `);
});

test("a log of two thousand different crashes has an outline of two hundred", () => {
  const line = (_: unknown, i: number) =>
    `[ 4969.643414] prog${i}[26698]: segfault at 0 ip 000055ebdc21a1b9 sp 00007ffe98bd6790 error 4 in prog[11b9,55ebdc21a000+1000]`;
  const [kernel] = symbols(read(Array.from({ length: 2000 }, line).join("\n")));
  expect(kernel?.detail).toBe("2000 entries · 2000 crashes");
  expect(kernel?.children).toHaveLength(200);
});

test("listings count their rows", () => {
  expect(outline(fixture("tables/ipcs.txt"))).toMatchInlineSnapshot(`
    "shell | # ipcs –s
    shared memory list | 0 rows
    semaphore list | 6 rows
    message queue list | 0 rows"
  `);
  expect(outline(fixture("tables/ps-joined-1.4.13.txt"))).toMatchInlineSnapshot(
    `"process list | 21 rows"`,
  );
});

test.each([
  "apache/event-2.4.71.error.log",
  "lighttpd/joined-1.4.13-to-1.4.18.log",
  "lighttpd/error-1.4.79-trixie.log",
  "kernel/dmesg-segfaults.txt",
  "kernel/dmesg-oom-memcg.txt",
  "tables/ipcs.txt",
])("an editor accepts the outline of %s: every entry lies inside the one above it", (path) => {
  const all = symbols(read(fixture(path)));
  expect(all.flatMap(misplaced)).toEqual([]);
  expect(lines(all).length).toBeGreaterThan(1);
});

test("a report that another program's lines interrupt stays inside its log", () => {
  const text = log`
    [  912.100001] BUG: kernel NULL pointer dereference, address: 0000000000000018
    [  912.100005] CPU: 3 PID: 912 Comm: kworker/3:1 Not tainted 6.14.0-demo #1
    2008-01-09 11:20:17: (log.c.75) server started
    [  912.100007] Call Trace:
    [  912.100009]  process_one_work+0x1f0/0x3c0
    [  912.100012] ---[ end trace 0000000000000000 ]---
  `;
  expect(symbols(read(text)).flatMap(misplaced)).toEqual([]);
  expect(outline(text)).toMatchInlineSnapshot(`
    "kernel log | 1 entry · 1 crash
      null-pointer-dereference in kworker/3:1 | at 912 s after the start
    lighttpd error log | 1 entry
      server-start | at 11:20
    kernel log | [ 912.100007] Call Trace:"
  `);
});
