import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "../../../server/src/notes/judge";
import { type Suggestion, suggest } from "../../../server/src/suggest/suggest";
import { plainCommand } from "../../../server/src/suggest/typed";
import { kept, source } from "../find/sources";

const next = (...texts: readonly string[]): Suggestion[] => {
  const sources = texts.map((text) => source(text));
  return suggest({ sources, findings: judge(sources).findings }, []);
};

const runs = (text: string): string[] => next(text).map(({ run }) => run);

/** A handler that allocates memory, with the names of two frames of what it interrupted. */
const interrupted = (inner: string, outer: string): string =>
  kept("gdb/13.1/reenter.txt")
    .replace("in _int_malloc (", `in ${inner} (`)
    .replace("in __GI___libc_malloc (bytes=100000) at ./malloc/malloc.c:3323", `in ${outer} ()`);

test.each([
  ["_int_malloc", "__GI___libc_malloc"],
  ["unlink_chunk", "busy"],
])(
  "a handler that waits in malloc asks for malloc's lock, whatever it interrupted: %s",
  (...names) => {
    const text = interrupted(...(names as [string, string]));
    expect(text).toContain(`in ${names[0]} (`);
    expect(runs(text)).toContain("p main_arena.mutex");
  },
);

describe("two ways to type a command are one", () => {
  test.each([
    ["print *(pthread_mutex_t *) 0x7f01", "p *(pthread_mutex_t*)0x7f01"],
    [
      "p ((pthread_mutex_t *)0x00007f01)->__data.__owner",
      "p ((pthread_mutex_t*)0x7f01)->__data.__owner",
    ],
    ["x/6dw  0x7f01", "x/6dw 0x7f01"],
    ["backtrace full", "bt full"],
    ["where", "bt"],
    ["f 4", "frame 4"],
    ["i sh", "info sh"],
    ["info shared", "info sharedlibrary"],
    ["i r", "info registers"],
    ["thread apply all -q bt", "thread apply all bt"],
    ["print/x $rdi", "p/x $rdi"],
  ])("%s is %s", (one, other) => expect(plainCommand(one)).toBe(plainCommand(other)));

  test.each([
    ["p/x $rdi", "p $rdi"],
    ["x/6dw 0x7f01", "x/6dw 0x7f02"],
    ["frame 1", "frame 10"],
    ["bt", "bt full"],
  ])("%s is not %s", (one, other) => expect(plainCommand(one)).not.toBe(plainCommand(other)));

  test("and what is plain stays so", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."pxinfo /&*()->=,0a $") }), (command) => {
        expect(plainCommand(plainCommand(command))).toBe(plainCommand(command));
      }),
    );
  });
});

const waiting = (
  lock: string,
) => `#0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
#1  0x00007f29a2e50892 in pthread_mutex_lock () from /lib64/libpthread.so.0
#2  0x00007f29a1b4b0e6 in cache_lock (lock=${lock}) at cache.c:41
#3  0x00007f29a1b4b1a0 in main () at main.c:9
`;

describe("what was asked", () => {
  const owner = "p ((pthread_mutex_t *)0x7f2981ef6088)->__data.__owner";
  const text = `=== pid 311 ===\n${waiting("0x7f2981ef6088")}`;

  test("is not offered again, however it was typed", () => {
    expect(runs(text)).toContain(owner);
    const asked = "(gdb) print ((pthread_mutex_t*) 0x00007f2981ef6088)->__data.__owner";
    expect(runs(`${text}${asked}\nCannot access memory at address 0x7f2981ef6098\n`)).not.toContain(
      owner,
    );
  });

  test("of one process can still be asked of another", () => {
    const crash = (pid: number) =>
      `=== pid ${pid} ===\nProgram received signal SIGFPE, Arithmetic exception.\n#0  0x000000000040051a in average (total=7, count=0) at a.c:3\n#1  0x0000000000400531 in main () at a.c:9\n`;
    const asked = "(gdb) x/i $pc\n=> 0x40051a <average+12>:\tidiv   %ecx\n";
    expect(runs(`${crash(1)}${asked}`)).not.toContain("x/i $pc");
    expect(runs(`${crash(1)}${asked}${crash(2)}`)).toContain("x/i $pc");
  });
});

describe("what the session can answer", () => {
  const crash = kept("gdb/13.1/excpt.txt");

  test("of a living process is not asked of a core", () => {
    const live = next(crash).filter(({ needs }) => needs.includes("live process"));
    expect(live.map(({ run }) => run)).toContain("catch throw");
    const core = next(crash.replace("Program received signal", "Program terminated with signal"));
    expect(core.length).toBeGreaterThan(0);
    expect(core.filter(({ needs }) => needs.includes("live process"))).toEqual([]);
  });

  test("is not asked of a gdb that is too old for it", () => {
    const assertion = kept("gdb/13.1/assertfail.txt");
    const command = /^frame apply level \d+ -q info locals$/;
    const knows = (banner: string) =>
      runs(`${banner}${assertion}`).some((run) => command.test(run));
    expect(knows("")).toBe(true);
    expect(knows("GNU gdb (GDB) 8.3\n")).toBe(true);
    expect(knows("GNU gdb (GDB) 13.1\n")).toBe(true);
    expect(knows("GNU gdb (GDB) 8.2.1\n")).toBe(false);
    expect(knows("GNU gdb Fedora (6.8-37.el5)\n")).toBe(false);
  });

  test("comes first, before what gdb would refuse without debug information", () => {
    const text = `=== pid 311 ===\n${waiting("0x7f2981ef6088")}`;
    const first = (of: string) => next(of).find(({ from }) => from === "mutex-wait")?.run;
    expect(first(text)).toBe("p ((pthread_mutex_t *)0x7f2981ef6088)->__data.__owner");
    const stripped = text.replace(/ at \w+\.c:\d+/g, " from /usr/lib/shop.so");
    expect(first(stripped)).toBe("x/6dw 0x7f2981ef6088");
  });
});

test("nothing is offered twice, and all of it in some text rests on evidence", () => {
  for (const name of ["gdb/13.1/locks.txt", "gdb/13.1/mt-core.txt", "kernel/dmesg-segfaults.txt"]) {
    const all = next(kept(name));
    const keys = all.map(({ where, run }) => `${where} ${plainCommand(run)}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { evidence, because } of all) {
      expect(evidence.length).toBeGreaterThan(0);
      expect(because).not.toContain("${");
    }
  }
});

test("a text with nothing in it asks for nothing", () => {
  expect(next("")).toEqual([]);
  expect(next("Nothing to see here.\n")).toEqual([]);
});
