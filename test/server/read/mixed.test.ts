import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lighttpdVersions } from "../../../server/src/read/lighttpd/versions";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";
import { sectionLines } from "./show";

const fixture = (path: string) => readFileSync(`test/fixtures/${path}`, "utf8");

describe("one ticket with everything pasted together", () => {
  const reading = read(log`
    Since the deploy at eleven the pool hangs. I collected this:

    for p in $(pgrep httpd); do echo "=== pid $p ==="; gdb -nx -batch -p $p -ex bt; done

    === pid 311 ===
    Attaching to process 311
    #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
    #1  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at
    /usr/local/src/APC-3.1.4/apc_pthreadmutex.c:72
    #2  0x00007f29a4a017ef in main () from /usr/sbin/httpd

    === pid 312 ===
    Attaching to process 312
    #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
    #1  0x00007f29a4a017ef in main () from /usr/sbin/httpd

    === pid 315 ===
    Attaching to process 315
    #0  0x00007f29a2e12a10 in poll () from /lib64/libc.so.6
    #1  0x00007f29a4a017ef in main () from /usr/sbin/httpd

    The error log of that minute:

    [Mon Nov 22 20:04:38.123456 2010] [mpm_prefork:notice] [pid 298] AH00171: Graceful restart requested, doing restart
    [Mon Nov 22 20:04:39.000001 2010] [core:notice] [pid 298] AH00052: child pid 320 exit signal Segmentation fault (11)

    and dmesg says

    kernel: [4838261.071917] httpd[320]: segfault
    at 7fdb0426e000 ip 00007fdb0403305b sp 00007ffee5ff8988 error 4
    in libphp5.so[7fdb03fe2000+87000]

    # ipcs -s

    ------ Semaphore Arrays --------
    key        semid      owner      perms      nsems
    0x00000000 262146     apache     600        1
    0x00000000 294915     apache     600        1

    Any idea?
  `);

  test("gives every part its section", () => {
    expect(sectionLines(reading)).toEqual([
      "text 1-1",
      "shell 3-3",
      "gdb-session 5-20",
      "text 22-22",
      "apache-error-log 24-25",
      "text 27-27",
      "kernel-log 29-31",
      "shell 33-33",
      "semaphore-list 35-38",
      "text 40-40",
    ]);
  });

  test("keeps what each part says", () => {
    expect(reading.processes.map((process) => process.pid)).toEqual([311, 312, 315]);
    expect(reading.records.map(({ format, kind, pid }) => `${format} ${kind} ${pid}`)).toEqual([
      "apache graceful-restart 298",
      "apache child-exit-signal 298",
      "kernel segfault 320",
    ]);
    expect(reading.records[2]?.fields).toMatchObject({
      process: "httpd",
      offset: "0x5105b",
      access: "read",
      mode: "user",
      present: false,
      object: "libphp5.so",
      insideObject: false,
    });
    expect(reading.tables.map(({ kind, rows }) => `${kind} ${rows.length}`)).toEqual([
      "semaphore-list 2",
    ]);
    expect(reading.problems).toEqual([]);
  });
});

describe("the listing beside the founding trace", () => {
  test("is a table of six semaphores, two empty ones around it", () => {
    const { tables } = read(fixture("gdb/6.8/apache-apc-ipcs.txt"));
    expect(tables.map(({ kind, rows }) => `${kind} ${rows.length}`)).toEqual([
      "shared-memory-list 0",
      "semaphore-list 6",
      "message-queue-list 0",
    ]);
  });
});

describe("a blog's story with logs and listings of one line each", () => {
  const parts = [
    "lighttpd/joined-1.4.13",
    "tables/ps-joined-1.4.13",
    "tables/ps-joined-1.4.18",
    "lighttpd/joined-1.4.13-to-1.4.18",
  ];
  const files = ["log", "txt", "txt", "log"].map((end, i) => fixture(`${parts[i]}.${end}`));
  const reading = read(`The log:\n${files.join("\nSome prose between them.\n")}\nThe end.\n`);

  test("has 32 entries and two tables of 21 processes", () => {
    expect(reading.records).toHaveLength(32);
    expect(reading.tables.map(({ kind, rows }) => `${kind} ${rows.length}`)).toEqual([
      "process-list 21",
      "process-list 21",
    ]);
  });

  test("tells the release before and after the upgrade", () => {
    const runs = lighttpdVersions(reading.records);
    const changes = runs.map(({ from, versions }) => `${reading.records[from]?.time} ${versions}`);
    expect(changes).toEqual(["2008-01-09T11:21:43 1.4.13", "2008-01-09T11:20:17 1.4.18"]);
  });
});
