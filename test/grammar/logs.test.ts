import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { log } from "../server/fixture";
import { annotate } from "./annotate";
import { colour, textOf } from "./colour";
import { projectFile } from "./manifest";

/** The real logs of one server or of the kernel, as paths from the root. */
const logsOf = (kind: string): string[] =>
  readdirSync(new URL(`../fixtures/${kind}/`, import.meta.url), { recursive: true })
    .map((name) => `test/fixtures/${kind}/${String(name)}`)
    .filter((path) => /\.(?:log|txt)$/.test(path));

const linesOf = (path: string) => colour(projectFile(path));

/** Lines that look like an entry but do not show exactly this text in this colour. */
const wrong = (path: string, expected: RegExp, scope: string) =>
  linesOf(path)
    .filter((line) => expected.test(line.line))
    .filter((line) => textOf(line, scope) !== expected.exec(line.line)?.[1])
    .map(({ line }) => line);

const check = (annotated: string) => expect(annotate(annotated)).toBe(annotated);

const TIME = "comment.other.time";

test.each(logsOf("apache"))("every entry of %s shows its time, level and code", (path) => {
  expect(wrong(path, /^(\[\w{3} \w{3} .{16,25}\]) \[/, TIME)).toEqual([]);
  expect(
    wrong(path, /^\[\w{3} [^\]]+\] \[\w+:(error|crit|alert|emerg)\]/, "invalid.illegal.level"),
  ).toEqual([]);
  expect(
    wrong(path, /^\[\w{3} [^\]]+\] \[\w+:(notice|info|debug)\]/, "keyword.other.level"),
  ).toEqual([]);
  expect(wrong(path, /^\[\w{3} [^\]]+\] \[\w+:(warn)\]/, "keyword.other.warning")).toEqual([]);
  expect(wrong(path, /\[(pid \d+:tid \d+)\]/, "constant.numeric.process")).toEqual([]);
  expect(wrong(path, /^[^']*?\b(AH\d{5}): /, "constant.other.code")).toEqual([]);
});

test.each(logsOf("lighttpd"))("every entry of %s shows its time and its place", (path) => {
  expect(wrong(path, /^(\d{4}-\d\d-\d\d [\d:]{9}) \(/, TIME)).toEqual([]);
  expect(wrong(path, /^[-\d]+ [\d:]+ \(([\w-]+\.c)\.\d+\)/, "string.unquoted.file")).toEqual([]);
  expect(wrong(path, /^[-\d]+ [\d:]+ \([\w-]+\.c\.(\d+)\)/, "constant.numeric.line")).toEqual([]);
});

test.each(logsOf("kernel").filter((path) => !path.endsWith("json.txt")))(
  "every line of %s shows its time, and every fault what happened where",
  (path) => {
    const lines = linesOf(path).filter(({ line }) => line !== "");
    expect(lines.filter((line) => !textOf(line, TIME)).map(({ line }) => line)).toEqual([]);
    expect(wrong(path, /\]: (segfault) at /, "invalid.illegal.message")).toEqual([]);
    expect(wrong(path, /\] (trap [a-z ]+) ip:/, "invalid.illegal.message")).toEqual([]);
    expect(wrong(path, / in ([^ [(]+)\[[0-9a-f]+[,+]/, "entity.name.namespace.library")).toEqual(
      [],
    );
    expect(wrong(path, /[\]\s]\s([\w.]+)\+0x\w+\/0x\w+$/, "entity.name.function")).toEqual([]);
    expect(wrong(path, /(Call Trace:)$/, "entity.name.section.trace")).toEqual([]);
    expect(wrong(path, / (RIP): /, "variable.language.register")).toEqual([]);
  },
);

test("several entries that a web page joined on one line each show their time", () => {
  const [line] = linesOf("test/fixtures/lighttpd/joined-1.4.13.log");
  const times = line?.pieces.filter(({ scopes }) => scopes.includes(TIME)) ?? [];
  expect(times.length).toBe(line?.line.match(/\d{4}-\d\d-\d\d [\d:]{9} \(/g)?.length);
});

test("an entry of Apache 2.2 has no module, and its error number after the client", () => {
  check(log`
    [Wed Jan 09 11:05:13 2008] [crit] [client 10.0.0.7] (13)Permission denied: /srv/.htaccess
    ^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.other.time
                                ^^^^ invalid.illegal.level
                                              ^^^^^^^^ string.unquoted.client
                                                        ^^^^ constant.numeric.error
                                                            ^^^^^^^^^^^^^^^^^ string.unquoted.error
  `);
});

test("an oops shows its headline, where it happened and which frames are uncertain", () => {
  check(log`
    [   12.000001] BUG: unable to handle page fault for address: 0000000000001000
    ^^^^^^^^^^^^^^ comment.other.time
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid.illegal.message
    RIP: 0010:disk_read+0x21/0x40 [disk]
    ^^^ variable.language.register
         ^^^^ constant.numeric.hex
              ^^^^^^^^^ entity.name.function
                       ^^^^^^^^^^ constant.numeric.hex
                                   ^^^^ entity.name.namespace.library
     ? vfs_read+0x9c/0x1a0
     ^^ comment.other.uncertain
       ^^^^^^^^ entity.name.function
               ^^^^^^^^^^^ constant.numeric.hex
    Code: 8b 45 f8 <8b> 00 5d
    ^^^^^ keyword.other.code
         ^^^^^^^^^^ markup.inline.raw.code
                   ^^^^ keyword.operator.current
                       ^^^^^^ markup.inline.raw.code
  `);
});

test("the heading of a process table is a heading, its rows are not", () => {
  const [heading, row] = colour("UID PID PPID C SZ TTY TIME CMD\nroot 1 0 0 5 ? 00:00:02 init");
  expect(heading && textOf(heading, "entity.name.section.table")).toBe(heading?.line);
  expect(row?.pieces.flatMap(({ scopes }) => scopes)).toEqual([]);
});

test("prose that speaks of logs, levels and kernels has no colours", () => {
  const prose = log`
    BUG: we should not restart at night.
    WARNING: read this first.
    The kernel said segfault at 0 and the RIP was wrong.
    Code: see the repository.
    [error] is what Apache writes, with AH00052 as code.
    Call Trace: lists who called whom.
    IP addresses of 10.0.0.7 are private; PID 5 is ours.
    [Friday] [error] nothing happened (in server.c.12).
    A frame like vfs_read+0x9c/0x1a0 has two numbers.
  `.trimEnd();
  expect(colour(prose).flatMap(({ pieces }) => pieces.flatMap(({ scopes }) => scopes))).toEqual([]);
});

/** What the editor's longest coloured line holds. */
const LONGEST = 20_000;

const STAMP = "[Fri Nov 20 21:37:43 2026] ";

test.each([
  [`${STAMP}[error] `, "(1)a: "],
  [`${STAMP}[error] `, "["],
  [`${STAMP}[`, "a"],
  [STAMP, "BUG"],
  ["2026-11-20 21:45:42: (server.c.1) ", "2026-11-20 21:45:42: ("],
  ["[    1.000000] ", "[    1.000000] "],
  ["[    1.000000] ", "a[1]: segfault at 0 "],
  ["[    1.000000] a[1]: segfault at 0 ip 0 ", " in a[1"],
  ["[    1.000000] Code: 00 ", "<8b"],
  ["[    1.000000] ", "? "],
  ["[    1.000000] a", "+0x1/0x"],
  ["PID ", "A "],
  ["<3>", "<3>["],
])(
  "a line of the longest length that begins `%s` and goes on with `%s` is coloured to its end, and the next like alone",
  (start, unit) => {
    const line = `${start}${unit.repeat(LONGEST)}`.slice(0, LONGEST);
    const next = "[    2.000000] Call Trace:";
    const [hostile, after] = colour(`${line}\n${next}`);
    expect(hostile?.pieces.map((piece) => piece.text).join("")).toBe(line);
    expect(after?.pieces).toEqual(colour(next)[0]?.pieces);
  },
);
