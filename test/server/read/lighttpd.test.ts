import { describe, expect, test } from "vitest";
import { lighttpdKinds } from "../../../server/src/read/lighttpd/record";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";
import {
  fixture,
  kindCounts,
  messages,
  problems,
  readLighttpd,
  recordText,
  recordTexts,
  sections,
} from "./logs";

const CAPTURES = [
  "console-missing-module-1.4.69.txt",
  "error-1.4.35-xenial.log",
  "error-1.4.45-bionic.log",
  "error-1.4.55-focal.log",
  "error-1.4.63-jammy.log",
  "error-1.4.69-debian12.log",
  "error-1.4.74-noble.log",
  "error-1.4.79-trixie.log",
  "joined-1.4.13.log",
  "joined-1.4.13-to-1.4.18.log",
];

/** The only entry of the line, as text, without what every line has. */
function entry(message: string, file = "mod_fastcgi.c.2396"): string {
  const { records } = readLighttpd(`2008-01-09 11:21:43: (${file}) ${message}`);
  expect(records).toHaveLength(1);
  return recordText(records[0]).replace(/ time=\S+ module=\S+ source=\S+/, "");
}

describe("real logs", () => {
  test.each(CAPTURES)("every entry of %s is named", (name) => {
    const read = readLighttpd(fixture(`lighttpd/${name}`));
    expect(read.records.filter((record) => record.kind === "other")).toEqual([]);
    expect(read.problems).toEqual([]);
    expect(read.sections.map((section) => section.kind)).toEqual(["lighttpd-error-log"]);
  });

  test("entries that run together on one line are read one by one, out of order as they are", () => {
    const read = readLighttpd(fixture("lighttpd/joined-1.4.13.log"));
    expect(recordTexts(read)).toMatchInlineSnapshot(`
      "backend-eof time=2008-01-09T11:21:43 module=mod_fastcgi source=mod_fastcgi.c:2396 backendPid=0 backend=tcp:127.0.0.1:7000
      backend-eof time=2008-01-09T11:21:42 module=mod_fastcgi source=mod_fastcgi.c:2396 backendPid=0 backend=tcp:127.0.0.1:7000
      backend-no-response time=2008-01-09T11:21:43 module=mod_fastcgi source=mod_fastcgi.c:3181 bytes=1386 backend=tcp:127.0.0.1:7000 url=/dispatch.fcgi
      backend-no-response time=2008-01-09T11:21:42 module=mod_fastcgi source=mod_fastcgi.c:3181 bytes=1497 backend=tcp:127.0.0.1:7000 url=/dispatch.fcgi
      backend-eof time=2008-01-09T11:47:11 module=mod_fastcgi source=mod_fastcgi.c:2396 backendPid=0 backend=tcp:127.0.0.1:7000
      backend-no-response time=2008-01-09T11:47:11 module=mod_fastcgi source=mod_fastcgi.c:3181 bytes=1336 backend=tcp:127.0.0.1:7000 url=/dispatch.fcgi
      backend-eof time=2008-01-09T11:47:11 module=mod_fastcgi source=mod_fastcgi.c:2396 backendPid=0 backend=tcp:127.0.0.1:7000
      backend-no-response time=2008-01-09T11:47:11 module=mod_fastcgi source=mod_fastcgi.c:3181 bytes=1295 backend=tcp:127.0.0.1:7000 url=/dispatch.fcgi
      backend-connect-failed time=2008-01-09T11:47:12 module=mod_fastcgi source=mod_fastcgi.c:2689 backend=tcp:127.0.0.1:7000 error=Connection refused
      backend-connect-failed time=2008-01-09T11:47:12 module=mod_fastcgi source=mod_fastcgi.c:2689 backend=tcp:127.0.0.1:7000 error=Connection refused
      backend-re-enabled time=2008-01-09T11:47:18 module=mod_fastcgi source=mod_fastcgi.c:2635 backend=tcp:127.0.0.1:7000
      backend-re-enabled time=2008-01-09T11:47:18 module=mod_fastcgi source=mod_fastcgi.c:2635 backend=tcp:127.0.0.1:7000"
    `);
  });

  test("client noise is told from the backends' failures", () => {
    const read = readLighttpd(fixture("lighttpd/joined-1.4.13-to-1.4.18.log"));
    expect(kindCounts(read)).toMatchInlineSnapshot(`
      "backend-re-enabled 2
      server-stop 8
      server-start 1
      ssl-noise 2
      connection-noise 1
      backend-eof 2
      backend-no-response 2
      write-timeout 2"
    `);
  });

  test("the newest release's words give the same kinds and fields", () => {
    const read = readLighttpd(fixture("lighttpd/error-1.4.79-trixie.log"));
    const died = read.records.filter((record) => record.time === "2026-11-20T21:49:20");
    expect(died.map(recordText).join("\n")).toMatchInlineSnapshot(`
      "fastcgi-stderr time=2026-11-20T21:49:20 module=mod_fastcgi source=mod_fastcgi.c:444 text=demo app: cannot open ledger
      backend-child-exited time=2026-11-20T21:49:20 module=gw_backend source=gw_backend.c:376 status=7 backend=unix:/srv/demo/app.sock-0
      backend-connect-failed time=2026-11-20T21:49:20 module=gw_backend source=gw_backend.c:533 error=Connection refused backend=unix:/srv/demo/app.sock-0
      backend-eof time=2026-11-20T21:49:20 module=gw_backend source=gw_backend.c:2168 backend=unix:/srv/demo/app.sock-0 backendPid=1412 vhost=127.0.0.1:18180 url=/app/die
      backend-no-response time=2026-11-20T21:49:20 module=gw_backend source=gw_backend.c:2168 backend=unix:/srv/demo/app.sock-0 backendPid=1412 vhost=127.0.0.1:18180 url=/app/die"
    `);
  });
});

describe("messages", () => {
  test("the place in the source, the module and the time are read", () => {
    expect(recordTexts(readLighttpd("2008-01-09 11:20:17: (log.c.75) server started"))).toBe(
      "server-start time=2008-01-09T11:20:17 module=log source=log.c:75",
    );
  });

  test("a path in front of the file's name stays in the source only", () => {
    expect(
      recordTexts(
        readLighttpd(
          "2026-11-20 21:41:19.004512345: (../../src/gw_backend.c.369) child signalled: 11",
        ),
      ),
    ).toBe(
      "backend-child-signal time=2026-11-20T21:41:19.004512345 module=gw_backend source=../../src/gw_backend.c:369 signal=11 signalName=SIGSEGV",
    );
  });

  test("in syslog the time and the process come from the shipper", () => {
    const { records } = read(
      "2026-11-20T21:41:19 web1 lighttpd[4711]: (gw_backend.c.369) child signalled: 6",
    );
    expect(recordText(records[0])).toContain("time=2026-11-20T21:41:19 module=gw_backend pid=4711");
  });

  test("the parts of a TLS failure: what the library and the system said", () => {
    expect(entry("SSL: 5 -1 104 Connection reset by peer", "network_openssl.c.133")).toBe(
      "ssl-noise sslResult=5 errno=104 error=Connection reset by peer",
    );
  });

  test("a backend named by host and port has the address that other entries give it", () => {
    expect(entry("proxy - re-enabled: 127.0.0.1 18198 ", "mod_proxy.c.1374")).toBe(
      "backend-re-enabled backendHost=127.0.0.1 backendPort=18198 backend=tcp:127.0.0.1:18198",
    );
  });

  test("every kind claims its own samples", () => {
    const kindOf = (sample: string, file: string) => entry(sample, `${file}.c.1`).split(" ")[0];
    const samples = lighttpdKinds.flatMap(({ kind, when, samples }) =>
      samples.map((sample) => ({
        sample,
        kind,
        file: when.flatMap((clause) => clause.files ?? []).at(-1) ?? "server",
      })),
    );
    expect(samples.map((one) => ({ ...one, kind: kindOf(one.sample, one.file) }))).toEqual(samples);
  });
});

describe("where the log begins and ends", () => {
  test("an article's words between quoted lines stay outside", () => {
    const read = readLighttpd(log`
      We saw this:
      2008-01-09 11:20:15: (log.c.135) server stopped 2008-01-09 11:20:17: (log.c.75) server started
      and upgraded.
    `);
    expect(sections(read)).toMatchInlineSnapshot(
      `"lighttpd-error-log 2: 2008-01-09 11:20:15: (log.c.13 ... 2008-01-09 11:20:17: (log.c.75"`,
    );
  });

  test("what an application wrote without a header is part of a log that is nothing else", () => {
    const entries = Array.from(
      { length: 8 },
      () => "2008-01-09 11:20:17: (mod_fastcgi.c.2543) FastCGI-stderr: oops\n",
    );
    const read = readLighttpd(`${entries.join("")}  from ./app.rb:7:in 'run'\n${entries[0]}`);
    expect(messages(read).split("\n").at(-2)).toBe("stderr \"  from ./app.rb:7:in 'run'\"");
  });

  test("grep's file names in front of entries are left alone", () => {
    expect(readLighttpd("error.log:2008-01-09 11:20:17: (log.c.75) server started").text).toBe(
      "error.log:2008-01-09 11:20:17: (log.c.75) server started",
    );
  });
});

describe("damage", () => {
  test("a day that no calendar has is a problem, and the entry has no time", () => {
    const read = readLighttpd("2008-02-30 11:20:17: (log.c.75) server started");
    expect(recordTexts(read)).toBe("server-start module=log source=log.c:75");
    expect(problems(read)).toBe('impossible-date "2008-02-30 11:20:17"');
  });

  test("a number that is too large is a problem, and null", () => {
    const read = readLighttpd("2008-01-09 11:20:17: (log.c.99999999999999999999) server started");
    expect(recordTexts(read)).toBe("server-start time=2008-01-09T11:20:17 module=log");
    expect(problems(read)).toMatch(/^number-too-large /);
  });

  test("a log cut inside a header says so", () => {
    const read = readLighttpd("2008-01-09 11:20:17: (log.c.75) server started\n2008-01-09 11:2");
    expect(problems(read)).toBe('truncated-record "2008-01-09 11:2"');
  });
});
