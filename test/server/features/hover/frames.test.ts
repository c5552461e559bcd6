import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { log } from "../../fixture";
import { cardAt, cardOver } from "./card";

const apc = readFileSync("test/fixtures/gdb/6.8/apache-apc.txt", "utf8");

test("a function says what it does, where to look, and how sure that is", () => {
  expect(cardOver(apc, "apc_pthreadmutex_lock (")).toMatchInlineSnapshot(`
    "[apc_pthreadmutex_lock]
    **\`apc_pthreadmutex_lock\`** · waiting for a lock
    APC (before 4) takes or releases its process-shared mutex; the owner is recorded in the mutex.
    The thread sleeps or spins until another thread or process releases a lock. Ask who holds it.
    PHP APC and APCu · checked against the source"
  `);
});

test("one function of a stack that waits is the one to look at first", () => {
  const functions = [...apc.matchAll(/^#\d+ +0x\w+ in (\w+ \()/gm)].map(
    ([, name]) => name as string,
  );
  const first = functions.filter((name) => cardOver(apc, name).includes("Look here first"));
  expect(first).toHaveLength(1);
  expect(functions.slice(3)).toContain(first[0]);
});

test("a function that nobody knows is most likely the program's own", () => {
  expect(cardAt("#0  0x0000000000401136 in my_han<|>dler (n=1) at main.c:4\n")).toContain(
    "Not in the knowledge base: most likely a function of the program itself or of a module.",
  );
});

test("the thread that got the signal names the frame at fault", () => {
  expect(
    cardAt(log`
      Program terminated with signal SIGSEGV, Segmentation fault.
      #0  0x00007f1c740ccd36 in __memcpy_avx_unaligned_erms () from /lib/libc.so.6
      #1  0x000055822485a25c in copy_<|>job (j=0x0) at src/mt.c:22
      #2  0x000055822485a3f9 in main () at src/mt.c:49
    `),
  ).toContain("Most likely at fault:");
});

test("a nameless frame says which symbols are missing, and how this distribution gets them", () => {
  expect(
    cardAt(log`
      GNU gdb (Debian 13.1-3) 13.1
      #0  0x00007f29a4a2e3d0 in ?<|>? () from /usr/lib/libz.so.1
      #1  0x0000000000401150 in main () at main.c:9
    `),
  ).toMatchInlineSnapshot(`
    "[??]
    **No function name**
    The address lies in \`/usr/lib/libz.so.1\`, but gdb found no symbol for it there: the file is stripped.
    To see names: \`find-dbgsym-packages /usr/lib/libz.so.1 (of debian-goodies)\`"
  `);
});

test("a nameless frame at an address made of letters shows the text that overwrote the stack", () => {
  expect(
    cardAt(log`
      #0  0x0000000000401136 in copy (from=0x1) at main.c:4
      #1  0x4141414141414141 in ?<|>? ()
    `),
  ).toContain('Its bytes are the text "AAAAAAAA": a text was probably written over a pointer.');
});

test("the number of a frame tells who called it and whom it called", () => {
  expect(cardOver(apc, "#4")).toMatchInlineSnapshot(`
    "[#4]
    **Frame 4** of 22 frames: \`apc_cache_find_slot\`
    It called \`apc_pthreadmutex_lock\`.
    Called by \`apc_cache_find\`.
    This stack: waiting for a lock (apc_pthreadmutex_lock)."
  `);
});

test("where frames are missing between two, neither is said to have called the other", () => {
  const card = cardAt(log`
    #0  0x0000000000401136 in inner () at main.c:4
    #<|>3  0x0000000000401150 in outer () at main.c:9
  `);
  expect(card).toContain("Frame 3");
  expect(card).not.toContain("called");
});

test("the innermost address is where the thread stands; the others are where a call returns to", () => {
  expect(cardOver(apc, "0x00007f29a2e54e74 in __lll")).toMatchInlineSnapshot(`
    "[0x00007f29a2e54e74]
    **\`0x7f29a2e54e74\`**
    The instruction at which the thread stands.
    The same address stands in 1 other place."
  `);
  expect(cardOver(apc, "0x00007f29a2e50874")).toContain("when the inner frame returns to it");
});

test("a source line has a card on the tail of a wrapped frame too", () => {
  expect(cardOver(apc, "apc_cache.c:626")).toMatchInlineSnapshot(`
    "[/usr/local/src/php-5.3.3/APC-3.1.4/apc_cache.c]
    **\`/usr/local/src/php-5.3.3/APC-3.1.4/apc_cache.c:626\`**
    The source line that was being executed, as the path was when the program was compiled."
  `);
});

test("a library counts its frames", () => {
  expect(cardOver(apc, "/etc/httpd/modules/libphp5.so")).toMatchInlineSnapshot(`
    "[/etc/httpd/modules/libphp5.so]
    **\`/etc/httpd/modules/libphp5.so\`**
    The shared object or program that holds the code. gdb names it where it has no source line: the debug information is missing.
    4 frames in this file, 4 of them with a function name."
  `);
});

test("the mark of a signal handler tells both sides apart", () => {
  expect(
    cardAt(log`
      #0  0x00007f in raise () from /lib/libc.so.6
      #1  0x0000000000401136 in on_crash (sig=11) at main.c:4
      #2  <signal hand<|>ler called>
      #3  0x0000000000401150 in parse (text=0x0) at main.c:9
    `),
  ).toMatchInlineSnapshot(`
    "[#2  <signal handler called>]
    **Signal handler called**
    The kernel interrupted the program here to run its signal handler.
    Above, with lower numbers: the handler, \`on_crash\`.
    Below: where the signal struck, \`parse\`. For a crash, look there."
  `);
});

test("an inlined function says that its code is in its caller", () => {
  expect(
    cardAt(log`
      #0  0x0000000000401136 in inner () at main.c:4
      #1  0x0000000000401140 in small<|>_one () at main.c:5
      #2  middle () at main.c:6
      #3  0x0000000000401150 in outer () at main.c:9
    `),
  ).toContain("Inlined:");
});

test("a frame that the session shows again says so", () => {
  expect(cardOver(apc, "__lll_lock_wait")).toContain(
    "The session shows frame 0 here once more; it is counted once.",
  );
});

test("prose has no card", () => {
  expect(cardAt("No tr<|>ace here.\n")).toBe("-");
});
