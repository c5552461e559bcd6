import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeMarkdown, fencedBlock } from "../../../server/src/features/escapeMarkdown";
import { threadsOf } from "../../../server/src/features/stacks";
import { cleanStack, groupSummaryMarkdown, statusLine } from "../../../server/src/features/summary";
import { stacksOf } from "../../../server/src/find/stacks";
import { read } from "../../../server/src/read/read";
import { log } from "../fixture";

function stackOf(text: string): string {
  const reading = read(text);
  const [thread] = threadsOf(reading);
  if (!thread) throw new Error("no thread");
  return cleanStack(reading, thread);
}

const markdown = (text: string) => groupSummaryMarkdown(stacksOf(read(text)));

const fixture = (name: string) => readFileSync(`test/fixtures/gdb/${name}`, "utf8");

test("a copied stack has its thread's header and one frame a line", () => {
  expect(
    stackOf(log`
      > Thread 2 (Thread 0x7f29a49ba760 (LWP 311)):
      > #0  0x01 in wait_lock () from
      > /lib/libpthread.so.0
      >         tries = 3
      > #1  0x04 in main () at main.c:9
      > (More stack frames follow...)
    `),
  ).toBe(
    [
      "Thread 2 (Thread 0x7f29a49ba760 (LWP 311)):",
      "#0  0x01 in wait_lock () from /lib/libpthread.so.0",
      "#1  0x04 in main () at main.c:9",
      "(More stack frames follow...)",
    ].join("\n"),
  );
});

test("control characters of a log do not reach the clipboard", () => {
  expect(stackOf('#0  0x01 in main (s=0x1 "a\x07b") at main.c:9\n')).toBe(
    '#0  0x01 in main (s=0x1 "a?b") at main.c:9',
  );
});

const wait = (pid: number) => log`
  === pid ${String(pid)} ===
  #0  0x01 in __lll_lock_wait () from /lib64/libpthread.so.0
  #1  0x02 in pthread_mutex_lock () from /lib64/libpthread.so.0
  #2  0x03 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at apc_pthreadmutex.c:72
`;

test("a summary counts each stack, names who has it, and shows it once", () => {
  const text = `${wait(311)}${wait(312)}=== pid 313 ===\n#0  0x05 in compile () at main.c:5\n`;
  expect(markdown(text)).toMatchInlineSnapshot(`
    "| | Count | Who | Doing | Most likely at fault |
    |---|---|---|---|---|
    | 1 | 2 | pids 311, 312 | waiting for a lock \\(apc\\_pthreadmutex\\_lock\\) | apc\\_pthreadmutex\\_lock |
    | 2 | 1 | pid 313 | running | compile |

    Stack 1:

    \`\`\`text
    #0  0x01 in __lll_lock_wait () from /lib64/libpthread.so.0
    #1  0x02 in pthread_mutex_lock () from /lib64/libpthread.so.0
    #2  0x03 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at apc_pthreadmutex.c:72
    \`\`\`

    Stack 2:

    \`\`\`text
    #0  0x05 in compile () at main.c:5
    \`\`\`
    "
  `);
});

test("a hostile function name stays in its cell and in its block", () => {
  const text = "#0  0x01 in a|b<`c```> () at [x](command:y).c:1\n";
  expect(markdown(text)).toMatchInlineSnapshot(`
    "| | Count | Who | Doing | Most likely at fault |
    |---|---|---|---|---|
    | 1 | 1 | thread not named in the text | running | a\\|b |

    Stack 1:

    \`\`\`\`text
    #0  0x01 in a|b<\`c\`\`\`> () at [x](command:y).c:1
    \`\`\`\`
    "
  `);
});

test("a summary of very many stacks, or of an endless one, says how much it leaves out", () => {
  const deep = Array.from({ length: 150 }, (_, i) => `#${i}  0x01 in f (n=${i}) at f.c:3\n`);
  expect(markdown(deep.join(""))).toContain("#99  0x01 in f (n=99) at f.c:3\n... 50 more frames\n");
  const many = Array.from({ length: 60 }, (_, i) => `=== pid ${i} ===\n#0  0x01 in f${i} ()\n`);
  expect(markdown(many.join("")).trimEnd().split("\n").at(-1)).toBe("And 10 more stacks.");
});

test("a text without stacks has no summary", () => {
  expect(markdown("Hello\n")).toBe("");
});

test("escaped text has no sign of Markdown left, and no second line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
      const escaped = escapeMarkdown(text);
      expect(escaped.replace(/\\[^a-zA-Z0-9\s]/g, "")).not.toMatch(/[\\`*_{}[\]()#|<>&!~:@\n\r]/);
    }),
  );
});

test("nothing in a block can close its fence", () => {
  const anything = fc.array(fc.constantFrom("`", "```", "\n", "\r", "~~~", "x", " "));
  fc.assert(
    fc.property(anything, (parts) => {
      const [open = "", ...lines] = fencedBlock(parts.join("")).split("\n");
      const fence = open.replace("text", "");
      expect(lines.filter((line) => line.includes(fence))).toEqual([fence]);
      expect(lines.at(-1)).toBe(fence);
    }),
  );
});

test("the status names gdb's version and counts processes and distinct stacks", () => {
  const session = wait(311).replace("\n", "\nGNU gdb Fedora (6.8-27.el5)\n");
  expect(statusLine(read(session + session + wait(312)))).toBe(
    "gdb 6.8 · 3 processes · 1 distinct stack",
  );
});

test.each([
  ["6.8/apache-apc.txt", "gdb 6.8 · 1 process · 1 distinct stack"],
  ["13.1/mt-run.txt", "1 process · 4 threads · 3 distinct stacks"],
])("the status of %s", (name, status) => {
  expect(statusLine(read(fixture(name)))).toBe(status);
});

test("the status of a text without stacks says so", () => {
  expect(statusLine(read("Hello\n"))).toBe("no stacks");
});
