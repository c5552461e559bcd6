import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, Blocks, type Sizes } from "../../../server/src/read/blocks";
import { JoinedSections } from "../../../server/src/read/joinedSections";
import { read } from "../../../server/src/read/read";
import type { Source } from "../../../server/src/show/report";
import { ranges, reportItems, toSource } from "../../../server/src/show/toSource";

const fixture = (path: string): string => readFileSync(path, "utf8");
const lines = (text: string): string[] => text.trimEnd().split("\n");

const fleet = fixture("examples/backtraces.save");
const apache = fixture("test/fixtures/apache/event-2.4.71.error.log");
const lighttpd = fixture("test/fixtures/lighttpd/error-1.4.69-debian12.log");
const core = fixture("test/fixtures/gdb/13.1/mt-core.txt");
const kernel = fixture("test/fixtures/kernel/dmesg-oom-memcg.txt");
/** So often that blocks of it can be smaller than it. */
const many = (text: string): string => text.repeat(Math.ceil(800_000 / text.length));

const prose = "Dear all,\n\nthis is what the second server said.\n\n";

const DOCUMENTS: Readonly<Record<string, string>> = {
  "a fleet's backtraces": many(fleet),
  "cores with blank lines between": many(`${core}\n\n`),
  "Apache's error log": many(apache),
  "lighttpd's error log": many(lighttpd),
  "the kernel's messages": many(kernel),
  "the kernel's messages in syslog": lines(many(kernel))
    .map((line) => `Nov 20 21:37:44 web1 kernel: ${line}\n`)
    .join(""),
  "a ticket with all kinds": many(
    [fleet, prose, apache, core, kernel, fleet, lighttpd, prose, fleet].join("\n"),
  ),
  "a quoted fleet": lines(many(fleet))
    .map((line) => `> ${line}\n`)
    .join(""),
  "a fleet with carriage returns": many(fleet).replaceAll("\n", "\r\n"),
  "JSON lines of a shipper": lines(many(apache))
    .map((log) => `${JSON.stringify({ log: `${log}\n`, stream: "stderr" })}\n`)
    .join(""),
  "a CSV export": `time,message\n${lines(many(apache))
    .map((line) => `1,"${line.replaceAll('"', '""')}"\n`)
    .join("")}`,
};

const USUAL: Sizes = { usual: 1 << 16, largest: 1 << 24 };

function blocksOf(text: string, sizes: Sizes, chunk: number): Block[] {
  const reader = new Blocks(sizes);
  const blocks: Block[] = [];
  for (let at = 0; at < text.length; at += chunk)
    blocks.push(...reader.add(text.slice(at, at + chunk)));
  return [...blocks, reader.finish()];
}

type Lists = Record<keyof Omit<Source, "path">, object[]>;

/** All that the blocks say, as the report of the whole would say it. */
function joined(blocks: readonly Block[]): Lists {
  const lists: Lists = { sections: [], processes: [], records: [], tables: [], problems: [] };
  const names = { process: "processes", record: "records", table: "tables" } as const;
  const sections = new JoinedSections();
  for (const { at, reading, sections: found } of blocks) {
    lists.sections.push(...sections.add(found));
    for (const { type, item } of reportItems(reading, ranges(reading, at))) {
      if (type === "problem") lists.problems.push(item);
      else if (type !== "section") lists[names[type]].push(item);
    }
  }
  lists.sections.push(...sections.finish());
  return { ...lists, problems: inOrder(lists.problems) };
}

/** Where times go back, only the whole can tell. */
const inOrder = (problems: readonly object[]): object[] =>
  problems.filter((problem) => "code" in problem && problem.code !== "out-of-order");

function whole(text: string): Lists {
  const { path: _, problems, ...lists } = toSource("-", read(text));
  return { ...(lists as unknown as Lists), problems: inOrder(problems) };
}

describe.each(Object.entries(DOCUMENTS))("%s", (_, text) => {
  const expected = whole(text);

  test("in blocks, the text says what it says as a whole", () => {
    const sizes = fc.integer({ min: 40_000, max: 150_000 });
    const chunks = fc.integer({ min: 1000, max: 200_000 });
    fc.assert(
      fc.property(sizes, chunks, (usual, chunk) => {
        const blocks = blocksOf(text, { usual, largest: 1 << 24 }, chunk);
        const said = joined(blocks);
        for (const [name, list] of Object.entries(expected))
          expect(JSON.stringify(said[name as keyof Lists])).toBe(JSON.stringify(list));
      }),
      { numRuns: 3 },
    );
  });

  test("is indeed cut", () => {
    expect(blocksOf(text, USUAL, 5000).length).toBeGreaterThan(2);
  });

  test("is all there", () => {
    const blocks = blocksOf(text, USUAL, 5000);
    const skipped = text.startsWith("time,") ? text.indexOf("\n") + 1 : 0;
    const texts = blocks.map(({ reading }, i) => reading.text.slice(i > 0 ? skipped : 0));
    expect(texts.join("") === text).toBe(true);
  });
});

describe("a text in which nothing ends", () => {
  const SMALL: Sizes = { usual: 1 << 12, largest: 1 << 14 };
  const places = (blocks: readonly Block[]) => blocks.map(({ at }) => at);
  const codes = ({ reading }: Block) => reading.problems.map(({ code }) => code);

  test("is cut at the end of a line, which is told", () => {
    const frames = Array.from({ length: 1000 }, (_, i) => `#${i}  0x0000${i} in walk (n=${i})\n`);
    const blocks = blocksOf(frames.join(""), SMALL, 1000);
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks.slice(0, -1)) {
      expect(block.reading.text.endsWith("\n")).toBe(true);
      expect(codes(block)).toContain("read-apart");
    }
    const last = blocks[blocks.length - 1] as Block;
    expect(codes(last)).not.toContain("read-apart");
    const { length } = last.reading.text.trimEnd().split("\n");
    expect(last.at).toEqual({ line: 1000 - length, character: 0 });
  });

  test("is cut in front of a thread where it has threads", () => {
    const thread = (i: number) => `Thread ${i} (Thread 0x7f00 (LWP ${7000 + i})):
#0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
#1  0x00007f2999999999 in main () at main.c:12

`;
    const threads = Array.from({ length: 500 }, (_, i) => thread(500 - i)).join("");
    const blocks = blocksOf(`(gdb) thread apply all bt\n\n${threads}`, SMALL, 1000);
    expect(blocks.length).toBeGreaterThan(2);
    for (const block of blocks.slice(1)) expect(block.reading.text).toMatch(/^Thread \d+ \(/);
    const read = blocks.flatMap(({ reading }) => reading.processes.flatMap((each) => each.threads));
    expect(read.map(({ number }) => number)).toEqual(
      Array.from({ length: 500 }, (_, i) => 500 - i),
    );
    for (const { frames } of read) expect(frames).toHaveLength(2);
  });

  test("is cut in the line where it has no other, and places go on in it", () => {
    const blocks = blocksOf(`one\n${"x".repeat(40_000)}`, SMALL, 100);
    expect(places(blocks)).toEqual([
      { line: 0, character: 0 },
      { line: 1, character: 0 },
      { line: 1, character: expect.any(Number) },
      { line: 1, character: expect.any(Number) },
    ]);
    const [, second, third] = blocks as [Block, Block, Block];
    expect(third.at.character).toBe(second.reading.text.length);
  });
});

test("a text without anything is one block", () => {
  expect(blocksOf("", USUAL, 1)).toMatchObject([
    { reading: { text: "" }, sections: { sections: [] } },
  ]);
});
