import { describe, expect, test } from "vitest";
import { faultSite } from "../../../server/src/find/faultSite";
import { log } from "../fixture";
import { badSpans, evidenceLines, found, picked } from "./findings";
import { kept } from "./sources";

describe("the kernel's line of a fault inside the C library", () => {
  const broken = kept("gdb/unknown/haproxy-zlib-kernel.txt");

  test("gives every number that follows from it", () => {
    const [finding, ...others] = found(faultSite, broken);
    expect(others).toEqual([]);
    expect(finding?.values).toEqual({
      program: "haproxy",
      pid: 610,
      signal: "SIGSEGV",
      address: "0x7fdb0426e000",
      ip: "0x7fdb0403305b",
      sp: "0x7ffee5ff8988",
      access: "read",
      error: 4,
      errorBits: ["USER"],
      present: false,
      trap: null,
      object: "ld-musl-x86_64.so.1",
      objectBase: "0x7fdb03fe2000",
      objectEnd: "0x7fdb04069000",
      offset: "0x5105b",
      offsetFrom: "mapping",
      uptime: 4838261.071917,
      upFor: "55 d 23:57:41",
      nearNull: false,
      pageAligned: true,
      jump: false,
      nearStack: false,
      canonical: true,
      insideObject: false,
      ipInsideObject: true,
      aboveBase: "0x28c000",
      aboveEnd: "0x205000",
      aboveEndKiB: 2068,
      objectKiB: 540,
      copyRoutine: true,
      function: null,
      culprit: null,
      count: 1,
      pids: [610],
      firstTime: null,
      lastTime: null,
      perDay: null,
    });
    expect(finding?.summary).toBe(
      "haproxy read 0x7fdb0426e000 (the first byte of a page) in ld-musl-x86_64.so.1 at 0x5105b, the C library",
    );
  });

  test("is found in a quoted and wrapped mail too", () => {
    const quoted = broken.replace(/^/gm, "> ");
    expect(picked(found(faultSite, quoted), "offset", "aboveEnd")).toEqual([
      { offset: "0x5105b", aboveEnd: "0x205000" },
    ]);
  });
});

test("equal places in an object are one finding, with the processes and the first and last time", () => {
  const text = log`
    2026-11-20T10:00:01+00:00 web kernel: worker[100]: segfault at 10 ip 000055d0c0a4b1c3 sp 00007ffd8a1e2f40 error 4 in worker[41c3,55d0c0a47000+9000]
    2026-11-20T10:05:01+00:00 web kernel: worker[200]: segfault at 18 ip 000056d0c0a4b1c3 sp 00007ffd8a1e2f40 error 4 in worker[41c3,56d0c0a47000+9000]
    2026-11-20T10:09:01+00:00 web kernel: worker[300]: segfault at 7f0000000000 ip 000056d0c0a4b300 sp 00007ffd8a1e2f40 error 6 in worker[4300,56d0c0a47000+9000]
  `;
  const names = ["offset", "count", "pids", "firstTime", "lastTime", "nearNull", "access"];
  expect(picked(found(faultSite, text), ...names)).toEqual([
    {
      offset: "0x41c3",
      count: 2,
      pids: [100, 200],
      firstTime: "2026-11-20T10:00:01+00:00",
      lastTime: "2026-11-20T10:05:01+00:00",
      nearNull: true,
      access: "read",
    },
    {
      offset: "0x4300",
      count: 1,
      pids: [300],
      firstTime: "2026-11-20T10:09:01+00:00",
      lastTime: "2026-11-20T10:09:01+00:00",
      nearNull: false,
      access: "write",
    },
  ]);
});

test.each([
  ["2026-11-20T10:00:01+00:00", "2026-11-20T10:05:01+00:00", "2026-11-20T10:10:01+00:00"],
  ["[  100.500000]", "[  400.500000]", "[  700.500000]"],
])("one every five minutes is 288 a day: %s", (...stamps) => {
  const text = stamps
    .map((stamp) => (stamp.startsWith("[") ? stamp : `${stamp} web kernel:`))
    .map(
      (stamp) =>
        `${stamp} a[7]: segfault at 10 ip 0000000000401234 sp 00007ffd error 4 in a[400000+9000]\n`,
    )
    .join("");
  expect(picked(found(faultSite, text), "perDay", "count")).toEqual([{ perDay: 288, count: 3 }]);
});

test("a captured kernel log gives each kind of fault its facts", () => {
  const findings = found(faultSite, kept("kernel/dmesg-segfaults.txt"));
  const facts = findings.map(({ values: v }) => {
    const flags = ["nearNull", "jump", "nearStack", "insideObject", "copyRoutine"];
    return [v.program, v.signal, v.access, v.count, ...flags.filter((flag) => v[flag] === true)];
  });
  expect(facts).toEqual(
    expect.arrayContaining([
      ["kc_low_write", "SIGSEGV", "write", expect.any(Number), "nearNull"],
      ["kc_jump_null", "SIGSEGV", "fetch", expect.any(Number), "nearNull", "jump"],
      ["kc_stack_out", "SIGSEGV", "write", expect.any(Number), "nearStack"],
      ["kc_div_zero", "SIGFPE", null, expect.any(Number)],
      ["kc_lib_call", "SIGSEGV", "read", expect.any(Number), "nearNull", "copyRoutine"],
    ]),
  );
  expect(badSpans(findings)).toEqual([]);
});

describe("a crashed thread", () => {
  test("is in a string routine, called with a null pointer's member", () => {
    const [finding] = found(faultSite, kept("gdb/13.1/nullderef-run.txt"));
    expect(finding?.values).toMatchObject({
      signal: "SIGSEGV",
      address: "0x4",
      ip: "0x7ffff7f3bad8",
      nearNull: true,
      jump: false,
      copyRoutine: true,
      function: "strlen",
      culprit: "name_length",
      count: 1,
    });
    expect(finding?.summary).toBe(
      "A program faulted on 0x4 (a null pointer) in strlen, called by name_length",
    );
    expect(evidenceLines(finding)[0]).toContain("#0  __strlen_evex ()");
  });

  test.each(["7.11", "8.1", "12.0.90", "16.3", "17.1"])(
    "of a core that gdb %s read has the address from $_siginfo",
    (version) => {
      const findings = found(faultSite, kept(`gdb/${version}/mt-core.txt`));
      expect(picked(findings, "address", "nearNull", "signal")).toEqual([
        { address: "0x10", nearNull: true, signal: "SIGSEGV" },
      ]);
    },
  );

  test("went on at address zero", () => {
    const text = log`
      Program received signal SIGSEGV, Segmentation fault.
      0x0000000000000000 in ?? ()
      (gdb) bt
      #0  0x0000000000000000 in ?? ()
      #1  0x0000555555555191 in call_handler (h=0x5555555592a0) at app.c:12
      #2  0x00005555555551c2 in main () at app.c:20
    `;
    expect(picked(found(faultSite, text), "address", "jump", "nearNull", "culprit")).toEqual([
      { address: "0x0", jump: true, nearNull: true, culprit: "call_handler" },
    ]);
  });

  test("went on where no program has anything mapped", () => {
    const findings = found(faultSite, kept("gdb/13.1/plug-nodebug.txt"));
    expect(picked(findings, "address", "access", "jump", "nearNull", "function")).toEqual([
      {
        address: "0x1234",
        access: "fetch",
        jump: true,
        nearNull: false,
        function: "plug_handle",
      },
    ]);
    expect(findings[0]?.summary).toBe("A program jumped to 0x1234 from plug_handle");
  });

  test("is of a program that only the text names, not of its thread's name", () => {
    const findings = found(faultSite, kept("gdb/13.1/mt-run.txt"));
    expect(picked(findings, "program", "function")).toEqual([
      { program: null, function: "checksum" },
    ]);
  });

  test("is below the handler that reports it", () => {
    const text = log`
      Program terminated with signal SIGSEGV, Segmentation fault.
      #0  0x00007f12d0a1e387 in kill () from /lib64/libc.so.6
      #1  0x000055d0c0a4c111 in sig_coredump (sig=11) at mpm_common.c:1199
      #2  <signal handler called>
      #3  0x000055d0c0a4b1c3 in put (q=0x0, v=1) at queue.c:9
      #4  0x000055d0c0a4b200 in main () at main.c:20
    `;
    const names = ["ip", "function", "culprit", "copyRoutine"];
    expect(picked(found(faultSite, text), ...names)).toEqual([
      { ip: "0x55d0c0a4b1c3", function: "put", culprit: "put", copyRoutine: false },
    ]);
  });

  test("of an abort is no fault", () => {
    expect(found(faultSite, kept("gdb/13.1/dfree.txt"))).toEqual([]);
  });

  test("is nobody's where threads only wait", () => {
    expect(found(faultSite, kept("gdb/6.8/apache-apc.txt"))).toEqual([]);
  });
});

describe("a kernel's line and a backtrace of the same process, in two texts", () => {
  const kernel =
    "[  100.000001] worker[4711]: segfault at 18 ip 000055d0c0a4b1c3 sp 00007ffd8a1e2f40 error 6 in worker[41c3,55d0c0a47000+9000]\n";
  const session = (ip: string) => log`
    [New LWP 4711]
    Core was generated by ${"`"}/opt/app/worker --fast'.
    Program terminated with signal SIGSEGV, Segmentation fault.
    #0  ${ip} in put (q=0x0, v=1) at queue.c:9
    #1  0x000055d0c0a4b200 in main () at main.c:20
    [Current thread is 1 (LWP 4711)]
  `;

  test("are one crash", () => {
    const findings = found(faultSite, kernel, session("0x000055d0c0a4b1c3"));
    expect(picked(findings, "pid", "address", "access", "function", "offset")).toEqual([
      { pid: 4711, address: "0x18", access: "write", function: "put", offset: "0x41c3" },
    ]);
    expect(findings[0]?.evidence.map(({ source }) => source.path)).toEqual(["text1", "text2"]);
  });

  test("are two where the instructions differ: the number was used again", () => {
    expect(found(faultSite, kernel, session("0x000055d0c0a4b999"))).toHaveLength(2);
  });
});
