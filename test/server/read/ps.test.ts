import { describe, expect, test } from "vitest";
import { listedProcesses, seconds } from "../../../server/src/read/tables/processes";
import { log } from "../fixture";
import { fixture, readTables, tableText } from "./logs";

const tables = (text: string): string => readTables(text).tables.map(tableText).join("\n");

/** What the workers of a listing (all but its first row) use and when they were started. */
function workers(name: string) {
  const { tables } = readTables(fixture(`tables/${name}`));
  const rows = tables.flatMap(listedProcesses).slice(1);
  const sum = (values: (number | null)[]) =>
    values.reduce<number>((all, value) => all + (value ?? 0), 0);
  return {
    count: rows.length,
    residentKiB: sum(rows.map((row) => row.residentKiB)),
    cpuSeconds: sum(rows.map((row) => row.cpuSeconds)),
    untouched: rows.filter((row) => (row.residentKiB ?? 0) < 100_000).length,
    startedToday: rows
      .filter((row) => row.startedToday)
      .map((row) => row.pid)
      .join(" "),
  };
}

describe("published listings, joined on one line", () => {
  test("all traffic on few workers shows in memory and processor time", () => {
    expect(workers("ps-joined-1.4.13.txt")).toEqual({
      count: 20,
      residentKiB: 2_124_216,
      cpuSeconds: 1291,
      untouched: 14,
      startedToday: "32106 32164 5059 8606",
    });
  });

  test("with round-robin every worker has grown", () => {
    expect(workers("ps-joined-1.4.18.txt")).toEqual({
      count: 20,
      residentKiB: 4_688_440,
      cpuSeconds: 6690,
      untouched: 0,
      startedToday: "12774 12776 11144 14011 14515 17360 21006 23795",
    });
  });

  test("a command line keeps its blanks", () => {
    const [table] = readTables(fixture("tables/ps-joined-1.4.13.txt")).tables;
    expect(listedProcesses(table!)[0]).toMatchInlineSnapshot(`
      {
        "command": "/usr/bin/ruby /home/lighttpd/theinspirit.com/current/script/process/spawner fcgi -p 7000 -i 20 -r 5",
        "cpuSeconds": 2,
        "parent": 1,
        "pid": 30189,
        "residentKiB": 23320,
        "row": 0,
        "start": "Jan08",
        "startedToday": false,
        "user": "lighttpd",
      }
    `);
  });
});

describe("layouts", () => {
  test("ps aux", () => {
    expect(
      tables(log`
        USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
        root         1  0.0  0.1 168140 11720 ?        Ss   Jan08   0:02 /sbin/init splash
        www-data   311 12.5  2.0 402100 61220 ?        Sl   11:47  17:53 /usr/sbin/apache2 -k start
      `),
    ).toMatchInlineSnapshot(`
      "process-list
      USER|PID|%CPU|%MEM|VSZ|RSS|TTY|STAT|START|TIME|COMMAND
      root|1|0.0|0.1|168140|11720|?|Ss|Jan08|0:02|/sbin/init splash
      www-data|311|12.5|2.0|402100|61220|?|Sl|11:47|17:53|/usr/sbin/apache2 -k start"
    `);
  });

  test("columns chosen with -o, a full start among them", () => {
    expect(
      tables(log`
          PID                  STARTED   RSS     TIME COMMAND
        32106 Wed Jan  9 11:08:12 2008 225564 00:01:15 /usr/bin/ruby dispatch.fcgi
      `),
    ).toMatchInlineSnapshot(`
      "process-list
      PID|STARTED|RSS|TIME|COMMAND
      32106|Wed Jan  9 11:08:12 2008|225564|00:01:15|/usr/bin/ruby dispatch.fcgi"
    `);
  });

  test("threads of ps -eLf without the header that grep took away", () => {
    expect(tables("root 311 1 312 0 4 Jan08 ? 00:00:02 /usr/sbin/httpd")).toMatchInlineSnapshot(`
      "process-list
      UID|PID|PPID|LWP|C|NLWP|STIME|TTY|TIME|CMD
      root|311|1|312|0|4|Jan08|?|00:00:02|/usr/sbin/httpd"
    `);
  });

  test("the tree of ps -ejH and its hidden terminal groups", () => {
    expect(
      tables(log`
        PPID   PID  PGID   SID TTY      TPGID STAT   UID   TIME COMMAND
           1   311   311   311 ?           -1 Ss       0   0:00 /usr/sbin/httpd
         311   312   311   311 ?           -1 S       48   0:01  \_ /usr/sbin/httpd
      `),
    ).toMatchInlineSnapshot(`
      "process-list
      PPID|PID|PGID|SID|TTY|TPGID|STAT|UID|TIME|COMMAND
      1|311|311|311|?|-1|Ss|0|0:00|/usr/sbin/httpd
      311|312|311|311|?|-1|S|48|0:01|\\_ /usr/sbin/httpd"
    `);
  });
});

describe("wrapped listings", () => {
  const rows = Array.from(
    { length: 4 },
    (_, i) =>
      `lighttpd ${30200 + i} 1 0 101967 219912 2 Jan08 ? 00:01:01 /usr/bin/ruby /srv/demo/public/dispatch.fcgi -p 700${i}`,
  );
  const listing = ["UID PID PPID C SZ RSS PSR STIME TTY TIME CMD", ...rows].join("\n");

  test("cut by a terminal at a column read as if they were whole", () => {
    const cut = listing.replaceAll(/^(.{80})(?=.)/gm, "$1\n");
    expect(cut).not.toBe(listing);
    expect(tables(cut)).toBe(tables(listing));
  });

  test("broken by a mailer at blanks read as if they were whole", () => {
    const broken = listing.replaceAll(/^(.{40,72}) (?=.)/gm, "$1\n");
    expect(broken).not.toBe(listing);
    expect(tables(broken)).toBe(tables(listing));
  });

  test("what follows a listing is no part of its last row", () => {
    expect(readTables(`${listing}\nOur stack is simple.`).text).toBe(
      `${listing}\nOur stack is simple.`,
    );
  });
});

test.each([
  "PID files are kept in /var/run.",
  "UID PID PPID C STIME TTY TIME CMD",
  "the USER and PID of COMMAND",
])("words alone are no listing: %s", (line) => {
  expect(readTables(line).tables).toEqual([]);
});

test.each([
  ["00:17:53", 1073],
  ["1-02:03:04", 93_784],
  ["17:53", 1073],
  ["0:02.50", 2],
  ["later", null],
])("the time %s is %s seconds", (text, expected) => {
  expect(seconds(text)).toBe(expected);
});
