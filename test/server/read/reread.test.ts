import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change } from "../../../server/src/read/change";
import type { Reading } from "../../../server/src/read/model";
import { PiecedText } from "../../../server/src/read/piecedText";
import { read } from "../../../server/src/read/read";
import { renewalOf } from "../../../server/src/read/renewal";
import { reread } from "../../../server/src/read/reread";
import { said } from "./said";

const fixture = (path: string): string => readFileSync(path, "utf8");

const fleet = fixture("examples/backtraces.save");
const apache = fixture("test/fixtures/apache/event-2.4.71.error.log");
const lighttpd = fixture("test/fixtures/lighttpd/error-1.4.69-debian12.log");
const core = fixture("test/fixtures/gdb/13.1/mt-core.txt");
const kernel = fixture("test/fixtures/kernel/dmesg-oom-memcg.txt");
const faults = fixture("test/fixtures/kernel/dmesg-segfaults.txt");

const full = fixture("test/fixtures/gdb/13.1/mt-run.txt");

/** What `thread apply all bt` prints of many processes, with nothing between them. */
const loose = (processes: number): string =>
  Array.from({ length: processes }, (_, process) =>
    [3, 2, 1].map((thread) => threadOf(process, thread)).join(""),
  ).join("");

const threadOf = (process: number, thread: number): string =>
  `Thread ${thread} (Thread 0x7f${thread} (LWP ${process * 10 + thread})):\n${[0, 1, 2, 3]
    .map((level) => `#${level}  0x00007f29a2e5${level}e7 in f${level} (a=${process}) at a.c:7\n`)
    .join("")}`;

const eachLine = (text: string, change: (line: string) => string): string =>
  text.split("\n").map(change).join("\n");

/** Cut where a terminal of 80 columns has its edge. */
const cut = (text: string): string => text.replace(/.{80}(?=.)/g, "$&\n");

const SYSLOG = "Nov 20 21:37:44 web1 kernel: ";

const DAMAGED: Readonly<Record<string, string>> = {
  "a fleet's backtraces behind syslog's prefixes": eachLine(
    fleet.repeat(4),
    (line) => `Nov 20 21:37:44 web1 httpd[311]: ${line}`,
  ),
  "the kernel's log in syslog": eachLine(
    [kernel, faults, faults].join("").repeat(3),
    (line) => SYSLOG + line,
  ),
  "Apache's log in the journal": eachLine(
    apache.repeat(4),
    (line) => `2026-11-20T21:37:44+0000 web1 httpd[311]: ${line}`,
  ),
  "a mail with quoted backtraces": eachLine(fleet.repeat(3), (line) => `> ${line}`),
  "a container's log": eachLine(fleet.repeat(3), (line) =>
    JSON.stringify({ log: `${line}\n`, stream: "stderr", time: "2026-11-20T21:37:44.003Z" }),
  ),
  "sessions with the line breaks of Windows": full.repeat(4).replace(/\n/g, "\r\n"),
  "backtraces cut at 80 columns": cut(fleet.repeat(3)),
  "quoted backtraces cut at 80 columns": eachLine(cut(full.repeat(3)), (line) => `> ${line}`),
  "a damaged ticket with all kinds": [
    fleet.slice(0, 20_000),
    eachLine(apache, (line) => `> ${line}`),
    eachLine(kernel, (line) => SYSLOG + line),
    cut(full),
    lighttpd.replace(/\n/g, "\r\n"),
    fleet.slice(0, 20_000),
  ].join("\n\nAnd then:\n"),
};

const DOCUMENTS: Readonly<Record<string, string>> = {
  ...DAMAGED,
  "a fleet's backtraces": fleet.repeat(4),
  "Apache's error log": apache.repeat(6),
  "lighttpd's error log": lighttpd.repeat(24),
  "the kernel's log": [kernel, faults, faults, kernel, faults].join(""),
  "sessions without separators": full.repeat(5),
  "traces of many processes without anything around them": loose(80),
  "a ticket with all kinds": [
    fleet,
    "What is this?\n",
    apache,
    core,
    kernel,
    fleet,
    lighttpd,
    fleet,
  ].join("\n"),
};

/** What people type and paste, and what a repair or a reader might trip over. */
const INSERTED = [
  "x",
  " ",
  "\n",
  "\n\n",
  "#",
  '"',
  ")",
  "=== pid 311 ===\n",
  "#3  0x00007f29 in g () from /lib/x.so\n",
  "(gdb) bt\n",
  "(gdb) info frame\n",
  "Thread 2 (Thread 0x7f29 (LWP 71)):\n",
  "Thread 5 (Thread 0x7f29 (LWP 7100)):\n",
  "[New LWP 71]\n",
  "Attaching to process 71\n",
  "GNU gdb (GDB) 13.1\n",
  "\nSome prose.\n\n",
  "[Fri Nov 20 21:38:11 2026] [error] x\n",
  "2008-01-09 11:21:43: (mod_fastcgi.c.2396) y\n",
  "a stray line\n",
  "and this one was seen twice\n",
  "at apc.c:72\n",
  "0x7f29 (",
  "segfault",
  "&lt;",
  "> ",
  "\r",
  "\r\n",
  "Nov 20 21:37:44 web1 kernel: ",
  "2025-11-20T21:37:44+0000 web1 httpd[311]: ",
  '{"log":"#0  main ()\\n"}\n',
  "  i = 1\n",
  "PID TTY TIME CMD\n",
  "[   12.345678] BUG: unable to handle page fault for address: 0\n",
  "[   12.345678] ------------[ cut here ]------------\n",
  "[   12.345678] x[71]: segfault at 0 ip 0 sp 0 error 4 in x[400000+1000]\n",
  "[   12.345678] usb 1-1: new device\n",
  "[Fri Nov 20 21:38:11 2026] WARNING: CPU: 0 PID: 1 at a.c:7 f+0x1/0x2\n",
  "bt\nquit\n",
];

/** The change that makes `inserted` of the `length` characters at this part of the text. */
interface Stroke {
  readonly part: number;
  readonly atLine: boolean;
  readonly length: number;
  readonly inserted: string;
}

const stroke: fc.Arbitrary<Stroke> = fc.record({
  part: fc.double({ min: 0, max: 1, noNaN: true }),
  atLine: fc.boolean(),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(200)),
  inserted: fc.oneof(fc.constant(""), fc.constantFrom(...INSERTED)),
});

function changeOf(text: string, { part, atLine, length, inserted }: Stroke): Change {
  const at = Math.floor(part * text.length);
  const from = atLine ? text.indexOf("\n", at) + 1 : at;
  return { from, to: Math.min(text.length, from + length), inserted };
}

const apply = (text: string, { from, to, inserted }: Change): string =>
  text.slice(0, from) + inserted + text.slice(to);

/** The reading after a change, of a text that is put together out of pieces. */
function edited(reading: Reading, change: Change): Reading {
  const text = renewalOf(reading)?.original ?? PiecedText.of(reading.text);
  return reread(reading, text.edited(change.from, change.to, change.inserted), change);
}

describe.each(Object.entries(DOCUMENTS))("%s", (_, text) => {
  test("edited again and again reads as if it was read afresh", () => {
    fc.assert(
      fc.property(fc.array(stroke, { minLength: 1, maxLength: 4 }), (strokes) => {
        let reading = read(text);
        for (const next of strokes) {
          const change = changeOf(reading.text, next);
          reading = edited(reading, change);
        }
        expect(said(reading)).toBe(said(read(reading.text)));
      }),
      { numRuns: Number(process.env.REREAD_RUNS ?? 20) },
    );
  });

  test("says so still after more keys than are read into one text", () => {
    let reading = read(text);
    for (let key = 0; key < 260; key++) {
      const at = Math.floor((text.length * ((key * 37) % 261)) / 261);
      const change = { from: at, to: at + (key % 3), inserted: key % 5 === 0 ? "\n" : "x" };
      reading = edited(reading, change);
      // Who looks at one record must not see another when he looks at all of them.
      if (key % 40 === 0) said(reading);
    }
    expect(said(reading)).toBe(said(read(reading.text)));
  });

  test("leaves the reading before the edit as it was", () => {
    const reading = read(text);
    const before = said(reading);
    const change = { from: 40_000, to: 40_003, inserted: "xyz and more" };
    edited(reading, change);
    expect(said(reading)).toBe(before);
  });
});

/** Only what was put together out of two readings knows so much. */
const isRenewed = (reading: Reading): boolean => (renewalOf(reading)?.wholeLogs ?? null) !== null;

test.each([
  ["a fleet's backtraces", fleet],
  ["Apache's error log", apache],
  ["lighttpd's error log", lighttpd],
  ["the kernel's log", kernel],
  ["a log of faults", faults],
  ["sessions without separators", full],
  ...Object.entries(DAMAGED).filter(([name]) => !name.includes("all")),
])("a letter typed into %s does not make all of it be read", (_, one) => {
  const text = one.repeat(Math.ceil(200_000 / one.length));
  let reading = read(text);
  for (const inserted of ["a", "b", "c"]) {
    const from = reading.text.indexOf("\n", reading.text.length / 2) - 1;
    const change = { from, to: from, inserted };
    reading = edited(reading, change);
    expect(isRenewed(reading)).toBe(true);
  }
});

test("a note that is typed between two frames does not make all of the text be read", () => {
  let reading = read(fleet.repeat(8));
  let from = reading.text.indexOf("\n#5", reading.text.length / 2);
  for (const inserted of "\nlook here: is this the one that holds the lock?\nAnd why?") {
    reading = edited(reading, { from, to: from, inserted });
    from += inserted.length;
    expect(isRenewed(reading)).toBe(true);
  }
  expect(said(reading)).toBe(said(read(reading.text)));
});

test("a report of the kernel whose end nobody saw keeps no mark from being set far behind it", () => {
  const text = `${kernel}\n${fleet.repeat(8)}`;
  const marks = renewalOf(read(text))?.marks;
  const last = marks?.offset(marks.lastAt(text.length)) ?? 0;
  expect(last).toBeGreaterThan(0.9 * text.length);
});

test.each([
  ["\r", "\n"],
  ["x", "#4"],
  ["> ", "#7"],
])(
  "%j, typed in front of %j, damages the text, and makes only the lines around it be read",
  (typed, before) => {
    const text = fleet.repeat(8);
    const from = text.indexOf(`\n${before}`, 120_000) + (before === "\n" ? 0 : 1);
    const damaged = edited(read(text), { from, to: from, inserted: typed });
    expect(isRenewed(damaged)).toBe(true);
    expect(said(damaged)).toBe(said(read(damaged.text)));
    const mended = edited(damaged, { from, to: from + typed.length, inserted: "" });
    expect(isRenewed(mended)).toBe(true);
    expect(mended.clean.mapping).toBeNull();
  },
);

test("an edit that says of which year all others are makes all of the text be read", () => {
  const text = eachLine(faults.repeat(40), (line) => SYSLOG + line);
  const year = "2025-11-20T21:37:44+0000 web1 kernel: ";
  const from = text.lastIndexOf(SYSLOG, text.indexOf("segfault at", text.length / 2));
  const reading = edited(read(text), { from, to: from + SYSLOG.length, inserted: year });
  expect(isRenewed(reading)).toBe(false);
  expect(said(reading)).toBe(said(read(reading.text)));
});

test("an edit in one endless line comes to an end", () => {
  const text = "PID x ".repeat(100_000);
  const change = { from: 300_000, to: 300_000, inserted: "y" };
  const reading = edited(read(text), change);
  expect(said(reading)).toBe(said(read(apply(text, change))));
});

test("a change that does not lead to the text is not believed", () => {
  const text = fleet.repeat(8);
  const longer = PiecedText.of(`${text}\n`);
  const reading = reread(read(text), longer, { from: 10, to: 10, inserted: "" });
  expect(said(reading)).toBe(said(read(`${text}\n`)));
});

test("a section that an edit lets begin earlier goes on behind edits further on", () => {
  const stamped = (lines: number) =>
    "[    7.000000] usb 1-1: a message of one of the drivers\n".repeat(lines);
  const prose = "prose ".repeat(12);
  for (let lines = 300; lines < 340; lines++) {
    const front = stamped(lines);
    const text = `${front}${prose}\n${stamped(230)}`;
    const first = {
      from: front.length,
      to: front.length + prose.length,
      inserted: "[    7.000000] x",
    };
    const joined = edited(read(text), first);
    const from = joined.text.length - 60;
    const second = { from, to: from, inserted: "y" };
    const reading = edited(joined, second);
    expect(said(reading)).toBe(said(read(reading.text)));
  }
});
