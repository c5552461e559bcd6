import { expect, test } from "vitest";
import {
  frameAt,
  partAt,
  processAt,
  threadAt,
  valueSpan,
} from "../../../server/src/features/locate";
import { threadName } from "../../../server/src/features/symbols";
import { cleanOffset } from "../../../server/src/read/place";
import { read } from "../../../server/src/read/read";
import { extractCursor, log } from "../fixture";

/** What is at the cursor: process, thread, frame, part and value. */
function at(fixture: string): string {
  const { text, offset } = extractCursor(fixture);
  const reading = read(text);
  const here = cleanOffset(reading, offset);
  const place = frameAt(reading, here);
  const thread = threadAt(reading, here)?.thread;
  const touched = place && partAt(place.frame, here);
  const { text: clean } = reading.clean;
  return [
    `process ${processAt(reading, here)?.pid ?? "-"}`,
    thread ? threadName(thread) : "no thread",
    place ? `${place.isView ? "view" : "frame"} ${place.frame.number}` : "no frame",
    touched?.part,
    touched?.value && clean.slice(valueSpan(touched.value).from, valueSpan(touched.value).to),
  ]
    .filter((word) => word)
    .join(", ");
}

const session = (frame: string) => log`
  === pid 71 ===
  Attaching to process 71
  0x0000000000401136 in crash (p=0x0) at main.c:4
  ${frame}
  #1  0x0000000000401150 in main () at main.c:9
`;

const crash = "#0  0x0000000000401136 in crash (p=0x0, n=12) at main.c:4";

test.each([
  ["#<|>0  0x0000000000401136 in", "frame 0, number"],
  ["#0<|>  0x0000000000401136 in", "frame 0, number"],
  ["#0  0x00000000<|>00401136 in", "frame 0, address"],
  ["#0  0x0000000000401136 i<|>n", "frame 0"],
])("the cursor in %s is at %s", (start, expected) => {
  const rest = crash.slice("#0  0x0000000000401136 in".length);
  expect(at(session(start + rest))).toBe(`process 71, Thread, ${expected}`);
});

test.each([
  ["cra<|>sh", "function"],
  ["p=<|>0x0", "arguments, p=0x0"],
  ["n=12<|>)", "arguments, n=12"],
  ["mai<|>n.c", "file"],
  [":4<|>", "line"],
])("the cursor at %s is in the frame's %s", (marked, expected) => {
  const frame = crash.replace(marked.replace("<|>", ""), marked);
  expect(at(session(frame))).toBe(`process 71, Thread, frame 0, ${expected}`);
});

test("the line of a stop is a view of the innermost frame", () => {
  expect(at(session(crash).replace("in crash (p=0x0) at", "in cra<|>sh (p=0x0) at"))).toBe(
    "process 71, Thread, view null, function",
  );
});

test("the tail of a wrapped frame belongs to it", () => {
  expect(
    at(log`
      > #0  0x00007f299a342969 in take (lock=0x7f2981ef6088) at
      > /usr/local/src/php-5.3.3/APC-3.1.4/apc<|>_pthreadmutex.c:72
      > #1  0x00007f299a33d0ef in find (t=1290456278) at apc_cache.c:578
    `),
  ).toBe("process -, Thread, frame 0, file");
});

test("a local variable belongs to the frame above it", () => {
  expect(
    at(log`
      #0  0x00007f299a342969 in take (n=1) at lock.c:72
              left = <|>3
      #1  0x00007f299a33d0ef in find () at apc_cache.c:578
      No locals.
    `),
  ).toBe("process -, Thread, frame 0, locals, left = 3");
});

test("a thread's header belongs to the thread and to no frame", () => {
  expect(
    at(log`
      Thread 2 (Thread 0x7f29a49ba760 (LWP 7<|>2)):
      #0  0x0000000000401136 in wait_for (n=1) at main.c:19

      Thread 1 (Thread 0x7f29a49ba761 (LWP 71)):
      #0  0x0000000000401136 in run () at main.c:19
    `),
  ).toBe("process -, Thread 2 (LWP 72), no frame");
});

test("prose belongs to nothing", () => {
  expect(at("No tr<|>ace here.\n")).toBe("process -, no thread, no frame");
});

test("a process's head ends where its stacks begin", () => {
  const reading = read(session(crash).replace(/^0x.*\n/m, ""));
  const [process] = reading.processes;
  const head = process?.head;
  expect(head && reading.clean.text.slice(head.from, head.to)).toBe(
    "=== pid 71 ===\nAttaching to process 71",
  );
});
