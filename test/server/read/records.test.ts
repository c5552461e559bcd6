import { expect, test } from "vitest";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";
import { problemTexts } from "./show";

test("a record keeps the host and the unit that its shipper knew, and takes pid and time from there", () => {
  const { records } = read(log`
    2026-11-20T21:37:44+01:00 web1 lighttpd[4711]: (server.c.1704) server started
  `);
  expect(records[0]).toMatchObject({
    time: "2026-11-20T21:37:44+01:00",
    pid: 4711,
    fields: { host: "web1", unit: "lighttpd" },
  });
});

test("entries that stand behind later ones are told of once", () => {
  const reading = read(log`
    2008-01-09 11:21:43: (mod_fastcgi.c.2396) unexpected end-of-file
    2008-01-09 11:21:42: (mod_fastcgi.c.2396) unexpected end-of-file
    2008-01-09 11:21:41: (mod_fastcgi.c.2396) unexpected end-of-file
    2008-01-09 11:21:44: (mod_fastcgi.c.2396) unexpected end-of-file
  `);
  expect(problemTexts(reading)).toEqual([
    'out-of-order "2008-01-09 11:21:42: (mod_fastcgi.c.2396) unexpected end-of-file"',
  ]);
  expect(reading.problems[0]?.message).toContain("2 entries are older");
});

test("entries in their order, and logs of two servers side by side, are fine", () => {
  const reading = read(log`
    2008-01-09 11:21:43: (mod_fastcgi.c.2396) unexpected end-of-file
    2008-01-09 11:21:43: (mod_fastcgi.c.2396) unexpected end-of-file
    [Wed Jan 09 10:00:00 2008] [error] [client 192.0.2.7] File does not exist: /srv/www/favicon.ico
  `);
  expect(reading.problems).toEqual([]);
});

test("a syslog time gets its year from the rest of the text, if that knows only one", () => {
  const times = (year: string) =>
    read(log`
      Nov 20 21:37:44 web1 kernel: httpd[320]: segfault at 0 ip 0000000000401136 sp 00007ffee5ff8988 error 4 in httpd[400000+87000]
      [Fri Nov 20 21:37:45 2026] [core:notice] [pid 298] AH00052: child pid 320 exit signal Segmentation fault (11)
      [Fri Nov 21 21:37:45 ${year}] [core:notice] [pid 298] AH00094: Command line: 'httpd'
    `).records.map(({ time }) => time?.slice(0, 10) ?? "unknown");
  expect(times("2026")).toEqual(["2026-11-20", "2026-11-20", "2026-11-21"]);
  expect(times("2025")[0]).toBe("unknown");
});
