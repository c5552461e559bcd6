import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knownTexts } from "../../../server/src/find/abort/data";
import { abortReason } from "../../../server/src/find/abortReason";
import { log } from "../fixture";
import { badSpans, evidenceLines, found, picked } from "./findings";
import { kept } from "./sources";

const values = (text: string) => found(abortReason, text).map((finding) => finding.values);

const versions = readdirSync("test/fixtures/gdb").filter((name) => /^\d/.test(name));
const captures = (name: string) =>
  versions
    .map((version) => `gdb/${version}/${name}.txt`)
    .filter((path) =>
      readdirSync(`test/fixtures/${path.split("/").slice(0, 2).join("/")}`).includes(`${name}.txt`),
    );

describe("a captured session of a program that", () => {
  test.each(captures("assertfail"))("failed an assertion: %s", (path) => {
    expect(values(kept(path))).toMatchObject([
      {
        reason: "assertion",
        message: "q->used < q->limit",
        function: "queue_push",
        file: "src/assertfail.c",
        line: 7,
        culprit: "queue_push",
      },
    ]);
  });

  test.each(captures("dfree"))("freed memory twice: %s", (path) => {
    expect(values(kept(path))).toMatchObject([
      { reason: "double-free", function: "buffer_drop", file: "src/dfree.c", line: 5, count: 1 },
    ]);
  });

  test.each(captures("dfree-core"))("freed memory twice, told by its frames alone: %s", (path) => {
    expect(values(kept(path))).toMatchObject([
      { reason: "double-free", function: "buffer_drop", culprit: "buffer_drop" },
    ]);
  });

  test.each(captures("excpt"))("did not catch an exception: %s", (path) => {
    expect(values(kept(path))).toMatchObject([
      {
        reason: "uncaught-exception",
        exception: "std::out_of_range",
        what: "no such key: blue",
        function: "shop::Registry::fetch",
        file: "src/excpt.cpp",
        line: 16,
      },
    ]);
  });

  test("panicked", () => {
    expect(values(kept("gdb/13.1/rust.txt"))).toMatchObject([
      {
        reason: "panic",
        message: "index out of bounds: the len is 0 but the index is 0",
        file: "src/rustcrash.rs",
        line: 7,
      },
    ]);
  });

  test.each(["gdb/13.1/nullderef-run.txt", "gdb/13.1/go.txt", "gdb/6.8/apache-apc.txt"])(
    "did not end itself: %s",
    (path) => expect(values(kept(path))).toEqual([]),
  );
});

const names = ["reason", "message", "function", "file", "line", "exception", "what"] as const;
const said = (text: string) =>
  picked(found(abortReason, text), ...names).map((one) =>
    Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null)),
  );

describe("a message", () => {
  test.each(knownTexts.map(({ text, reason }) => [text, reason]))(
    "is known: %s",
    (text, reason) => {
      expect(said(`${text}\n`)).toEqual([{ reason, message: text }]);
    },
  );

  test.each([
    [
      "*** Error in `./app': munmap_chunk(): invalid pointer: 0x0000000000602010 ***",
      "heap-corruption",
    ],
    [
      "*** glibc detected *** ./app: double free or corruption (!prev): 0x0000000001b0a010 ***",
      "double-free",
    ],
    ["*** stack smashing detected ***: <unknown> terminated", "stack-smashing"],
    ["*** stack smashing detected ***: terminated", "stack-smashing"],
    ["*** buffer overflow detected ***: ./app terminated", "fortify"],
    ["malloc(): corrupted top size", "heap-corruption"],
    ['$1 = 0x7ffff7ffb010 "free(): invalid pointer"', "heap-corruption"],
    [
      '$2 = {size = 4096, msg = 0x7ffff7ffb004 "double free or corruption (out)\\n"}',
      "double-free",
    ],
    [
      "[Fri Nov 20 21:39:14.802121 2026] [cgi:error] [pid 71:tid 71] AH01215: free(): invalid size",
      "heap-corruption",
    ],
    ["Nov 20 21:39:14 web app[71]: corrupted size vs. prev_size", "heap-corruption"],
  ])("of the C library, as it is printed: %s", (line, reason) => {
    expect(said(`${line}\n`).map((one) => one.reason)).toEqual([reason]);
  });

  test.each([
    [
      "app: src/queue.c:7: queue_push: Assertion `q->used < q->limit' failed.",
      { message: "q->used < q->limit", function: "queue_push", file: "src/queue.c", line: 7 },
    ],
    [
      "/usr/include/c++/12/bits/stl_vector.h:1123: reference std::vector<int>::operator[](size_type) [with _Tp = int; size_type = long unsigned int]: Assertion '__n < this->size()' failed.",
      {
        message: "__n < this->size()",
        function:
          "reference std::vector<int>::operator[](size_type) [with _Tp = int; size_type = long unsigned int]",
        file: "/usr/include/c++/12/bits/stl_vector.h",
        line: 1123,
      },
    ],
    [
      "Fatal glibc error: malloc.c:2599 (sysmalloc): assertion failed: (old_top == initial_top (av) && old_size == 0)",
      {
        message: "old_top == initial_top (av) && old_size == 0",
        function: "sysmalloc",
        file: "malloc.c",
        line: 2599,
      },
    ],
    [
      "Assertion failed: q->used < q->limit (src/queue.c: queue_push: 7)",
      { message: "q->used < q->limit", function: "queue_push", file: "src/queue.c", line: 7 },
    ],
    [
      "Assertion failed: (q->used < q->limit), function queue_push, file src/queue.c, line 7.",
      { message: "q->used < q->limit", function: "queue_push", file: "src/queue.c", line: 7 },
    ],
    [
      'assertion "q->used < q->limit" failed: file "src/queue.c", line 7, function "queue_push"',
      { message: "q->used < q->limit", function: "queue_push", file: "src/queue.c", line: 7 },
    ],
    [
      '[Fri Nov 20 21:39:14.802121 2026] [core:crit] [pid 71:tid 71] AH00102: file core.c, line 77, assertion "r != NULL" failed',
      { message: "r != NULL", file: "core.c", line: 77 },
    ],
    [
      "ERROR:src/queue.c:7:queue_push: assertion failed: (q->used < q->limit)",
      { message: "q->used < q->limit", function: "queue_push", file: "src/queue.c", line: 7 },
    ],
    [
      'ASSERT: "used < limit" in file src/queue.cpp, line 7',
      { message: "used < limit", file: "src/queue.cpp", line: 7 },
    ],
  ])("of an assertion: %s", (line, expected) => {
    expect(said(`${line}\n`)).toEqual([{ reason: "assertion", ...expected }]);
  });

  test("of libstdc++ has its type and, on the next line, its text", () => {
    const text = log`
      terminate called after throwing an instance of 'std::runtime_error'
        what():  cannot open the socket
    `;
    expect(said(text)).toEqual([
      {
        reason: "uncaught-exception",
        message: "terminate called after throwing an instance of 'std::runtime_error'",
        exception: "std::runtime_error",
        what: "cannot open the socket",
      },
    ]);
    expect(evidenceLines(found(abortReason, text)[0])).toEqual([text.trimEnd()]);
  });

  test.each([
    [
      "libc++abi: terminating due to uncaught exception of type std::runtime_error: no such key",
      "uncaught-exception",
      "std::runtime_error",
    ],
    [
      "libc++abi.dylib: terminating with uncaught exception of type ns::Bad",
      "uncaught-exception",
      "ns::Bad",
    ],
    ["terminate called without an active exception", "terminate", undefined],
    ["terminate called recursively", "terminate", undefined],
    ["pure virtual method called", "pure-virtual", undefined],
  ])("of a C++ run-time: %s", (line, reason, exception) => {
    const [one] = said(`${line}\n`);
    expect([one?.reason, one?.exception]).toEqual([reason, exception]);
  });

  test.each([
    [
      "thread 'main' panicked at 'explicit panic', src/main.rs:2:5\n",
      { message: "explicit panic", file: "src/main.rs", line: 2 },
    ],
    [
      "thread 'main' panicked at src/main.rs:2:5:\nexplicit panic\nnote: run with `RUST_BACKTRACE=1`\n",
      { message: "explicit panic", file: "src/main.rs", line: 2 },
    ],
    [
      "thread '<unnamed>' (4711) panicked at src/pool.rs:20:9:\nno worker\n",
      { message: "no worker", file: "src/pool.rs", line: 20 },
    ],
    [
      "panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x49b602]\n\ngoroutine 1 [running]:\n",
      { message: "runtime error: invalid memory address or nil pointer dereference" },
    ],
  ])("of a panic: %s", (text, expected) => {
    expect(said(text)).toEqual([{ reason: "panic", ...expected }]);
  });

  test("of Go's run-time is told from a compiler's", () => {
    const go =
      "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n";
    expect(said(go)).toEqual([
      { reason: "fatal-error", message: "all goroutines are asleep - deadlock!" },
    ]);
    expect(said("main.c:1:10: fatal error: zlib.h: No such file or directory\n")).toEqual([]);
    expect(said("fatal error: zlib.h: No such file or directory\n")).toEqual([]);
  });

  test("of a sanitizer names the process", () => {
    const text =
      "==71==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x55 bp 0x7f sp 0x7f\n";
    expect(picked(found(abortReason, text), "reason", "pid")).toEqual([
      { reason: "sanitizer", pid: 71 },
    ]);
  });

  test("that wrapped in a quoted mail is read", () => {
    const text = log`
      > app: src/queue.c:7: queue_push: Assertion ${"`"}q->used < q->limit' failed.
      >
      > terminate called after throwing an instance of 'std::bad_alloc'
      >   what():  std::bad_alloc
    `;
    expect(said(text).map((one) => one.reason)).toEqual(["assertion", "uncaught-exception"]);
  });

  test.each([
    "We think that free(): invalid pointer means damage.",
    "the log says double free or corruption (top)",
    '        str = 0x7ffff7590778 "double free or corruption (fasttop)"',
    "It says that thread pools panicked at once",
  ])("is not seen in a sentence or a variable: %s", (line) => {
    expect(said(`${line}\n`)).toEqual([]);
  });
});

describe("the frames alone", () => {
  test("name the function whose frame was overwritten", () => {
    const text = log`
      Program received signal SIGABRT, Aborted.
      #0  0x00007f12d0a1e387 in raise () from /lib64/libc.so.6
      #1  0x00007f12d0a1fa78 in abort () from /lib64/libc.so.6
      #2  0x00007f12d0a60ed7 in __libc_message () from /lib64/libc.so.6
      #3  0x00007f12d0b01b87 in __fortify_fail () from /lib64/libc.so.6
      #4  0x00007f12d0b01b42 in __stack_chk_fail () from /lib64/libc.so.6
      #5  0x000055d0c0a4b1c3 in copy_name (src=0x7ffd "x") at name.c:9
      #6  0x4141414141414141 in ?? ()
    `;
    expect(said(text)).toEqual([
      { reason: "stack-smashing", function: "copy_name", file: "name.c", line: 9 },
    ]);
  });

  test("name the caller of a checked call", () => {
    const text = log`
      #0  0x00007f12d0a1e387 in raise () from /lib64/libc.so.6
      #1  0x00007f12d0a1fa78 in abort () from /lib64/libc.so.6
      #2  0x00007f12d0a60ed7 in __libc_message () from /lib64/libc.so.6
      #3  0x00007f12d0b01b87 in __fortify_fail () from /lib64/libc.so.6
      #4  0x00007f12d0b01b42 in __chk_fail () from /lib64/libc.so.6
      #5  0x00007f12d0b01999 in __strcpy_chk () from /lib64/libc.so.6
      #6  0x000055d0c0a4b1c3 in set_name (n=0x7ffd) at name.c:19
      #7  0x000055d0c0a4b200 in main () at name.c:30
    `;
    expect(said(text)).toEqual([
      { reason: "fortify", function: "set_name", file: "name.c", line: 19 },
    ]);
  });

  test("tell the type of what libstdc++ throws itself", () => {
    const text = log`
      #0  0x00007f12d0a1e387 in raise () from /lib64/libc.so.6
      #1  0x00007f12d0a1fa78 in abort () from /lib64/libc.so.6
      #2  0x00007f12d1360ed7 in __gnu_cxx::__verbose_terminate_handler() () from /lib64/libstdc++.so.6
      #3  0x00007f12d1361b87 in ?? () from /lib64/libstdc++.so.6
      #4  0x00007f12d1361b87 in std::terminate() () from /lib64/libstdc++.so.6
      #5  0x00007f12d1361b42 in __cxa_throw () from /lib64/libstdc++.so.6
      #6  0x00007f12d1361999 in std::__throw_out_of_range_fmt(char const*, ...) () from /lib64/libstdc++.so.6
      #7  0x000055d0c0a4b1c3 in lookup (n=12) at table.cpp:19
      #8  0x000055d0c0a4b200 in main () at table.cpp:30
    `;
    expect(said(text)).toEqual([
      {
        reason: "uncaught-exception",
        exception: "std::out_of_range",
        function: "lookup",
        file: "table.cpp",
        line: 19,
      },
    ]);
  });

  test("say nothing where an exception is only under way", () => {
    const text = log`
      #0  0x00007f12d0a1e387 in dl_iterate_phdr () from /lib64/libc.so.6
      #1  0x00007f12d1361b42 in _Unwind_RaiseException () from /lib64/libgcc_s.so.1
      #2  0x00007f12d1361b42 in __cxa_throw () from /lib64/libstdc++.so.6
      #3  0x000055d0c0a4b200 in main () at table.cpp:30
    `;
    expect(said(text)).toEqual([]);
  });

  test("belong to the message above the session", () => {
    const text = log`
      $ ./app
      free(): invalid pointer
      Aborted (core dumped)
      $ gdb ./app core
      (gdb) bt
      #0  0x00007f12d0a1e387 in raise () from /lib64/libc.so.6
      #1  0x00007f12d0a1fa78 in abort () from /lib64/libc.so.6
      #2  0x000055d0c0a4b200 in drop (p=0x1) at table.c:30
    `;
    expect(said(text)).toEqual([
      {
        reason: "heap-corruption",
        message: "free(): invalid pointer",
        function: "drop",
        file: "table.c",
        line: 30,
      },
    ]);
  });
});

test("equal aborts of many processes are one finding", () => {
  const session = (pid: number) => log`
    === pid ${String(pid)} ===
    #0  0x00007f12d0a1e387 in raise () from /lib64/libc.so.6
    #1  0x00007f12d0a1fa78 in abort () from /lib64/libc.so.6
    #2  0x000055d0c0a4b200 in drop (p=0x1) at table.c:30
  `;
  const findings = found(abortReason, session(7) + session(8), session(9));
  expect(picked(findings, "reason", "count", "pids", "function")).toEqual([
    { reason: "abort", count: 3, pids: [7, 8, 9], function: "drop" },
  ]);
});

test("evidence lies in the text, whatever the text", () => {
  const pieces = [
    ...knownTexts.slice(0, 12).map(({ text }) => text),
    "terminate called after throwing an instance of 'a::b'",
    "  what():  x",
    "thread 'main' panicked at ",
    "src/main.rs:2:5:",
    "Assertion `x' failed.",
    "Assertion failed: (x), function f, file a.c, line 7.",
    'assertion "x" failed',
    "panic: y\n\ngoroutine 1 [running]:",
    '$1 = 0x7f "',
    "#1  0x7f in abort () from /lib/libc.so.6",
    '#2  0x7f in f (s=0x1 "x") at a.c:1',
    "(gdb) bt",
    "> ",
    "\r\n",
    "\n",
    '"',
    ": ",
  ];
  const texts = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 8 })), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(texts, (parts) => {
      expect(badSpans(found(abortReason, parts.join("")))).toEqual([]);
    }),
  );
});

describe("the data", () => {
  const folder = "knowledge/aborts";
  const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
  const validate = new Ajv({ allErrors: true }).compile(
    json("knowledge/schema/aborts.schema.json"),
  );

  test.each(readdirSync(folder))("%s keeps to the schema", (file) => {
    validate(json(`${folder}/${file}`));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("has no text and no function twice", () => {
    const texts = knownTexts.map(({ text }) => text);
    const functions = json(`${folder}/functions.json`).functions.flatMap(
      (entry: { names: string[] }) => entry.names,
    );
    for (const list of [texts, functions]) expect(new Set(list).size).toBe(list.length);
  });
});
