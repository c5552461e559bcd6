import { describe, expect, test } from "vitest";
import { findAll } from "../../../server/src/find/find";
import type { Condition } from "../../../server/src/match/condition";
import { match } from "../../../server/src/match/match";
import { read } from "../../../server/src/read/read";

const STACK = `Program terminated with signal SIGSEGV, Segmentation fault.
#0  0x00007f1c8a3305b0 in __memcpy_avx_unaligned_erms () from /lib/libc.so.6
#1  0x00007f1c8a0f2c10 in ?? () from /lib/libz.so.1
#2  0x00007f1c8a0f4b21 in deflate () from /lib/libz.so.1
#3  0x000055d1c61a3b12 in flush (ctx=0x55d1c8f03a40, lock=0x7f2981ef6088) at src/compression.c:790
#4  0x000055d1c61a2c01 in buffer_end (s=0x55d1c8f00b20) at src/compression.c:249
#5  0x000055d1c6110a2e in main (argc=6, argv=0x7ffd5ad10c58) at src/haproxy.c:1933
`;

const hits = (condition: Condition, ...texts: string[]) => {
  const sources = texts.map((text, i) => ({ path: `text ${i}`, reading: read(text) }));
  return match(condition, { sources, findings: findAll(sources) });
};
const holds = (condition: Condition, ...texts: string[]) => hits(condition, ...texts).length > 0;

describe("frames", () => {
  test("match in order, with others between them", () => {
    expect(holds({ frames: ["memcpy", "deflate", "main"] }, STACK)).toBe(true);
    expect(holds({ frames: ["deflate", "memcpy"] }, STACK)).toBe(false);
  });

  test("match under the library's own names and by pattern", () => {
    expect(holds({ frames: ["__memcpy_avx*|strlen"] }, STACK)).toBe(true);
    expect(holds({ frames: ["??"] }, STACK)).toBe(true);
  });

  test.each<[string, Condition, boolean]>([
    ["in an object", { frames: [{ function: "deflate", library: "libz.so*" }] }, true],
    ["in another object", { frames: [{ function: "deflate", library: "libssl*" }] }, false],
    ["at a line", { frames: [{ file: "compression.c", line: [249, 790] }] }, true],
    ["at another line", { frames: [{ file: "compression.c", line: 1 }] }, false],
    ["among the innermost", { frames: [{ function: "deflate", within: 3 }] }, true],
    ["not among them", { frames: [{ function: "deflate", within: 2 }] }, false],
    ["one after the other", { frames: ["deflate", { function: "flush", next: true }] }, true],
    ["with a gap", { frames: ["deflate", { function: "buffer_end", next: true }] }, false],
    ["at fault", { frames: [{ function: "flush", culprit: true }] }, true],
    ["not at fault", { frames: [{ function: "buffer_end", culprit: true }] }, false],
    ["without the argument", { frames: [{ function: "flush", arguments: { a: "b" } }] }, false],
  ])("match %s", (_, condition, expected) => {
    expect(holds(condition, STACK)).toBe(expected);
  });

  test("bind an argument and the frame that commands speak of", () => {
    const [hit] = hits(
      { frames: [{ function: "flush", here: true, arguments: { lock: "lock|mutex" } }, "main"] },
      STACK,
    );
    expect(hit?.values).toMatchObject({ lock: "0x7f2981ef6088", frame: 3, function: "flush" });
  });

  test("look again for the first of adjacent ones where it stands twice", () => {
    const twice = `#0  a () at x.c:1\n#1  b () at x.c:2\n#2  a () at x.c:3\n#3  c () at x.c:4\n`;
    expect(holds({ frames: ["a", { function: "c", next: true }] }, twice)).toBe(true);
  });
});

const LOG = `[Sat Jan 01 06:25:03 2022] [notice] [pid 2101] AH00171: Graceful restart requested, doing restart
[Sat Jan 01 06:25:04 2022] [notice] [pid 2101] AH00052: child pid 4711 exit signal Segmentation fault (11)
[Sat Jan 01 09:00:00 2022] [notice] [pid 2101] AH00052: child pid 4712 exit signal Segmentation fault (11)
`;
const KERNEL = `[12345.678901] httpd[4711]: segfault at 8 ip 00007f1c8a3305b0 sp 00007ffd5ad10c58 error 4 in libphp5.so[7f1c8a300000+400000]
`;

describe("log entries", () => {
  test("match by code, kind and fields, and bind them", () => {
    const [hit] = hits(
      { log: { code: "AH00052", message: "exit signal (?<name>[A-Z]\\w+)" } },
      LOG,
    );
    expect(hit?.values).toMatchObject({ name: "Segmentation", code: "AH00052", pid: 4711 });
  });

  test("are counted", () => {
    expect(holds({ log: { code: "AH00052", count: ">= 2" } }, LOG)).toBe(true);
    expect(holds({ log: { code: "AH00052", count: ">= 3" } }, LOG)).toBe(false);
  });
});

describe("lines", () => {
  test("match outside of frames only", () => {
    expect(holds({ line: "compression.c" }, STACK)).toBe(false);
    expect(holds({ line: "terminated with signal (?<signal>SIG\\w+)" }, STACK)).toBe(true);
  });

  test("match without a plain text to look for", () => {
    expect(holds({ line: "(?i)SEGMENTATION" }, STACK)).toBe(true);
  });
});

describe("combinations", () => {
  const died: Condition = { log: { code: "AH00052" } };
  const faulted: Condition = { log: { format: "kernel", kind: "segfault" } };

  test("join texts by the process that both tell of", () => {
    expect(hits({ all: [died, faulted], same: "process" }, LOG, KERNEL)).toHaveLength(1);
    expect(hits({ all: [died, faulted], same: "source" }, LOG, KERNEL)).toHaveLength(0);
  });

  test("join entries that are close in time", () => {
    const restarted: Condition = { log: { kind: "graceful-restart" } };
    expect(holds({ all: [restarted, died], within: "1 minute" }, LOG)).toBe(true);
    const [, , late = ""] = LOG.split("\n");
    const [first = ""] = LOG.split("\n");
    expect(holds({ all: [restarted, died], within: "1 minute" }, `${first}\n${late}\n`)).toBe(
      false,
    );
  });

  test("none holds without evidence of its own", () => {
    const [hit] = hits({ all: [died, { none: [faulted] }] }, LOG);
    expect(hit?.parts.map(({ leaf }) => leaf)).toEqual([died, died]);
    expect(holds({ all: [died, { none: [faulted] }] }, LOG, KERNEL)).toBe(false);
  });

  test("at least so many of several", () => {
    const of: Condition[] = [died, faulted, { line: "never said" }];
    expect(holds({ atLeast: 2, of }, LOG, KERNEL)).toBe(true);
    expect(holds({ atLeast: 3, of }, LOG, KERNEL)).toBe(false);
  });
});
