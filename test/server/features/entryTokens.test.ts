import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { semanticTokens } from "../../../server/src/features/semanticTokens";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";
import { colours } from "./shown";

test("an entry of Apache is coloured from its time to its client, and a crash more than that", () => {
  const text = log`
    [Fri Nov 20 21:38:12.621496 2026] [authz_core:error] [pid 12:tid 12] mod_authz_core.c(878): [client 192.0.2.7:57246] AH01630: client denied by server configuration: /srv/demo/htdocs/deny
    [Fri Nov 20 21:40:10.100000 2026] [core:notice] [pid 9:tid 9] AH00052: child pid 12 exit signal Segmentation fault (11)
  `;
  expect(colours(text)).toMatchInlineSnapshot(`
    "btBanner [Fri Nov 20 21:38:12.621496 2026]
    btLibrary authz_core
    btSignal error
    btProcess 12
    btProcess 12
    btFile mod_authz_core.c
    btLine 878
    btAddress 192.0.2.7
    btValue AH01630
    btBanner [Fri Nov 20 21:40:10.100000 2026]
    btLibrary core
    btSignal.machinery notice
    btProcess 9
    btProcess 9
    btValue AH00052
    btProcess 12
    btSignal.crashed Segmentation fault"
  `);
});

test("an entry of lighttpd is coloured with its source line and its backend", () => {
  const text = log`
    2026-11-20 21:49:20: (gw_backend.c.533) connect() /srv/demo/app.sock-0: Connection refused
    2026-11-20 21:49:22: (gw_backend.c.383) child signalled: 11
  `;
  expect(colours(text)).toMatchInlineSnapshot(`
    "btBanner 2026-11-20 21:49:20
    btFile gw_backend.c
    btLine 533
    btAddress /srv/demo/app.sock-0
    btBanner 2026-11-20 21:49:22
    btFile gw_backend.c
    btLine 383
    btSignal.crashed signalled: 11"
  `);
});

test("a fault of a program is coloured with its addresses and its object", () => {
  const text = log`
    [ 4996.100000] worker[26907]: segfault at 8 ip 00007f196eb21ad8 sp 00007ffdeec37088 error 4 in libc.so.6[167ad8,7f196e9e0000+156000]
    [ 4971.306520] traps: kc_div_zero[26793] trap divide error ip:561feeba229b sp:7ffdd4ad9740 error:0 in kc_div_zero[129b,561feeba2000+1000]
  `;
  expect(colours(text)).toMatchInlineSnapshot(`
    "btBanner [ 4996.100000]
    btProcess worker
    btProcess 26907
    btSignal.crashed segfault
    btAddress 8
    btAddress 00007f196eb21ad8
    btAddress 00007ffdeec37088
    btLibrary libc.so.6
    btBanner [ 4971.306520]
    btProcess kc_div_zero
    btProcess 26793
    btSignal.crashed trap divide error
    btAddress 561feeba229b
    btAddress 7ffdd4ad9740
    btProcess kc_div_zero"
  `);
});

test("the frames of a kernel report keep their colours below the coloured headline", () => {
  const text = log`
    [  912.100001] BUG: kernel NULL pointer dereference, address: 0000000000000018
    [  912.100005] CPU: 3 PID: 912 Comm: kworker/3:1 Not tainted 6.14.0-demo #1
    [  912.100006] RIP: 0010:demo_probe+0x1c/0x40 [demo]
    [  912.100007] Call Trace:
    [  912.100009]  process_one_work+0x1f0/0x3c0
    [  912.100012] ---[ end trace 0000000000000000 ]---
  `;
  expect(colours(text)).toMatchInlineSnapshot(`
    "btBanner [  912.100001]
    btSignal.crashed BUG
    btAddress 0000000000000018
    btProcess 912
    btProcess kworker/3:1
    btFunction.culprit demo_probe
    btLibrary.culprit demo
    btFunction process_one_work"
  `);
});

test.each([
  "apache/event-2.4.71.error.log",
  "lighttpd/joined-1.4.13.log",
  "kernel/dmesg-oom-memcg.txt",
])("no token covers another in %s", (path) => {
  const text = readFileSync(`test/fixtures/${path}`, "utf8");
  const spans = semanticTokens(read(text), { from: 0, to: text.length }).map(({ span }) => span);
  expect(spans.length).toBeGreaterThan(10);
  expect(spans.filter(({ from }, i) => i > 0 && from < (spans[i - 1]?.to ?? 0))).toEqual([]);
  expect(spans.filter(({ from, to }) => text.slice(from, to).includes("\n"))).toEqual([]);
});
