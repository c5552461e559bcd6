import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { diagnostics } from "../../../server/src/features/diagnostics";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";
import { diagnosticsOf } from "./shown";

test("a crashed child of Apache is a warning, a client's mistake is none", () => {
  const text = log`
    [Fri Nov 20 21:38:12.611457 2026] [core:info] [pid 28622:tid 28622] [client 127.0.0.1:57234] AH00128: File does not exist: /srv/demo/htdocs/missing
    [Fri Nov 20 21:40:01.100000 2026] [core:notice] [pid 28619:tid 28619] AH00052: child pid 28622 exit signal Segmentation fault (11)
  `;
  expect(diagnosticsOf(text)).toMatchInlineSnapshot(`
    "[Fri Nov 20 21:40:01.100000 2026] [core:notice] [pid 28619:tid 28619] AH00052: child pid 28622 exit signal Segmentation fault (11)
      warning child-exit-signal: child-exit-signal: SIGSEGV: A child process was killed by a signal. Signal 11 (SIGSEGV), 7 (SIGBUS) and 6 (SIGABRT) are crashes in the server, a module or a library; the requests it served were lost."
  `);
});

test("a report of the kernel is marked at its headline, with the frame to look at", () => {
  const text = log`
    [  912.100000] ------------[ cut here ]------------
    [  912.100001] BUG: kernel NULL pointer dereference, address: 0000000000000018
    [  912.100005] CPU: 3 PID: 912 Comm: kworker/3:1 Not tainted 6.14.0-demo #1
    [  912.100006] RIP: 0010:demo_probe+0x1c/0x40 [demo]
    [  912.100007] Call Trace:
    [  912.100008]  <TASK>
    [  912.100009]  process_one_work+0x1f0/0x3c0
    [  912.100011]  </TASK>
    [  912.100012] ---[ end trace 0000000000000000 ]---
  `;
  expect(diagnosticsOf(text)).toMatchInlineSnapshot(`
    "[  912.100001] BUG: kernel NULL pointer dereference, address: 0000000000000018
      warning null-pointer-dereference: null-pointer-dereference in kworker/3:1: The kernel used a null pointer: the address is the offset of the member it wanted. Frame to look at: demo_probe."
  `);
});

test("of a log full of crashes a hundred are marked, all if that is asked for, none if it is not", () => {
  const crashes = readFileSync("test/fixtures/kernel/dmesg-segfaults.txt", "utf8").repeat(20);
  expect(diagnostics(read(crashes), "auto")).toHaveLength(100);
  expect(diagnostics(read(crashes), "on")).toHaveLength(440);
  expect(diagnostics(read(crashes), "off")).toHaveLength(0);
});
