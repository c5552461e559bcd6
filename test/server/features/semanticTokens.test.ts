import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import manifest from "../../../package.json";
import { semanticTokens } from "../../../server/src/features/semanticTokens";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../../../server/src/features/tokens/legend";
import { read } from "../../../server/src/read/read";
import { extractSelection, log } from "../fixture";
import { colours } from "./shown";

test("every part of a frame has a colour of its own", () => {
  const text = log`
    #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
    #1  0x00007f299a342969 in take (lock=0x7f2981ef6088, name=0x55 "a \"b\"", n=<optimized out>) at src/lock.c:72
  `;
  expect(colours(text)).toMatchInlineSnapshot(`
    "btFrameNumber.machinery.lock #0
    btAddress.machinery.lock 0x00007f29a2e54e74
    btFunction.machinery.lock __lll_lock_wait
    btLibrary.machinery.lock /lib64/libpthread.so.0
    btFrameNumber.culprit #1
    btAddress.culprit 0x00007f299a342969
    btFunction.culprit take
    btParameter.culprit lock
    btAddress.culprit 0x7f2981ef6088
    btParameter.culprit name
    btAddress.culprit 0x55
    btString.culprit "a \\"b\\""
    btParameter.culprit n
    btOptimizedOut.culprit <optimized out>
    btFile.culprit src/lock.c
    btLine.culprit 72"
  `);
});

test("the tail of a frame that a mailer wrapped is coloured on its own line", () => {
  const text = log`
    > #0  0x00007f299a342969 in take_lock (lock=0x7f2981ef6088) at
    > /usr/local/src/php-5.3.3/APC-3.1.4/apc_pthread
    > mutex.c:72
    > #1  0x00007f29a4a017ef in main () from /usr/sbin/httpd
  `;
  expect(colours(text)).toMatchInlineSnapshot(`
    "btFrameNumber.culprit #0
    btAddress.culprit 0x00007f299a342969
    btFunction.culprit take_lock
    btParameter.culprit lock
    btAddress.culprit 0x7f2981ef6088
    btFile.culprit /usr/local/src/php-5.3.3/APC-3.1.4/apc_pthread
    btFile.culprit mutex.c
    btLine.culprit 72
    btFrameNumber.machinery #1
    btAddress.machinery 0x00007f29a4a017ef
    btFunction.machinery main
    btLibrary.machinery /usr/sbin/httpd"
  `);
});

test("what gdb prints around the stacks is coloured too", () => {
  const text = log`
    === pid 71 ===
    GNU gdb (GDB) 7.11
    Attaching to process 71
    [New LWP 72]
    Thread 2 "worker" received signal SIGSEGV, Segmentation fault.
    [Switching to Thread 0x7f29a49ba760 (LWP 72)]
    0x0000000000401136 in crash (p=0x0) at main.c:4
    4	  *p = 1;
    (gdb) bt
    #0  0x0000000000401136 in crash (p=0x0) at main.c:4
    #1  0x0000000000401150 in main () at main.c:9
  `;
  expect(colours(text)).toMatchInlineSnapshot(`
    "btSeparator.crashed === pid 71 ===
    btBanner GNU gdb (GDB) 7.11
    btProcess process 71
    btThread LWP 72
    btThread Thread 2
    btString "worker"
    btSignal SIGSEGV
    btAddress 0x7f29a49ba760
    btThread LWP 72
    btAddress.view 0x0000000000401136
    btFunction.view crash
    btParameter.view p
    btAddress.view 0x0
    btFile.view main.c
    btLine.view 4
    btPrompt (gdb)
    btCommand bt
    btFrameNumber.culprit #0
    btAddress.culprit 0x0000000000401136
    btFunction.culprit crash
    btParameter.culprit p
    btAddress.culprit 0x0
    btFile.culprit main.c
    btLine.culprit 4
    btFrameNumber.machinery #1
    btAddress.machinery 0x0000000000401150
    btFunction.machinery main
    btFile.machinery main.c
    btLine.machinery 9"
  `);
});

test("only the part that the editor asks for is coloured", () => {
  const { text, from, to } = extractSelection(log`
    #0  0x0000000000401136 in crash (p=0x0) at main.c:4
    #1  0x0000000000401150 in <|main () at main|>.c:9
  `);
  expect(colours(text, { from, to })).toBe("btFunction.machinery main\nbtFile.machinery main.c");
});

test("a function that the user calls machinery is not the culprit", () => {
  const text = log`
    #0  0x0000000000401136 in my_assert () at main.c:4
    #1  0x0000000000401150 in handle_request () at main.c:9
  `;
  expect(colours(text, undefined, ["my_*"])).toContain("btFunction.machinery my_assert");
  expect(colours(text, undefined, ["my_*"])).toContain("btFunction.culprit handle_request");
});

test("no token crosses a line or covers another, in a long session with locals", () => {
  const text = readFileSync("test/fixtures/gdb/13.1/mt-core.txt", "utf8");
  const spans = semanticTokens(read(text), { from: 0, to: text.length }).map(({ span }) => span);
  expect(spans.length).toBeGreaterThan(300);
  expect(spans.filter(({ from, to }) => text.slice(from, to).includes("\n"))).toEqual([]);
  expect(spans.filter(({ from }, i) => i > 0 && from < (spans[i - 1]?.to ?? 0))).toEqual([]);
});

test("the extension contributes the types and modifiers of the legend, in no other spelling", () => {
  const { semanticTokenTypes, semanticTokenModifiers } = manifest.contributes;
  expect(semanticTokenTypes.map(({ id }) => id)).toEqual([...TOKEN_TYPES]);
  expect(semanticTokenModifiers.map(({ id }) => id)).toEqual([...TOKEN_MODIFIERS]);
});
