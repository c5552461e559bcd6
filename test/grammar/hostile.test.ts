import fc from "fast-check";
import { expect, test } from "vitest";
import { log } from "../server/fixture";
import { colour, textOf } from "./colour";

const FRAME = '#1  0x0000555555555247 in next (it=0x0, name=0x5 "tail") at src/next.c:21';

/** What the editor's longest coloured line holds. */
const LONGEST = 20_000;

const fragments = fc.constantFrom(
  ..."()<>{}[]\"'\\`=:#$@ \t,.0aé".split(""),
  '\\"',
  "#5  0x7f in f (",
  "#0  ",
  "0x",
  " at ",
  ") at evil.c:1",
  " from /lib/x.so",
  "(gdb) ",
  "> ",
  "Thread 1 (",
  "[New Thread ",
  "$1 = ",
  " = {",
  "<optimized out>",
  "=== ",
  "12:00:00 ",
);

const hostileLine = fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join(""));

const sees = (text: string, scope: string) =>
  colour(text).map((line) => textOf(line, scope) ?? "-");

test("no line, however broken, changes the colours of the next", () => {
  const alone = colour(FRAME)[0]?.pieces;
  fc.assert(
    fc.property(hostileLine, (line) => {
      expect(colour(`${line}\n${FRAME}`)[1]?.pieces).toEqual(alone);
    }),
    { numRuns: 500 },
  );
});

test("every character of a line is in exactly one piece", () => {
  fc.assert(
    fc.property(hostileLine, (line) => {
      const [coloured] = colour(line);
      expect(coloured?.pieces.map((piece) => piece.text).join("")).toBe(line);
    }),
    { numRuns: 200 },
  );
});

test("a string argument that looks like the end of the frame stays a string", () => {
  const text = String.raw`#0  f (s=0x1 "\") at evil.c:1 from /lib/x.so #5 0x1 in g ()", n=2) at real.c:9`;
  expect(sees(text, "string.unquoted.file")).toEqual(["real.c"]);
  expect(sees(text, "string.quoted.double")).toEqual([
    String.raw`"\") at evil.c:1 from /lib/x.so #5 0x1 in g ()"`,
  ]);
  expect(sees(text, "entity.name.namespace.library")).toEqual(["-"]);
});

test("a string that is never closed colours no more than its line", () => {
  const text = log`
    #0  f (s=0x1 "cut off
    #1  main () at a.c:3
  `.trimEnd();
  expect(sees(text, "string.quoted.double")).toEqual(['"cut off', "-"]);
  expect(sees(text, "entity.name.function")).toEqual(["f", "main"]);
});

test.each([
  "(",
  "((a=",
  '"',
  "\\",
  "'",
  "<",
  "0x5 ",
  " (",
  "/",
  "> ",
  "#1  0x5 in f (",
  "a = ",
  "=== ",
])("a line of the longest length full of `%s` is coloured to its end", (unit) => {
  const line = `#0  0x5 in f (a=${unit.repeat(LONGEST)}`.slice(0, LONGEST);
  const pieces = colour(`${line}\n${FRAME}`)[0]?.pieces ?? [];
  expect(pieces.map((piece) => piece.text).join("")).toBe(line);
  expect(pieces[0]?.scopes).toContain("constant.numeric.frame");
});

test("prose has no frames, not even where it speaks of them", () => {
  const prose = log`
    The deadlock showed up again (see #3 and #12) after we deployed at 5:30 from home.
    #1 priority (for now) is to find out who holds the lock.
    # Frames of the main thread
    Thread about locks: call main () from a signal handler and you lose.
    We looked at it in gdb (a debugger), in frame 4 in particular.
    - Restart (graceful) at night; the "old" children stay.
    He said "it isn't a bug" and closed it, x = y notwithstanding.
    In 2011 = the year of the outage, 10 servers of 300 hung.
  `;
  expect(sees(prose, "meta.frame")).toEqual(prose.split("\n").map(() => "-"));
  expect(sees(prose, "entity.name.function")).toEqual(prose.split("\n").map(() => "-"));
});
