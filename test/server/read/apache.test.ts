import { describe, expect, test } from "vitest";
import { apacheKinds } from "../../../server/src/read/apache/record";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";
import {
  fixture,
  kindCounts,
  messages,
  problems,
  readApache,
  recordText,
  recordTexts,
  sections,
} from "./logs";

const CAPTURES = [
  "console-startup.txt",
  "event-2.4.71.error.log",
  "prefork-2.4.71.error.log",
  "prefork-phpfpm-2.4.71.error.log",
];

/** The only entry of the line, as text. */
function entry(line: string): string {
  const { records } = readApache(line);
  expect(records).toHaveLength(1);
  return recordText(records[0]);
}

describe("real logs", () => {
  test.each(CAPTURES)("every entry of %s is named and dated as it should be", (name) => {
    const read = readApache(fixture(`apache/${name}`));
    expect(read.records.filter((record) => record.kind === "other")).toEqual([]);
    expect(read.problems).toEqual([]);
    expect(read.sections.map((section) => section.kind)).toEqual(["apache-error-log"]);
  });

  test("a prefork server's day is told in kinds", () => {
    const read = readApache(fixture("apache/prefork-2.4.71.error.log"));
    expect(kindCounts(read)).toMatchInlineSnapshot(`
      "start 4
      server-built 4
      command-line 4
      file-not-found 3
      client-denied 1
      auth-failed 2
      proxy-connect-failed 4
      backend-eof 6
      backend-timeout 1
      script-stderr 1
      script-no-output 3
      script-not-executable 1
      script-not-found 1
      invalid-request 2
      workers-exhausted 1
      child-exit-signal 2
      graceful-restart 1
      server-name-missing 2
      restart 1
      pid-file-removed 2
      graceful-stop 1
      stop 1"
    `);
  });

  test("PHP's and the children's ends behind proxy_fcgi keep their facts", () => {
    const read = readApache(fixture("apache/prefork-phpfpm-2.4.71.error.log"));
    const kinds = new Set(["php-fatal-error", "php-memory-limit", "child-exit-signal"]);
    const shown = read.records.filter((record) => kinds.has(record.kind));
    expect(shown.map(recordText).join("\n")).toMatchInlineSnapshot(`
      "php-fatal-error time=2026-11-20T21:39:15.854845 severity=error module=proxy_fcgi pid=28864 tid=28864 code=AH01071 client=127.0.0.1 clientPort=57318 phpError=Error: Call to a member function total() on null script=/srv/demo/htdocs/fatal.php line=5
      php-memory-limit time=2026-11-20T21:39:15.885406 severity=error module=proxy_fcgi pid=28864 tid=28864 code=AH01071 client=127.0.0.1 clientPort=57328 limit=8388608 wanted=2097152 script=/srv/demo/htdocs/mem.php line=1
      child-exit-signal time=2026-11-20T21:39:22.814636 severity=notice module=core pid=28861 tid=28861 code=AH00052 child=28880 signalText=Segmentation fault signal=11 signalName=SIGSEGV
      child-exit-signal time=2026-11-20T21:39:24.817979 severity=notice module=core pid=28861 tid=28861 code=AH00052 child=28879 signalText=Bus error signal=7 signalName=SIGBUS"
    `);
    expect(shown.map((record) => record.crash)).toEqual([false, false, true, true]);
  });

  test("what a CGI program wrote without a header stands between the entries around it", () => {
    const read = readApache(fixture("apache/event-2.4.71.error.log"));
    const stray = read.records.findIndex((record) => record.kind === "stderr");
    expect(read.records[stray]?.message).toBe("cannot open state file");
    expect(read.records[stray + 1]?.kind).toBe("script-no-output");
  });

  test("what Apache prints on its terminal is read as well", () => {
    expect(recordTexts(readApache(fixture("apache/console-startup.txt")))).toMatchInlineSnapshot(`
      "server-name-missing code=AH00558 program=apache2 name=127.0.0.1
      server-name-missing code=AH00558 program=apache2 name=127.0.0.1
      server-name-missing code=AH00558 program=apache2 name=127.0.0.1
      already-running running=28605
      bind-failed code=AH00072 errno=98 error=Address already in use address=127.0.0.1:18080
      no-listener
      logs-not-opened code=AH00015
      syntax-error line=1 file=/srv/demo/bad.conf
      syntax-error code=AH00526 line=3 file=/srv/demo/bad2.conf directive=BadDirective"
    `);
  });
});

describe("headers", () => {
  test("of 2.2 and 1.3: no module, no process, the error behind the client", () => {
    expect(
      entry(
        "[Wed Oct 11 14:32:52 2006] [error] [client 192.0.2.7] (13)Permission denied: access to /a denied, referer: http://demo.invalid/",
      ),
    ).toMatchInlineSnapshot(
      `"permission-denied time=2006-10-11T14:32:52 severity=error errno=13 error=Permission denied client=192.0.2.7 referer=http://demo.invalid/ url=/a"`,
    );
  });

  test("of a debug entry: the source line", () => {
    expect(
      entry(
        "[Fri Nov 20 21:38:11.063596 2026] [proxy:debug] [pid 9:tid 140597881775872] proxy_util.c(3949): (111)Connection refused: [client 192.0.2.7:50752] AH00957: http: attempt to connect to 192.0.2.9:8080 (app1) failed",
      ),
    ).toMatchInlineSnapshot(
      `"proxy-connect-failed time=2026-11-20T21:38:11.063596 severity=debug module=proxy pid=9 tid=140597881775872 code=AH00957 source=proxy_util.c:3949 errno=111 error=Connection refused client=192.0.2.7 clientPort=50752 protocol=http backend=192.0.2.9:8080"`,
    );
  });

  test("with an address of IPv6: the last number is the port since 2.4, but not before", () => {
    expect(
      entry(
        "[Fri Nov 20 21:38:11 2026] [core:info] [pid 9] [client 2001:db8::1:52100] AH00128: File does not exist: /a",
      ),
    ).toContain("client=2001:db8::1 clientPort=52100");
    expect(
      entry("[Fri Nov 20 21:38:11 2026] [error] [client 2001:db8::1] File does not exist: /a"),
    ).toContain("client=2001:db8::1 file=/a");
  });

  test("of a module that gives no name: `[:error]`", () => {
    expect(entry("[Fri Nov 20 21:38:11.1 2026] [:error] [pid 9] [client 192.0.2.7:5] Test")).toBe(
      "other time=2026-11-20T21:38:11.1 severity=error pid=9 client=192.0.2.7 clientPort=5",
    );
  });

  test("of the common ErrorLogFormat with ISO times and log ids", () => {
    expect(
      entry(
        "[2026-11-20 21:37:44.639533] [proxy:error] 192.0.2.7:57234 Vv8GAX8AAQEAAAYXAhUAAAAA AH00898: Error reading from remote server returned by /a",
      ),
    ).toMatchInlineSnapshot(
      `"backend-eof time=2026-11-20T21:37:44.639533 severity=error module=proxy code=AH00898 client=192.0.2.7 clientPort=57234 requestId=Vv8GAX8AAQEAAAYXAhUAAAAA url=/a"`,
    );
    expect(
      entry(
        "[2026-11-20 21:37:44.639533] [core:error] [R:Vv8GAX8AAQEAAAYXAhUAAAAA] [C:xyz123] AH00126: Invalid URI in request",
      ),
    ).toMatchInlineSnapshot(
      `"invalid-request time=2026-11-20T21:37:44.639533 severity=error module=core code=AH00126 requestId=Vv8GAX8AAQEAAAYXAhUAAAAA connectionId=xyz123"`,
    );
  });

  test("of syslog: the time and the process come from the shipper", () => {
    const { records } = read(
      "2026-11-20T21:37:44 web1 httpd[311]: [error] File does not exist: /a",
    );
    expect(recordText(records[0])).toBe(
      "file-not-found time=2026-11-20T21:37:44 severity=error pid=311 host=web1 unit=httpd file=/a",
    );
  });

  test.each([
    "[Fri Nov 20 21:38:11 2026] [drm] Initialized i915",
    "[20-Nov-2026 21:39:15] WARNING: [pool demo] child 28855 exited on signal 11 (SIGSEGV)",
    "[2026-11-20 21:37:44.123] [main] [error] spdlog says so",
    "[ 1234.567890] httpd[311]: segfault at 0 ip 00007f29 sp 00007fff error 4",
    "AH00171 is the code of the prefork MPM",
    "[error] [note] this is a story",
  ])("of others are not Apache's: %s", (line) => {
    expect(readApache(line).records).toEqual([]);
  });
});

describe("what happened", () => {
  test.each([
    ["AH00171", "prefork"],
    ["AH00297", "worker"],
    ["AH00493", "event"],
  ])("%s is a graceful restart and names the MPM", (code, mpm) => {
    expect(entry(`${code}: Graceful restart requested, doing restart`)).toBe(
      `graceful-restart code=${code} mpm=${mpm}`,
    );
  });

  test("before 2.4 the messages tell", () => {
    const read = readApache(log`
      [Sat Jan 01 04:02:01 2011] [notice] Apache/2.2.3 (CentOS) DAV/2 PHP/5.3.3 configured -- resuming normal operations
      [Sat Jan 01 04:02:03 2011] [error] server reached MaxClients setting, consider raising the MaxClients setting
      [Sat Jan 01 04:02:04 2011] [notice] child pid 3514 exit signal Segmentation fault (11)
      [Sat Jan 01 04:02:05 2011] [emerg] (43)Identifier removed: couldn't grab the accept mutex
      [Sat Jan 01 04:02:06 2011] [notice] SIGUSR1 received.  Doing graceful restart
    `);
    expect(recordTexts(read)).toMatchInlineSnapshot(`
      "start time=2011-01-01T04:02:01 severity=notice server=Apache/2.2.3 (CentOS) DAV/2 PHP/5.3.3 version=2.2.3 platform=CentOS components=DAV/2 PHP/5.3.3
      workers-exhausted time=2011-01-01T04:02:03 severity=error
      child-exit-signal time=2011-01-01T04:02:04 severity=notice child=3514 signalText=Segmentation fault signal=11 signalName=SIGSEGV
      semaphore-error time=2011-01-01T04:02:05 severity=emerg errno=43 error=Identifier removed
      graceful-restart time=2011-01-01T04:02:06 severity=notice"
    `);
  });

  test("a time-out of the backend is told from its end by the error number", () => {
    const line = (errno: string) =>
      `[Fri Nov 20 21:38:11 2026] [proxy_http:error] [pid 9] ${errno}: [client 192.0.2.7:5] AH01102: error reading status line from remote server 192.0.2.9:80`;
    expect(entry(line("(70007)The timeout specified has expired"))).toMatch(/^backend-timeout /);
    expect(entry(line("(104)Connection reset by peer"))).toMatch(/^backend-eof /);
  });

  test("every kind claims its own samples", () => {
    const kindOf = (sample: string) =>
      readApache(`[Fri Nov 20 21:38:11 2026] [notice] ${sample}`).records.at(-1)?.kind;
    const samples = apacheKinds.flatMap(({ kind, samples }) =>
      samples.map((sample) => ({ sample, kind })),
    );
    expect(samples.map(({ sample }) => ({ sample, kind: kindOf(sample) }))).toEqual(samples);
  });
});

describe("entries that do not keep to one line", () => {
  test("two entries on one line are two", () => {
    const read = readApache(
      "AH00171: Graceful restart requested, doing restart libgomp: could not create thread pool destructor.",
    );
    expect(messages(read)).toMatchInlineSnapshot(`
      "graceful-restart "Graceful restart requested, doing restart"
      libgomp-thread-key "libgomp: could not create thread pool destructor.""
    `);
    expect(read.records.map((record) => record.crash)).toEqual([false, true]);
  });

  test("a page that joins a whole log loses none of it", () => {
    const text = fixture("apache/prefork-2.4.71.error.log").trimEnd();
    expect(messages(readApache(text.replaceAll(/ *\n/g, " ")))).toBe(messages(readApache(text)));
  });

  test("a PHP trace belongs to the entry before it", () => {
    const read = readApache(log`
      [Sat Jan 01 04:02:01 2011] [error] [client 192.0.2.7] PHP Fatal error:  Uncaught exception 'Oops' in /srv/demo/a.php:5
      Stack trace:
      #0 /srv/demo/b.php(7): f(1)
      #1 {main}
        thrown in /srv/demo/a.php on line 5
      [Sat Jan 01 04:02:02 2011] [error] [client 192.0.2.7] File does not exist: /a
    `);
    expect(messages(read)).toMatchInlineSnapshot(`
      "php-fatal-error "PHP Fatal error:  Uncaught exception 'Oops' in /srv/demo/a.php:5\\nStack trace:\\n#0 /srv/demo/b.php(7): f(1)\\n#1 {main}\\n  thrown in /srv/demo/a.php on line 5"
      file-not-found "File does not exist: /a""
    `);
  });

  test("an abort of the C library is one crash, its backtrace and map included", () => {
    const read = readApache(log`
      [Sat Jan 01 04:02:01 2011] [notice] SIGUSR1 received.  Doing graceful restart
      *** glibc detected *** /usr/sbin/httpd: double free or corruption (!prev): 0x00007f29a4f3ce30 ***
      ======= Backtrace: =========
      /lib64/libc.so.6[0x3a6da7146f]
      /lib64/libc.so.6(cfree+0x4b)[0x3a6da758db]
      ======= Memory map: ========
      00400000-00480000 r-xp 00000000 fd:00 131210 /usr/sbin/httpd
      [Sat Jan 01 04:02:02 2011] [notice] child pid 3514 exit signal Abort (6)
    `);
    expect(recordTexts(read)).toMatchInlineSnapshot(`
      "graceful-restart time=2011-01-01T04:02:01 severity=notice
      glibc-abort program=/usr/sbin/httpd reason=double free or corruption (!prev) address=0x00007f29a4f3ce30
      child-exit-signal time=2011-01-01T04:02:02 severity=notice child=3514 signalText=Abort signal=6 signalName=SIGABRT"
    `);
    expect(read.records[1]?.message.split("\n")).toHaveLength(6);
  });

  test("prose and frames around quoted entries stay out of the log", () => {
    const read = readApache(log`
      AH00171: Graceful restart requested, doing restart
      We looked at the children with gdb.
      #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0

      AH00171: Graceful restart requested, doing restart
    `);
    expect(sections(read)).toMatchInlineSnapshot(`
      "apache-error-log 1: AH00171: Graceful restart requ ... AH00171: Graceful restart requ
      apache-error-log 1: AH00171: Graceful restart requ ... AH00171: Graceful restart requ"
    `);
  });
});

describe("damage", () => {
  test("a day that no calendar has is a problem, and the entry has no time", () => {
    const read = readApache(
      "[Wed Feb 30 21:38:11 2026] [error] [client 192.0.2.7] File does not exist: /a",
    );
    expect(recordText(read.records[0])).toBe(
      "file-not-found severity=error client=192.0.2.7 file=/a",
    );
    expect(problems(read)).toBe('impossible-date "Wed Feb 30 21:38:11 2026"');
  });

  test("a year with a sign that is no digit is no year", () => {
    const { records } = readApache("[Fri Nov 20 21:38:11 20:6] [core:error] [pid 9:tid 9] a");
    expect(records[0]?.time ?? null).toBeNull();
  });

  test("a number that is too large is a problem, and null", () => {
    const read = readApache("[Fri Nov 20 21:38:11 2026] [core:error] [pid 99999999999999999999] a");
    expect(recordText(read.records[0])).toBe(
      "other time=2026-11-20T21:38:11 severity=error module=core",
    );
    expect(problems(read)).toMatch(/^number-too-large /);
  });

  test.each(["[Fri Nov 20 21:38:1", "[Fri Nov 20 21:38:12.000001 2026] [core:noti"])(
    "a log cut at `%s` says so",
    (cut) => {
      const read = readApache(`[Fri Nov 20 21:38:11 2026] [core:error] [pid 9] a\n${cut}`);
      expect(problems(read)).toBe(`truncated-record ${JSON.stringify(cut)}`);
      expect(read.records).toHaveLength(2);
    },
  );
});
