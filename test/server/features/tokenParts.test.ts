import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { semanticTokens } from "../../../server/src/features/semanticTokens";
import { read } from "../../../server/src/read/read";
import { damagedFleet, kernelSyslog } from "../../bench/texts";

const fixture = (path: string): string => readFileSync(path, "utf8");

/** Stretches of some lines, from the first to the last. */
function parts(text: string, size: number): { from: number; to: number }[] {
  const all = [];
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf("\n", from + size);
    const to = newline < 0 ? text.length : newline + 1;
    all.push({ from, to });
    from = to;
  }
  return all;
}

test.each([
  ["a fleet", fixture("examples/backtraces.save")],
  ["a quoted and wrapped fleet", damagedFleet(20_000)],
  ["bt full", fixture("test/fixtures/gdb/13.1/mt-run.txt")],
  ["a core with listings", fixture("test/fixtures/gdb/13.1/mt-core.txt")],
  ["Apache's log", fixture("test/fixtures/apache/event-2.4.71.error.log")],
  ["the kernel's log in syslog", kernelSyslog(20_000)],
])("the tokens of %s are the same part by part", (_, text) => {
  const reading = read(text);
  const whole = semanticTokens(reading, { from: 0, to: text.length });
  expect(whole.length).toBeGreaterThan(50);
  for (const size of [1, 700])
    expect(parts(text, size).flatMap((part) => semanticTokens(reading, part))).toEqual(whole);
});
