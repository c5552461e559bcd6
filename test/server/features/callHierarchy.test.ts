import { expect, test } from "vitest";
import {
  incomingCalls,
  outgoingCalls,
  type StackCall,
  stackFunction,
} from "../../../server/src/features/callHierarchy";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";

const two = read(log`
  === pid 1 ===
  #0  0x01 in wait_lock () from /lib/libpthread.so.0
  #1  0x02 in cache_find (key=0x1) at cache.c:10
  #2  0x03 in handler () at main.c:5
  #3  0x04 in main () at main.c:9
  === pid 2 ===
  #0  0x01 in wait_lock () from /lib/libpthread.so.0
  #1  0x02 in cache_find (key=0x2) at cache.c:10
  #2  0x05 in warm_up () at main.c:7
  #3  0x04 in main () at main.c:9
  === pid 3 ===
  #0  0x02 in cache_find (key=0x2) at cache.c:10
  #1  0x05 in warm_up () at main.c:7
`);

/** `2 warm_up (2 stack frames, main.c:7) from #2 #1`: the other function and the callers' frames. */
const show = (calls: readonly StackCall[]) =>
  calls
    .map(({ other, calls }) => {
      const frames = calls.map(({ from }) => two.text.slice(from, from + 2));
      return `${calls.length} ${other.label} (${other.detail}) at ${frames.join(" ")}`;
    })
    .join("\n");

test("the callers of a function come from all stacks, most frequent first", () => {
  expect(show(incomingCalls(two, "cache_find"))).toBe(
    [
      "2 warm_up (2 stack frames, main.c:7) at #2 #1",
      "1 handler (1 stack frame, main.c:5) at #2",
    ].join("\n"),
  );
});

test("the functions that it called come with the frames it called them from", () => {
  expect(show(outgoingCalls(two, "cache_find"))).toBe(
    "2 wait_lock (2 stack frames, libpthread.so.0) at #1 #1",
  );
});

test("the outermost function has no caller, and the innermost called nothing", () => {
  expect(show(incomingCalls(two, "main"))).toBe("");
  expect(show(outgoingCalls(two, "wait_lock"))).toBe("");
});

test("the function of a frame knows how often it is on the stacks", () => {
  const frame = two.processes[0]?.threads[0]?.frames[1];
  if (!frame) throw new Error("no frame");
  const { label, detail, nameSpan } = stackFunction(two, frame);
  expect(`${label}: ${detail}`).toBe("cache_find: 3 stack frames, cache.c:10");
  expect(two.text.slice(nameSpan.from, nameSpan.to)).toBe("cache_find");
});

test("frames that the text left out are not taken for a call", () => {
  const gap = read("#0  0x01 in abort () from /lib/libc.so.6\n#2  0x03 in main () at main.c:9\n");
  expect(incomingCalls(gap, "abort")).toEqual([]);
});

test("a recursive function calls itself", () => {
  const recursive = read("#0  0x01 in f (n=1) at f.c:3\n#1  0x01 in f (n=2) at f.c:3\n");
  expect(incomingCalls(recursive, "f").map(({ other }) => other.label)).toEqual(["f"]);
});
