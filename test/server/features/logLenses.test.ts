import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lenses } from "../../../server/src/features/lenses";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";

/** Each lens as the editor shows it: its words, how many places it leads to, and the line it stands above. */
function lensesOf(text: string): string {
  const reading = read(text);
  const lineAt = (offset: number) => reading.clean.text.slice(offset).split("\n")[0];
  return lenses(reading)
    .map(({ span, title, stacks }) => {
      const leads = stacks === null ? "" : ` -> ${stacks.length}`;
      return `${title}${leads}\n  ${lineAt(span.from)?.slice(0, 60)}`;
    })
    .join("\n");
}

const failure = (time: string, port: number) =>
  `2008-01-09 ${time}: (mod_fastcgi.c.2462) unexpected end-of-file (perhaps the fastcgi process died): pid: 0 socket: tcp:127.0.0.1:${port}\n`;

const start = "2008-01-09 11:20:17: (log.c.75) server started\n";

test("repeated failures of a backend are counted, with the time that they took", () => {
  const text =
    start +
    failure("11:21:01", 7000) +
    failure("11:22:01", 7012) +
    failure("11:31:08", 7000) +
    failure("11:47:59", 7000);
  expect(lensesOf(text)).toMatchInlineSnapshot(`
    "5 entries · 3 × backend-eof on 127.0.0.1:7000 between 11:21 and 11:47
      2008-01-09 11:20:17: (log.c.75) server started
    3 × backend-eof on 127.0.0.1:7000 between 11:21 and 11:47 -> 3
      2008-01-09 11:21:01: (mod_fastcgi.c.2462) unexpected end-of-"
  `);
});

test("failures on two days are told with the days", () => {
  const text = start + failure("23:59:01", 7000) + failure("00:01:00", 7000).replace("-09", "-10");
  expect(lensesOf(text)).toMatchInlineSnapshot(`
    "3 entries · 2 × backend-eof on 127.0.0.1:7000 between 2008-01-09 23:59 and 2008-01-10 00:01
      2008-01-09 11:20:17: (log.c.75) server started
    2 × backend-eof on 127.0.0.1:7000 between 2008-01-09 23:59 and 2008-01-10 00:01 -> 2
      2008-01-09 23:59:01: (mod_fastcgi.c.2462) unexpected end-of-"
  `);
});

test("a log in which nothing repeats has none", () => {
  expect(lensesOf(start + failure("11:21:01", 7000) + failure("11:22:01", 7012))).toBe("");
});

test("a log that was pasted as one line has one", () => {
  const text = readFileSync("test/fixtures/lighttpd/joined-1.4.13-to-1.4.18.log", "utf8");
  expect(lensesOf(text)).toMatchInlineSnapshot(`
    "20 entries · 8 × server-stop at 11:20
      2008-01-09 11:05:13: (mod_fastcgi.c.2635) fcgi-server re-ena"
  `);
});

test("crashes in the kernel's log are counted by program, with the seconds since the start", () => {
  const line = (seconds: string) => log`
    [ ${seconds}] haproxy[610]: segfault at 8 ip 00007f196eb21ad8 sp 00007ffdeec37088 error 4 in libc.so.6[167ad8,7f196e9e0000+156000]
  `;
  const boot = "[    0.000000] Linux version 6.14.0-demo\n";
  expect(lensesOf(boot + line("4969.643414") + line("5969.643414"))).toMatchInlineSnapshot(`
    "3 entries · 2 × segfault in haproxy between 4969 and 5969 s after the start
      [    0.000000] Linux version 6.14.0-demo
    2 × segfault in haproxy between 4969 and 5969 s after the start -> 2
      [ 4969.643414] haproxy[610]: segfault at 8 ip 00007f196eb21a"
  `);
});
