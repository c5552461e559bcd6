import { describe, expect, test } from "vitest";
import { nextCard } from "../../../../server/src/features/next/card";
import { completions } from "../../../../server/src/features/next/completion";
import { nextAt } from "../../../../server/src/features/next/nextAt";
import { judge } from "../../../../server/src/notes/judge";
import { read } from "../../../../server/src/read/read";
import { extractCursor, log } from "../../fixture";

const waiting = log`
  Attaching to process 311
  #0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
  #1  0x00007f29a2e502e0 in pthread_mutex_lock () from /lib64/libpthread.so.0
  #2  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at apc_pthreadmutex.c:72
  #3  0x00007f299a33d0ef in apc_cache_find_slot (cache=0x7f29a4f3ce30, t=1290456278) at apc_cache.c:578
  #4  0x00007f299a342005 in my_compile_file (h=0x7fff14967f40, type=8) at apc_main.c:547
`;

function offered(marked: string) {
  const { text, offset } = extractCursor(marked);
  const source = { path: "text", reading: read(text) };
  return completions(judge([source]), source, offset);
}

const texts = (marked: string, kind: string): string[] =>
  offered(marked)
    .filter((each) => each.kind === kind)
    .map(({ text }) => text);

const owner = "p ((pthread_mutex_t *)0x7f2981ef6088)->__data.__owner";

describe("at gdb's prompt at the end of a text", () => {
  test("the decisive command comes first, filled in", () => {
    const [first] = offered(`${waiting}(gdb) <|>`);
    expect(first).toMatchObject({ text: owner, kind: "next" });
  });

  test("what was typed already is not offered again", () => {
    const text = `${waiting}(gdb) ${owner}\n$1 = 4711\n(gdb) <|>`;
    expect(texts(text, "next")).not.toContain(owner);
  });

  test("commands of gdb complete", () => {
    expect(texts(`${waiting}(gdb) b<|>`, "command")).toContain("backtrace");
  });

  test.each([
    ["frame <|>", "number", ["0", "1", "2", "3", "4"]],
    ["p <|>", "variable", ["lock", "cache", "t", "h", "type"]],
    ["x/4gx <|>", "address", ["0x7f2981ef6088", "0x7f29a4f3ce30", "0x7fff14967f40"]],
    ["list <|>", "function", ["__lll_lock_wait", "pthread_mutex_lock"]],
  ])("arguments of %s come from the stack before it", (typed, kind, expected) => {
    expect(texts(`${waiting}(gdb) ${typed}`, kind)).toEqual(expect.arrayContaining(expected));
  });

  test("a whole command replaces what was typed, an argument only its word", () => {
    const text = `${waiting}(gdb) p lo<|>`;
    const all = offered(text);
    const { offset } = extractCursor(text);
    expect(all.find(({ kind }) => kind === "next")?.span).toEqual({ from: offset - 4, to: offset });
    expect(all.find(({ kind }) => kind === "variable")?.span).toEqual({
      from: offset - 2,
      to: offset,
    });
  });
});

test("at a shell's prompt only commands of the shell are offered", () => {
  const all = offered(`${waiting}\nme@web7:~$ <|>`);
  expect(all.map(({ text }) => text)).toContain("ps -o pid,ppid,stat,wchan:24,etime,cmd -p HOLDER");
  expect(all.map(({ text }) => text)).not.toContain(owner);
});

test("elsewhere nothing is offered", () => {
  expect(offered(`${waiting}Some <|>prose\n`)).toEqual([]);
  expect(offered("<|>")).toEqual([]);
});

test("what is asked next of a thread is about that thread", () => {
  const other =
    "\nAttaching to process 99\n#0  0x0000000000401136 in crash (p=0x0) at x.c:3\n#1  0x0000000000401150 in main () at x.c:9\n";
  const source = { path: "text", reading: read(waiting + other) };
  const judgement = judge([source]);
  const runs = (offset: number) => nextAt(judgement, source, offset).map(({ run }) => run);
  expect(runs(waiting.indexOf("#2"))[0]).toBe(owner);
  expect(runs(waiting.length + other.indexOf("#0"))).not.toContain(owner);
});

test("a hover's section names the first commands, escaped", () => {
  const source = { path: "text", reading: read(waiting) };
  const card = nextCard(judge([source]), source, waiting.indexOf("#2"));
  expect(card).toContain(`- \`(gdb) ${owner}\`: `);
  expect(card?.split("\n- ")).toHaveLength(3);
});
