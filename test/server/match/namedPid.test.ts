import { expect, test } from "vitest";
import type { Condition } from "../../../server/src/match/condition";
import { match } from "../../../server/src/match/match";
import { read } from "../../../server/src/read/read";

const matches = (condition: Condition, text: string) =>
  match(condition, { sources: [{ path: "sample", reading: read(text) }], findings: [] });

const FPM = "[21-Nov-2026 03:28:09] WARNING: [pool www] child 4711 exited on signal 11 (SIGSEGV)";
const EXITED = String.raw`child (?<pid>\d+) exited on signal`;

test("a line is about the process that the pattern names, whose backtrace it is joined with", () => {
  const stack =
    "(gdb) attach 4711\nAttaching to process 4711\n(gdb) bt\n#0  0x0000 in zend_gc ()\n";
  const condition: Condition = {
    all: [{ line: EXITED }, { frames: ["zend_gc"] }],
    same: "process",
  };
  expect(matches({ line: EXITED }, FPM).map(({ about }) => about.pid)).toEqual([4711]);
  expect(matches(condition, `${FPM}\n${stack}`)).toHaveLength(1);
  expect(matches(condition, `${FPM}\n${stack.replaceAll("4711", "4712")}`)).toHaveLength(0);
});

test("an entry is about the process that the pattern names, not about the one that wrote it", () => {
  const line =
    "[Sat Nov 21 03:28:09.100000 2026] [mpm_prefork:warn] [pid 50] AH00167: long lost child came home! (pid 51)";
  const condition = { log: { code: "AH00167", message: String.raw`\(pid (?<pid>\d+)\)` } };
  const [hit] = matches(condition, line);
  expect(hit?.values.pid).toBe(51);
  expect(hit?.about.pid).toBe(51);
});

test("text that is no process id names none", () => {
  const condition = { line: "child (?<pid>[a-z]+) exited" };
  expect(matches(condition, "child process exited")[0]?.about.pid).toBeNull();
});
