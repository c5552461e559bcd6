import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GroupCounter, groupStacks } from "../../../server/src/find/groups";
import { KnownStacks } from "../../../server/src/find/knownStacks";
import { read } from "../../../server/src/read/read";

/** What the counter says of a text that comes in parts, when a stack is known after it was read `enough` times. */
function counted(text: string, enough: number, part = Math.ceil(text.length / 20)) {
  const known = new KnownStacks(enough, { head: 1, portion: 1 });
  let rest = "";
  for (let at = 0; at < text.length; at += part) rest += known.add(text.slice(at, at + part));
  rest += known.finish();
  const counter = new GroupCounter(Number.POSITIVE_INFINITY, () => "");
  counter.add(read(rest));
  for (const { thread, count } of known.leftOut()) counter.addMore(thread, count);
  expect(counter.others).toBe(0);
  return { groups: counter.mostFrequentFirst(), read: rest };
}

const numbers = (groups: readonly { functions: readonly string[]; count: number }[]): string[] =>
  groups.map(({ functions, count }) => `${count} ${functions.join(" < ")}`);

const numbersOf = (text: string): string[] =>
  numbers(
    groupStacks([read(text)]).map(({ functions, members }) => ({
      functions,
      count: members.length,
    })),
  );

/** The groups in any order: equals are in the order in which the rest has them. */
const inOrder = (lines: readonly string[]): string[] => [...lines].sort();

function expectSame(text: string, enough = 1): { read: string } {
  const { groups, read } = counted(text, enough);
  expect(inOrder(numbers(groups))).toEqual(inOrder(numbersOf(text)));
  return { read };
}

const fixture = (path: string): string => readFileSync(path, "utf8");

const sessions = readdirSync("test/fixtures/gdb", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".txt"))
  .map((name) => `test/fixtures/gdb/${name}`);

const fleet = fixture("examples/backtraces.save");

/** One look at a process with many threads, as `gdb -p PID -batch -ex 'thread apply all bt'` prints it. */
function listing(pid: number, functions: readonly string[]): string {
  const threads = functions.map((name, i) => {
    const number = functions.length - i;
    return `Thread ${number} (Thread 0x7f${number}000 (LWP ${pid + number - 1})):
#0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
#1  0x00007f299a342969 in ${name} (lock=0x7f2981ef6088) at lock.c:72
#2  0x00007f2999999999 in main () at main.c:${pid}

`;
  });
  return `[New LWP ${pid + 1}]
[Thread debugging using libthread_db enabled]
0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0

${threads.join("")}[Inferior 1 (process ${pid}) detached]
`;
}

describe("stacks that are known", () => {
  test("of a fleet come no more, and are counted", () => {
    const { read } = expectSame(fleet.repeat(5));
    expect(read.length).toBeLessThan(2.5 * fleet.length);
  });

  test("are named as long as names are asked for", () => {
    const one = counted(fleet.repeat(3), 2).groups.map(({ threads }) => threads);
    const all = counted(fleet.repeat(3), 1000).groups.map(({ threads }) => threads);
    expect(one.map((names) => names.slice(0, 2))).toEqual(all.map((names) => names.slice(0, 2)));
  });

  test("of processes with many threads come no more, and are counted", () => {
    const looks = [1, 2, 3, 4, 5].map((i) => listing(1000 * i, ["wait", "take", "wait"])).join("");
    expect(numbersOf(looks)[0]).toBe("10 __lll_lock_wait < wait < main");
    const { read } = expectSame(looks);
    expect(read.length).toBeLessThan(0.7 * looks.length);
  });

  test("go out of the midst of a process with a new one", () => {
    const looks = [
      listing(1000, ["wait", "wait", "wait"]),
      listing(2000, ["wait", "take", "wait", "wait"]),
      listing(3000, ["give", "wait", "wait", "take", "wait"]),
    ].join("");
    const { read } = expectSame(looks);
    expect(read.split("LWP 300").length).toBeLessThan(looks.split("LWP 300").length);
  });

  test("stay where a session may show a thread twice", () => {
    const bt = listing(1000, ["wait", "take"]);
    const twice = `${bt.slice(0, bt.lastIndexOf("[Inf"))}${bt.slice(bt.indexOf("Thread 2"))}`;
    expectSame(twice.repeat(3));
    const bare = bt.replace(
      /\n\nThread 2/,
      (more) => `\n${bt.split("\n").slice(5, 8).join("\n")}${more}`,
    );
    expectSame(bare.repeat(3));
    expectSame(bt.replaceAll("#1  ", "        x = 1\n#1  ").repeat(3));
  });

  test("with C++ names, without symbols and behind a signal are counted, too", () => {
    const stack = (pid: number) => `=== pid ${pid} ===
#0  0x00007f29a2e54e74 in raise () from /lib64/libc.so.6
#1  <signal handler called>
#2  0x00007f299a342969 in std::function<void (int)>::operator()(int) const (this=0x${pid}) at f.h:72
#3  0x00007f299a342969 in ns::run<a, b>(int, char const*) () from /usr/lib/libx.so.1
#4  0x00007f299a342970 in ?? () from /usr/lib/libx.so.1
#5  0x00007f299a342970 in (anonymous namespace)::loop (n=${pid}, s=0x1 "a) at b.c:1")
#6  0x0000000000000000 in ?? ()

`;
    const { read } = expectSame([1, 2, 3, 4, 5, 6, 7, 8].map(stack).join(""));
    expect(read.split("#6").length).toBeLessThan(5);
  });

  test("are told apart by the libraries of functions without names", () => {
    const stack = (library: string) => `=== pid 7 ===
#0  0x00007f29a2e54e74 in ?? () from /lib64/${library}
#1  0x00007f29a2e54e74 in ?? () from /lib64/${library}
#2  0x00007f29a2e54e74 in ?? () from /lib64/libz.so.1

`;
    expectSame(["libx.so.1", "liby.so.1", "libx.so.1", "liby.so.1"].map(stack).join(""));
  });

  test.each(sessions)("leave the groups of %s as they are", (path) => {
    const text = fixture(path);
    expectSame(`${fleet}${text.repeat(2)}${fleet}${text}`);
  });

  test("leave damaged text to the reader", () => {
    const lines = fleet.split("\n");
    const wrapped = lines.flatMap((line) => line.match(/.{1,70}(?: |$)|.+/g) ?? [""]).join("\n");
    expectSame(wrapped.repeat(4));
    expectSame(
      lines
        .map((line) => `> ${line}`)
        .join("\n")
        .repeat(4),
    );
    expectSame(fleet.replaceAll("\n", "\r\n").repeat(4));
    expectSame(fleet.replaceAll("\n#2", " #2").repeat(4));
    expectSame(fleet.replaceAll(" (", "&lt;int&gt; (").repeat(4));
  });

  test("are not looked for in a frame that stands before everything else of its process", () => {
    const [head, banner, ...rest] = fleet.slice(fleet.indexOf("=== pid 311")).split("\n");
    expect(banner).toMatch(/^GNU gdb/);
    const frame = "0x00002af1c3a1ce74 in __lll_lock_wait () from /lib64/libpthread.so.0";
    expectSame(fleet + [head, frame, ...rest].join("\n"));
  });

  const looks = [1, 2, 3, 4, 5, 6].map((i) => listing(1000 * i, ["wait", "take", "wait"])).join("");
  test.each([
    ["a fleet", fleet.repeat(2)],
    ["a process looked at again and again", looks],
  ])("leave the groups as they are whatever lines of %s are lost, doubled or cut", (_, whole) => {
    const lines = whole.split("\n");
    const place = fc.nat(lines.length - 1);
    const edit = fc.record({
      kind: fc.constantFrom("drop", "double", "replace", "cut"),
      at: place,
      to: place,
    });
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 12 }),
        fc.integer({ min: 300, max: 9000 }),
        (edits, part) => {
          const text = [...lines];
          for (const { kind, at, to } of edits) {
            if (kind === "drop") text.splice(at, 1 + (to % 3));
            if (kind === "double") text.splice(to, 0, text[at] ?? "");
            if (kind === "replace") text.splice(at, 1, text[to] ?? "");
            if (kind === "cut") text.splice(at, 1, (text[at] ?? "").slice(0, to % 90));
          }
          const damaged = text.join("\n");
          const { groups } = counted(damaged, 1, part);
          expect(inOrder(numbers(groups))).toEqual(inOrder(numbersOf(damaged)));
        },
      ),
      { numRuns: 60 },
    );
  });
});
