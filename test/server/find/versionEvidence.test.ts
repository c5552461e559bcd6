import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { versionEvidence } from "../../../server/src/find/versionEvidence";
import { common, compareVersions, rangeText } from "../../../server/src/find/versions/order";
import { log } from "../fixture";
import { badSpans, evidenceLines, found } from "./findings";
import { kept } from "./sources";

/** `apc frame-line 3.1.4`, in the order of the findings. */
const told = (...texts: string[]) =>
  found(versionEvidence, ...texts).map(({ values: { software, by, versions } }) =>
    [software, by, (versions as string[]).join("|")].join(" "),
  );

describe("the backtrace of an Apache child with APC", () => {
  const text = kept("gdb/6.8/apache-apc.txt");

  test("proves the release of APC by three lines, of PHP by a path, and eras of the others", () => {
    expect(told(text).sort()).toEqual([
      "apc frame-line 3.1.4",
      "apc path 3.1.4",
      "gdb banner 6.8",
      "glibc symbol < 2.23",
      "httpd symbol < 2.3",
      "php path 5.3.3",
      "php path >= 5 < 6",
    ]);
  });

  test("points at the frame", () => {
    const [proof] = found(versionEvidence, text).filter(({ values }) => values.by === "frame-line");
    expect(proof?.values).toMatchObject({ software: "apc", exact: "3.1.4", from: null, to: null });
    expect(proof?.summary).toBe("apc 3.1.4, by the line numbers in the stack");
    expect(evidenceLines(proof)[0]).toContain("apc_cache_find_slot");
  });
});

test("two lines of HAProxy's compression narrow its version", () => {
  expect(told(kept("gdb/unknown/haproxy-zlib.txt"))).toEqual([
    "haproxy frame-line >= 1.6-dev3 <= 1.7-dev1",
  ]);
});

test("a line number in another function proves nothing", () => {
  expect(told("#0  0x00007f299a33d0ef in other () at /src/apc_cache.c:578\n")).toEqual([]);
});

describe("lighttpd's log", () => {
  const pick = (text: string) =>
    found(versionEvidence, text)
      .filter(({ values }) => values.by === "log-line")
      .map(({ values: { versions, exact, from, to } }) => ({ versions, exact, from, to }));

  test("is of one release by all of its lines", () => {
    expect(pick(kept("lighttpd/joined-1.4.13.log"))).toEqual([
      {
        versions: ["1.4.13"],
        exact: "1.4.13",
        from: "2008-01-09T11:21:42",
        to: "2008-01-09T11:47:18",
      },
    ]);
  });

  test("tells when the server was replaced", () => {
    expect(pick(kept("lighttpd/joined-1.4.13-to-1.4.18.log"))).toEqual([
      {
        versions: ["1.4.13"],
        exact: "1.4.13",
        from: "2008-01-09T11:05:13",
        to: "2008-01-09T11:20:15",
      },
      {
        versions: ["1.4.18"],
        exact: "1.4.18",
        from: "2008-01-09T11:20:17",
        to: "2008-01-09T13:28:56",
      },
    ]);
  });
});

test("two logs in one text are told apart", () => {
  const text = `${kept("lighttpd/joined-1.4.13.log")}\n\nAnd the other server:\n\n${kept("lighttpd/joined-1.4.13-to-1.4.18.log")}`;
  expect(told(text).map((line) => line.split(" ").at(-1))).toEqual(["1.4.13", "1.4.13", "1.4.18"]);
});

test("Apache's start names the server and what is loaded into it", () => {
  const text = log`
    [Sun Nov 14 04:02:07 2010] [notice] Apache/2.2.3 (CentOS) PHP/5.3.3 mod_ssl/2.2.3 OpenSSL/0.9.8e-fips-rhel5 configured -- resuming normal operations
    [Mon Nov 15 04:02:07 2010] [notice] Apache/2.2.3 (CentOS) PHP/5.3.3 mod_ssl/2.2.3 OpenSSL/0.9.8e-fips-rhel5 configured -- resuming normal operations
  `;
  expect(told(text)).toEqual([
    "httpd banner 2.2.3",
    "php banner 5.3.3",
    "mod_ssl banner 2.2.3",
    "openssl banner 0.9.8e-fips-rhel5",
  ]);
  expect(found(versionEvidence, text)[0]?.values).toMatchObject({
    from: "2010-11-14T04:02:07",
    to: "2010-11-15T04:02:07",
    count: 2,
  });
});

test.each([
  ["HA-Proxy version 1.6.3 2015/12/25", "haproxy banner 1.6.3"],
  ["HAProxy version 2.6.12-1+deb12u1 2023/12/16 - https://haproxy.org/", "haproxy banner 2.6.12"],
  ["Running on zlib version : 1.2.8", "zlib banner 1.2.8"],
  ["ldd (Debian GLIBC 2.36-9+deb12u4) 2.36", "glibc banner 2.36"],
  ["GNU C Library (Ubuntu GLIBC 2.31-0ubuntu9) stable release version 2.31.", "glibc banner 2.31"],
  ["OpenSSL 1.1.1k  25 Mar 2021", "openssl banner 1.1.1k"],
  ["nginx version: nginx/1.18.0 (Ubuntu)", "nginx banner 1.18.0"],
  ["lighttpd/1.4.13 (ssl) - a light and fast webserver", "lighttpd banner 1.4.13"],
  ["Server version: Apache/2.4.6 (CentOS)", "httpd banner 2.4.6"],
])("a program's own words: %s", (line, expected) => {
  expect(told(`$ x\n${line}\n`)).toEqual([expected]);
  expect(told(`we saw that ${line}\n`)).toEqual([]);
});

test.each([
  ["#0  0x1 in f () from /lib64/libc-2.17.so", "glibc path 2.17"],
  ["#0  0x1 in f () from /usr/lib/libcrypto.so.1.1", "openssl path >= 1.1.0 < 3"],
  ["#0  0x1 in f () from /lib/libz.so.1.2.8", "zlib path 1.2.8"],
  ["#0  0x1 in f () at /build/glibc-SzIz7B/glibc-2.31/nptl/x.c:7", "glibc path 2.31"],
  ["#0  0x1 in f () at /usr/src/debug/glibc-2.17-c758a686/nptl/x.c:7", "glibc path 2.17"],
  ["#0  0x1 in f () at /usr/src/debug/openssl-1.0.2k/crypto/x.c:7", "openssl path 1.0.2k"],
  ["#9  0x1 in __libc_start_call_main () from /lib/libc.so.6", "glibc symbol >= 2.34"],
  ["#9  0x1 in start_thread () from /lib64/libpthread.so.0", "glibc symbol < 2.34"],
])("%s", (frame, expected) => {
  expect(told(`${frame}\n`)).toEqual([expected]);
});

test.each(["/lib/libz.so.1", "/lib/ld-linux-x86-64.so.2", "/home/php-stuff/x.so"])(
  "%s names no version",
  (library) => expect(told(`#0  0x1 in f () from ${library}\n`)).toEqual([]),
);

test("spans lie in the texts", () => {
  const findings = found(
    versionEvidence,
    kept("gdb/6.8/apache-apc.txt").replace(/^/gm, "> "),
    kept("gdb/13.1/terminal-session.txt"),
    kept("lighttpd/joined-1.4.13-to-1.4.18.log"),
  );
  expect(findings.length).toBeGreaterThan(6);
  expect(badSpans(findings)).toEqual([]);
});

describe("versions", () => {
  test.each([
    ["1.6-dev3", "1.6"],
    ["1.6-dev3", "1.6.0"],
    ["1.6.0", "1.7-dev1"],
    ["1.0.2", "1.0.2k"],
    ["2.9", "2.34"],
    ["2.2.3", "2.3"],
  ])("%s is older than %s", (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
  });

  test("of two ranges are those in both", () => {
    expect(rangeText(common({ before: "2.34" }, { before: "2.23" }))).toBe("< 2.23");
    expect(rangeText(common({ from: "2.3" }, { before: "2.34" }))).toBe(">= 2.3 < 2.34");
  });
});

describe("the data", () => {
  const folder = "knowledge/versions";
  const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
  const validate = new Ajv({ allErrors: true }).compile(
    json("knowledge/schema/versions.schema.json"),
  );
  const files = readdirSync(folder);

  test.each(files)("%s keeps to the schema", (file) => {
    validate(json(`${folder}/${file}`));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each(files)("%s is named after its software", (file) => {
    expect(`${json(`${folder}/${file}`).software}.json`).toBe(file);
  });

  test("gives each line either versions or a range, and each directory one software", () => {
    const all = files.map((file) => json(`${folder}/${file}`));
    const lines = all.flatMap(({ lines = [] }) => lines);
    expect(lines.filter((line) => "versions" in line === "range" in line)).toEqual([]);
    const directories = all.flatMap((file) => file.directories);
    expect(directories.filter((name, i) => directories.indexOf(name) !== i)).toEqual([]);
  });
});
