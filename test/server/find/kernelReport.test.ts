import { describe, expect, test } from "vitest";
import { kernelReport } from "../../../server/src/find/kernelReport";
import { log } from "../fixture";
import { badSpans, found, picked } from "./findings";
import { kept } from "./sources";

const oops = (seconds: string, address: string) => log`
  [  ${seconds}] BUG: kernel NULL pointer dereference, address: ${address}
  [  ${seconds}] #PF: supervisor write access in kernel mode
  [  ${seconds}] #PF: error_code(0x0002) - not-present page
  [  ${seconds}] Oops: 0002 [#1] PREEMPT SMP NOPTI
  [  ${seconds}] CPU: 3 PID: 912 Comm: kworker/3:1 Tainted: G        W  O       6.14.0-demo #1
  [  ${seconds}] RIP: 0010:demo_write+0x1c/0x60 [demo]
  [  ${seconds}] Call Trace:
  [  ${seconds}]  <TASK>
  [  ${seconds}]  demo_ioctl+0x44/0x90 [demo]
  [  ${seconds}]  __x64_sys_ioctl+0x8b/0xc0
  [  ${seconds}]  </TASK>
  [  ${seconds}] ---[ end trace 0000000000000000 ]---
`;

test("a report gives its facts", () => {
  const findings = found(kernelReport, oops("100.000001", "0000000000000018"));
  expect(findings).toHaveLength(1);
  expect(findings[0]?.values).toEqual({
    title: "BUG: kernel NULL pointer dereference, address: 0000000000000018",
    kind: "null-pointer-dereference",
    process: "kworker/3:1",
    pid: 912,
    cpu: 3,
    version: "6.14.0-demo",
    tainted: "GWO",
    address: "0x18",
    uptime: 100.000001,
    culprit: "demo_write",
    crash: true,
    count: 1,
    first: null,
    last: null,
  });
  expect(findings[0]?.summary).toBe(
    "BUG: kernel NULL pointer dereference, address: 0000000000000018 (in demo_write)",
  );
  expect(badSpans(findings)).toEqual([]);
});

test("reports that differ only in numbers are one", () => {
  const text = oops("100.000001", "0000000000000018") + oops("200.000001", "0000000000000028");
  expect(picked(found(kernelReport, text), "count", "address")).toEqual([
    { count: 2, address: "0x18" },
  ]);
});

describe("a task that hangs", () => {
  const hung = (time: string, seconds: number) => log`
    ${time} web kernel: [  100.000001] INFO: task nfsd:1203 blocked for more than ${String(seconds)} seconds.
    ${time} web kernel: [  100.000001]       Not tainted 5.10.0-8-amd64 #1
    ${time} web kernel: [  100.000001] Call Trace:
    ${time} web kernel: [  100.000001]  __schedule+0x282/0x870
    ${time} web kernel: [  100.000001]  schedule+0x46/0xb0
    ${time} web kernel: [  100.000001]  nfs_wait_bit_killable+0x10/0x60 [nfs]
  `;

  test("is told with its first and last time and the kernel's version", () => {
    const text = hung("2026-11-20T10:00:01+00:00", 120) + hung("2026-11-20T10:02:01+00:00", 241);
    const names = ["kind", "count", "first", "last", "version", "tainted", "culprit"];
    expect(picked(found(kernelReport, text), ...names)).toEqual([
      {
        kind: "hung-task",
        count: 2,
        first: "2026-11-20T10:00:01+00:00",
        last: "2026-11-20T10:02:01+00:00",
        version: "5.10.0-8-amd64",
        tainted: "",
        culprit: "nfs_wait_bit_killable",
      },
    ]);
  });
});

test("a program's own fault is no report", () => {
  expect(found(kernelReport, kept("kernel/dmesg-segfaults.txt"))).toEqual([]);
  expect(found(kernelReport, kept("gdb/unknown/haproxy-zlib-kernel.txt"))).toEqual([]);
});

test("memory that ran out is one", () => {
  const findings = found(kernelReport, kept("kernel/dmesg-oom-memcg.txt"));
  expect(new Set(findings.map(({ values }) => values.kind))).toEqual(new Set(["oom-kill"]));
  expect(badSpans(findings)).toEqual([]);
});
