import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { log } from "../../fixture";
import { cardAt, cardOver } from "./card";

const apc = readFileSync("test/fixtures/gdb/6.8/apache-apc.txt", "utf8");
const deadlock = readFileSync("test/fixtures/gdb/13.1/deadlock-attach-prompt.txt", "utf8");

/** The card's lines about one argument of a frame, without its heading. */
function argument(printed: string, caller = "handle"): string {
  const card = cardAt(
    `#0  0x0000000000401136 in ${caller} (${printed.slice(0, 1)}<|>${printed.slice(1)}) at main.c:4\n`,
  );
  return card.split("\n").slice(2).join("\n");
}

test("an argument that contradicts an inner frame may be stale", () => {
  expect(cardOver(apc, "cache=0x7f2981ef6088")).toMatchInlineSnapshot(`
    "[cache=0x7f2981ef6088]
    **\`cache = 0x7f2981ef6088\`**
    Looks like a shared object, a mapping or another thread's stack on 64-bit Linux.
    The same value is called \`lock\` in frame 3.
    **May be stale:** frame 4 has \`cache=0x7f29a4f3ce30\`. gdb reads the arguments of optimised code from registers that can have been used again."
  `);
});

test("an argument that was merely passed on under another name is not called stale", () => {
  const card = cardOver(apc, "lock=0x7f2981ef6088");
  expect(card).toContain("The same value is called `cache` in frame 5.");
  expect(card).not.toContain("stale");
});

test("a lock names the other stacks that hold its address", () => {
  expect(cardOver(deadlock, "futex_word=0x55ce1f23a0a0 <lock_b>")).toMatchInlineSnapshot(`
    "[futex_word=0x55ce1f23a0a0 <lock_b>]
    **\`futex_word = 0x55ce1f23a0a0 <lock_b>\`**
    It points to \`lock_b\`.
    Looks like the program itself or its heap on 64-bit Linux.
    On 1 other stack too, as \`first\` of \`take_both\`."
  `);
});

test("a member of a structure is explained by itself", () => {
  expect(cardOver(apc, "mtime = 1290456278")).toMatchInlineSnapshot(`
    "[mtime = 1290456278]
    **\`mtime = 1290456278\`**
    A member of \`key\`.
    May be a time: 2010-11-22 20:04:38 UTC, if it counts seconds since 1970.
    The same value is called \`t\` in this frame."
  `);
  expect(cardOver(apc, "device = 139816836143312")).toContain("In hex: `0x7f29a4da18d0`");
});

test("a length is compared with the text that it measures", () => {
  expect(cardOver(apc, "identifier_len = 25")).toContain("The text `identifier` is that long.");
  expect(argument('name_len=99, name=0x55 "httpd"')).toBe(
    "The text `name` has 5 bytes up to its end, not 99.",
  );
});

test("a thread's id leads to the thread, by the kernel's number or by pthread's", () => {
  expect(cardOver(deadlock, "expected=8428")).toContain("The kernel thread id of thread 2");
  expect(cardOver(deadlock, "threadid=140076646373056")).toContain(
    "The pthread id of thread 2 of this process (LWP 8428).",
  );
});

test.each([
  ["sig=6", "raise", "SIGABRT\n"],
  ["errno=2", "handle", "May be ENOENT: no such file or directory."],
  ["ret=-110", "handle", "May be ETIMEDOUT: connection timed out."],
  ["ret=-1", "handle", ""],
  ["type=8", "phar_compile_file", "ZEND_REQUIRE: require, or the main script\n"],
  ["type=8", "handle", ""],
  [
    "op=393",
    "__futex_abstimed_wait_common64",
    "FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME\n",
  ],
  ["op=3", "epoll_ctl", "EPOLL_CTL_MOD\n"],
  ["cmd=7", "fcntl64", "F_SETLKW: takes a lock on a file and waits for it\n"],
  ["how=2", "shutdown", "SHUT_RDWR\n"],
  ["how=2", "pthread_sigmask", "SIG_SETMASK\n"],
  ["timeout=-1", "__GI___poll", "without end, until something happens\n"],
  ["prot=3", "mmap64", "PROT_READ | PROT_WRITE\n"],
  [
    "t=1290456278",
    "handle",
    "May be a time: 2010-11-22 20:04:38 UTC, if it counts seconds since 1970.",
  ],
  ["t=25", "handle", ""],
  ["n=1290456278", "handle", ""],
  [
    "n=<optimized out>",
    "handle",
    "The compiler kept no copy of this value here. The caller's frame often still has it: `up`.",
  ],
])("%s in %s means: %s", (printed, caller, expected) => {
  const card = argument(printed, caller).replaceAll("**", "");
  if (expected.endsWith("\n")) expect(card.startsWith(expected)).toBe(true);
  else expect(card).toBe(expected);
});

test.each([
  ["0x0", "The null pointer."],
  ["0x18", "Close to null: a member at this offset of a structure behind a null pointer."],
  ["0x41414141", 'Its bytes are the text "AAAA"'],
  ["0x555555554040", "Looks like the program itself or its heap on 64-bit Linux."],
  ["0x7ffdd244c440", "Looks like the main thread's stack on 64-bit Linux."],
  ["0x7f1c73844e90", "Looks like a shared object, a mapping or another thread's stack"],
  ["0x7f1c73844000", "It is the start of a memory page."],
  ["0xffff888012345678", "An address of the kernel on x86-64"],
  ["0x8000000000000000", "Not a valid address on x86-64"],
  ["0xffffffffffffffff", "All bits set: minus one"],
  ["0x5a5a5a5a5a5a5a5a", "the pointer was read from freed memory"],
])("the pointer %s is explained: %s", (pointer, expected) => {
  expect(argument(`p=${pointer}`)).toContain(expected);
});

test("a pointer to a symbol names it", () => {
  expect(argument("p=0x55822485d0e8 <queue_ready+40>")).toContain("It points to `queue_ready+40`.");
});

test("@entry is explained", () => {
  expect(argument("p=p@entry=0x7f1c74046990")).toContain(
    "`@entry` marks the value at the time of the call.",
  );
});

test("a local variable of bt full has a card", () => {
  expect(
    cardAt(log`
      #0  0x00007f299a342969 in take (n=1) at lock.c:72
              err<|>no = 11
      #1  0x00007f299a33d0ef in find () at apc_cache.c:578
      No locals.
    `),
  ).toContain("May be **EAGAIN**");
});

test("a text that gdb broke off has no length", () => {
  expect(argument('p=0x55 "abc"...')).toContain("gdb printed only the beginning of this text.");
  expect(argument('p=0x55 "a\\303\\244\\n"')).toContain("A text of 4 bytes.");
});
