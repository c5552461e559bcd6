import { expect, test } from "vitest";
import { childDeath } from "../../../server/src/find/childDeath";
import { log } from "../fixture";
import { foundIn } from "./findings";
import { kept, source } from "./sources";

const deaths = (...texts: string[]) =>
  foundIn(
    childDeath,
    texts.map((text, i) => source(text, `${i}`)),
  );

const exit = (
  day: string,
  clock: string,
  pid: number,
  signal = "Segmentation fault (11)",
): string =>
  `[${day} ${clock}.000001 2026] [core:notice] [pid 1:tid 1] AH00051: child pid ${pid} exit signal ${signal}`;

const fault = (day: string, clock: string, pid: number, program = "httpd"): string =>
  `[${day} ${clock} 2026] ${program}[${pid}]: segfault at 8 ip 00007f196eb21ad8 sp 00007ffdeec37088 error 4 in libphp5.so[7f196e9e0000+156000]`;

const backtrace = (pid: number, program = "/usr/sbin/httpd"): string => log`
  Attaching to program: ${program}, process ${String(pid)}
  #0  0x00007f196eb21ad8 in zend_hash_find () from /etc/httpd/modules/libphp5.so
  #1  0x00007f196eb22ad8 in php_handler () from /etc/httpd/modules/libphp5.so
  #2  0x000055d0c0a4b1c3 in main ()
  `;

const SUNDAY = "Sun Nov 22";
const FRIDAY = "Fri Nov 20";

test("one end that three texts tell of", () => {
  const [found, ...more] = deaths(
    backtrace(4711),
    exit(FRIDAY, "21:38:26", 4711),
    fault(FRIDAY, "21:38:25", 4711),
  );
  expect(more).toEqual([]);
  expect(found?.values).toEqual({
    pid: 4711,
    signal: "SIGSEGV",
    program: "httpd",
    sources: ["apache", "kernel", "backtrace"],
    apacheTime: "2026-11-20T21:38:26.000001",
    kernelTime: "2026-11-20T21:38:25",
  });
  expect(found?.evidence.map((place) => place.source.path)).toEqual(["0", "1", "2"]);
});

test("a process id that was used again on another day is another process", () => {
  expect(deaths(exit(FRIDAY, "21:38:26", 4711), fault(SUNDAY, "21:38:27", 4711))).toEqual([]);
  const found = deaths(
    [exit(FRIDAY, "21:38:26", 4711), exit(SUNDAY, "10:00:00", 4711)].join("\n"),
    [fault(FRIDAY, "21:38:26", 4711), fault(SUNDAY, "09:59:59", 4711)].join("\n"),
    backtrace(4711),
  );
  expect(found.map(({ values }) => [values.apacheTime, values.kernelTime, values.sources])).toEqual(
    [
      ["2026-11-20T21:38:26.000001", "2026-11-20T21:38:26", ["apache", "kernel"]],
      ["2026-11-22T10:00:00.000001", "2026-11-22T09:59:59", ["apache", "kernel"]],
    ],
  );
});

test("a kernel's log without dates fits the one end that there is, and no one of two", () => {
  const uptime =
    "[ 5002.421052] httpd[4711]: segfault at 8 ip 00007f196eb21ad8 sp 00007ffdeec37088 error 4 in libphp5.so[7f196e9e0000+156000]";
  const [found] = deaths(uptime, exit(FRIDAY, "21:38:26", 4711));
  expect(found?.values).toMatchObject({ sources: ["apache", "kernel"], kernelTime: null });
  const again = uptime.replace("5002", "9002");
  expect(deaths(`${uptime}\n${again}`, exit(FRIDAY, "21:38:26", 4711))).toEqual([]);
});

test("another signal or another program is another process", () => {
  const abort = exit(FRIDAY, "21:38:26", 4711, "Abort (6)");
  expect(deaths(abort, fault(FRIDAY, "21:38:26", 4711))).toEqual([]);
  expect(deaths(fault(FRIDAY, "21:38:26", 4711, "mysqld"), backtrace(4711))).toEqual([]);
  expect(deaths(fault(FRIDAY, "21:38:26", 4711, "httpd"), backtrace(4711))).toHaveLength(1);
});

test("in one text as well, and with the kernel's log copied into another", () => {
  const lines = [exit(FRIDAY, "21:38:26", 4711), fault(FRIDAY, "21:38:26", 4711)].join("\n");
  const found = deaths(lines, fault(FRIDAY, "21:38:26", 4711), backtrace(4711));
  expect(found).toHaveLength(1);
  expect(found[0]?.values.sources).toEqual(["apache", "kernel", "backtrace"]);
});

test("the out-of-memory killer: its victim, not who asked for the memory", () => {
  const killed = (pid: number) => exit(FRIDAY, "21:38:26", pid, "Killed (9)");
  const report = kept("kernel/dmesg-oom-memcg.txt").replace(/(pid=|process )27100/g, "$1555");
  expect(deaths(report, killed(27100))).toEqual([]);
  const [found] = deaths(report, killed(555));
  expect(found?.values).toMatchObject({
    pid: 555,
    signal: "SIGKILL",
    program: "kc_memhog",
    kernelTime: null,
  });
});

test("one witness is none, and process 0 is nobody", () => {
  expect(deaths(kept("kernel/dmesg-segfaults.txt"), kept("apache/event-2.4.71.error.log"))).toEqual(
    [],
  );
  expect(deaths(fault(FRIDAY, "21:38:26", 0), exit(FRIDAY, "21:38:26", 0))).toEqual([]);
});

test("a FastCGI program that Apache runs", () => {
  const [found] = deaths(
    "[Fri Nov 20 21:38:26 2026] [error] mod_fcgid: process /srv/demo/app.fcgi(3514) exit(communication error), get unexpected signal 11",
    fault(FRIDAY, "21:38:26", 3514, "app.fcgi"),
  );
  expect(found?.values).toMatchObject({ pid: 3514, signal: "SIGSEGV", program: "app.fcgi" });
});

test("faults of the processor count as the signal that they end with", () => {
  const trap =
    "[Fri Nov 20 21:38:26 2026] traps: httpd[4711] trap divide error ip:561feeba229b sp:7ffdd4ad9740 error:0 in httpd[561feeba2000+1000]";
  const [found] = deaths(trap, exit(FRIDAY, "21:38:26", 4711, "Floating point exception (8)"));
  expect(found?.values).toMatchObject({ signal: "SIGFPE", sources: ["apache", "kernel"] });
  expect(deaths(trap, exit(FRIDAY, "21:38:26", 4711))).toEqual([]);
});

test("the kernel's nearest word is taken, not its first", () => {
  const [found] = deaths(
    [fault(FRIDAY, "09:00:00", 4711), fault(FRIDAY, "21:38:26", 4711)].join("\n"),
    exit(FRIDAY, "21:38:27", 4711),
  );
  expect(found?.values.kernelTime).toBe("2026-11-20T21:38:26");
});

test("a core's threads: the kernel names the one that faulted, Apache the process", () => {
  const core = kept("gdb/13.1/mt-core.txt");
  const [both, ...more] = deaths(core, fault(FRIDAY, "21:38:26", 8383, "mt"));
  expect(more).toEqual([]);
  expect(both?.values).toMatchObject({ pid: 8383, sources: ["kernel", "backtrace"] });
  const [all, ...others] = deaths(
    exit(FRIDAY, "21:38:27", 8381),
    fault(FRIDAY, "21:38:26", 8383, "mt"),
    core,
  );
  expect(others).toEqual([]);
  expect(all?.values).toMatchObject({
    pid: 8381,
    program: "mt",
    sources: ["apache", "kernel", "backtrace"],
  });
  expect(deaths(core, fault(FRIDAY, "21:38:26", 8382, "mt"))).toEqual([]);
});

test("a thread with a name of its own", () => {
  const named = log`
    Core was generated by ${"`"}/srv/app --serve'.
    Program terminated with signal SIGSEGV, Segmentation fault.
    [Current thread is 1 (Thread 0x7f29a49ba760 (LWP 4712))]

    Thread 1 (Thread 0x7f29a49ba760 (LWP 4712) "pool-1"):
    #0  0x00007f196eb21ad8 in work () from /srv/libwork.so
    #1  0x000055d0c0a4b1c3 in run () from /srv/libwork.so
    `;
  expect(deaths(named, fault(FRIDAY, "21:38:26", 4712, "pool-1"))).toHaveLength(1);
  expect(deaths(named, fault(FRIDAY, "21:38:26", 4712, "app"))).toHaveLength(1);
  expect(deaths(named, fault(FRIDAY, "21:38:26", 4712, "pool-2"))).toEqual([]);
});
