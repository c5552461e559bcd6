import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PortionReader } from "../../../server/src/cli/portionReader";
import { type Portion, portionsOf } from "../../../server/src/cli/portions";
import type { ReportedBlock } from "../../../server/src/cli/work";
import { splitLines } from "../../../server/src/read/lines";
import { bundleCli } from "./bundle";

const MEGABYTE = 1 << 20;

const fixture = (file: string): string => readFileSync(file, "utf8");
const fleet = fixture("examples/backtraces.save");
const apache = fixture("test/fixtures/apache/event-2.4.71.error.log");
const kernel = fixture("test/fixtures/kernel/dmesg-oom-memcg.txt");

const long = (text: string, length = 5 * MEGABYTE): string =>
  text.repeat(Math.ceil(length / text.length));

/** Each line behind something, for as many characters as asked for. */
const prefixed = (prefix: string, text: string): string => long(text.replace(/^/gm, () => prefix));

/** A process that is longer than a portion, so that nobody who begins in it finds out where it began. */
const largeProcess = `=== pid 4711 ===\n${Array.from(
  { length: 24_000 },
  (_, i) => `Thread ${24_000 - i} (Thread 0x7f0000 (LWP ${5000 + i})):
#0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
#1  0x0000000000401136 in main (n=${i}) at main.c:12

`,
).join("")}\n`;

const TEXTS: Readonly<Record<string, string>> = {
  "a fleet": long(fleet),
  "Apache's log": long(apache),
  "a log in UTF-8, one letter of which lies across the end of each chunk": long(
    `${"[Fri Nov 20 21:37:43 2026] [core:error] [pid 7] ü€😀 \u{feff}".padEnd(99, "é")}\n`,
  ),
  "a quoted fleet with carriage returns": prefixed("> ", fleet).replaceAll("\n", "\r\n"),
  "the kernel's messages in syslog": prefixed("Nov 20 21:37:44 web1 kernel: ", kernel),
  "a fleet with a very large process":
    long(fleet, 2 * MEGABYTE) + largeProcess + long(fleet, 3 * MEGABYTE),
  "a fleet, cut off, and a log":
    long(fleet, 3 * MEGABYTE).slice(0, -700) + long(apache, 4 * MEGABYTE),
  "a CSV export": `time,message\n${long(`1,"#0  0x41 in f (s=""a\nb"")"\n`)}`,
  "a single line": "x".repeat(5 * MEGABYTE),
};

/** A byte that is no UTF-8 here and there. */
function bytesOf(name: string, text: string): Buffer {
  const bytes = Buffer.from(text);
  if (name === "Apache's log") for (let at = 0; at < bytes.length; at += 300_007) bytes[at] = 0xff;
  return bytes;
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += MEGABYTE) yield bytes.subarray(at, at + MEGABYTE);
}

async function cut(bytes: Uint8Array): Promise<Portion[]> {
  const portions: Portion[] = [];
  for await (const portion of portionsOf(chunksOf(bytes))) portions.push(portion);
  return portions;
}

const withoutRunUp = ({ bytes, runUp }: Portion): Uint8Array => bytes.subarray(runUp);

describe("portions", () => {
  test.each(Object.entries(TEXTS))("of %s are the text", async (name, text) => {
    const bytes = bytesOf(name, text);
    const portions = await cut(bytes);
    expect(portions.length).toBeGreaterThan(2);
    expect(Buffer.concat(portions.map(withoutRunUp)).equals(bytes)).toBe(true);
    expect(portions.map(({ isLast }) => isLast)).toEqual(
      portions.map((_, i) => i === portions.length - 1),
    );
  });

  test("know the line they begin with, whatever ends lines", async () => {
    const part = fc.constantFrom("\n", "\r", "\r\n", "x", "y".repeat(70_000));
    const text = fc.array(part, { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, async (parts) => {
        const bytes = Buffer.from(long(parts.join(""), 5 * MEGABYTE));
        const whole = bytes.toString("latin1");
        let before = 0;
        for (const portion of await cut(bytes)) {
          const start = before - portion.runUp;
          before += withoutRunUp(portion).length;
          if (portion.runUp <= 1) continue;
          expect(bytes[start - 1]).toBe(10);
          expect(portion.line).toBe(splitLines(whole.slice(0, start)).count);
        }
      }),
      { numRuns: 15 },
    );
  });
});

const task = { command: "report", path: "a.txt", depth: 1 } as const;

/** What a block says, to be compared. */
const said = (blocks: Iterable<ReportedBlock>): string =>
  [...blocks]
    .map(({ said, ...block }) => {
      const lines = Buffer.concat(said?.lines ?? []).toString("utf8");
      return JSON.stringify({ ...block, said: { ...said, lines } });
    })
    .join("\n");

describe("whoever has read the run-up of a portion, and has come to the same place as the one before", () => {
  const NEVER = new Set(["a CSV export", "a single line"]);

  test.each(Object.entries(TEXTS))("says the same of %s", async (name, text) => {
    const all = PortionReader.fromStart(task);
    let alike = 0;
    for (const [i, portion] of (await cut(bytesOf(name, text))).entries()) {
      const other = i === 0 ? null : all.startAt(portion);
      const isAlike = other?.state === all.state;
      const expected = said(all.read(portion, true));
      if (!other || !isAlike) continue;
      alike++;
      expect(said(other.read(portion, true)) === expected).toBe(true);
      expect(other.state).toBe(all.state);
    }
    expect(alike > 0).toBe(!NEVER.has(name));
  });
});

describe("a report by several threads", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));
  const cli = path.join(folder, "cli.js");

  beforeAll(() => bundleCli(cli));
  afterAll(() => rmSync(folder, { recursive: true }));

  const report = (file: string, input?: Uint8Array): string =>
    spawnSync(process.execPath, [cli, "report", file, "--format", "ndjson"], {
      encoding: "utf8",
      maxBuffer: 1 << 30,
      input,
    }).stdout;

  // Standard input is read by one thread.
  test.each(Object.entries(TEXTS))("of %s is that by one", (name, text) => {
    const bytes = bytesOf(name, text);
    const file = path.join(folder, "text");
    writeFileSync(file, bytes);
    const alone = report("-", bytes).replace(
      /"(path|source)":"-"/g,
      `"$1":${JSON.stringify(file)}`,
    );
    expect(report(file) === alone).toBe(true);
  });
});
