import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { threadState } from "../../../server/src/find/threadState";
import { badSpans, evidenceLines, found } from "./findings";
import { kept } from "./sources";

const nothing = {
  running: 0,
  waitingLock: 0,
  waitingCondition: 0,
  waitingIo: 0,
  waitingChild: 0,
  idle: 0,
  failing: 0,
  other: 0,
};

test.each([
  [
    "processes that wait for all kinds of locks",
    kept("gdb/13.1/locks.txt"),
    { waitingLock: 6, waitingCondition: 2, other: 1, threads: 9, processes: 8 },
    "9 threads: 6 waiting for a lock, 2 waiting for another thread, 1 sleeping",
  ],
  [
    "a fleet of Apache children, of which three have nothing to do",
    readFileSync("examples/backtraces.save", "utf8"),
    { waitingLock: 7, idle: 3, waitingIo: 1, running: 1, threads: 12, processes: 12 },
    "12 threads: 7 waiting for a lock, 3 idle, 1 running, 1 waiting for I/O",
  ],
  [
    "an aborted program",
    kept("gdb/13.1/dfree.txt"),
    { failing: 1, threads: 1, processes: 1 },
    "1 thread: 1 failing",
  ],
  [
    "a crash in the program's own code",
    kept("gdb/13.1/cycles-1.txt"),
    { failing: 1, threads: 1, processes: 1 },
    "1 thread: 1 failing",
  ],
])("%s", (_, text, counts, summary) => {
  const [finding, ...others] = found(threadState, text);
  expect(others).toEqual([]);
  expect(finding?.values).toEqual({ ...nothing, ...counts });
  expect(finding?.summary).toBe(summary);
  expect(badSpans([finding!])).toEqual([]);
});

test("each text with stacks has its own finding, and points at one thread of each stack", () => {
  const text = kept("gdb/13.1/locks.txt");
  const findings = found(threadState, text, "no stack here", kept("gdb/6.8/apache-apc.txt"));
  expect(findings.map(({ evidence }) => evidence[0]?.source.path)).toEqual(["text1", "text3"]);
  expect(evidenceLines(findings[1])[0]).toMatch(/^#0 {2}0x00007f29a2e54e74 in __lll_lock_wait/);
  expect(findings[0]?.evidence.map(({ says }) => says)).toContain(
    "2 threads with this stack: waiting for a lock (cache_lock)",
  );
});

test("a thread that gdb stopped by hand does not fail", () => {
  const stopped = kept("gdb/13.1/cycles-1.txt").replace(
    "SIGSEGV, Segmentation fault",
    "SIGINT, Interrupt",
  );
  expect(found(threadState, stopped)[0]?.values).toMatchObject({ running: 1, failing: 0 });
});
