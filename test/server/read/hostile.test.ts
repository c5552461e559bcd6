import { expect, test } from "vitest";
import { read } from "../../../server/src/read/read";

const SIZE = 200_000;

/** Texts of one shape that an attacker would write: each made anyone wait, once, who looked too far or too often. */
const SHAPES: Readonly<Record<string, string>> = {
  "brackets in a name that are never closed": `#1 0x02 in ${"[x](".repeat(SIZE / 4)} () at x.c:3`,
  "open parentheses": `#1 0x02 in f (${"(".repeat(SIZE)}`,
  "open angles": `#1 0x02 in ${"<".repeat(SIZE)}`,
  "open braces": `#1 0x02 in ${"{ ".repeat(SIZE / 2)}`,
  quotes: `#1 0x02 in f (s=${'"'.repeat(SIZE)}`,
  "at at at": `#1 0x02 in f () ${"at ".repeat(SIZE / 3)}`,
  blanks: `#1 0x02 in f () at${" ".repeat(SIZE)}x`,
  "frames without an end, on one line": "#1 0x1 in a ".repeat(SIZE / 12),
  "frames that are never closed": "#1 0x1 in f (\n".repeat(SIZE / 14),
  "quote marks": ">".repeat(SIZE),
  "strings that are never closed, quoted": '> #1 0x1 in f (s="\n> x\n'.repeat(SIZE / 23),
  "lines of one letter": "a\n".repeat(SIZE / 2),
  "words without blanks": "prose\n".repeat(SIZE / 6),
  "carriage returns": "\r".repeat(SIZE),
  "beginnings of JSON": '{"log":"\n'.repeat(SIZE / 9),
  "beginnings of escapes": "\x1b]".repeat(SIZE / 2),
  "glances at ever new frames": Array.from(
    { length: SIZE / 40 },
    (_, i) => `(gdb) frame ${i}\n#${i}  0x${i} in f () at x.c:3\n3\tx\n`,
  ).join(""),
  "entries of a log on one line": "2008-01-09 11:21:43: (mod_fastcgi.c.2396) x ".repeat(SIZE / 44),
  "rows of a listing on one line": `UID PID PPID C STIME TTY TIME CMD ${"root 1 0 0 Jan08 ? 00:00:02 x ".repeat(SIZE / 31)}`,
  "frames of the machine interface": `^done,stack=[${'frame={level="0",'.repeat(SIZE / 17)}`,
  "any characters": Array.from({ length: SIZE }, (_, i) =>
    String.fromCharCode((i * 7919) % 65_536),
  ).join(""),
};

// Whoever looks at all of the text again for each piece of it does not come to an end here before the runner gives up.
test.each(Object.entries(SHAPES))("a text of %s is read to its end", (_, text) => {
  const { clean, sections } = read(text);
  const last = sections[sections.length - 1];
  expect(clean.text.slice(last?.span.to ?? 0).trim()).toBe("");
});
