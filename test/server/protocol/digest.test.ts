import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import { LSPErrorCodes, type Position, type Range } from "vscode-languageserver";
import { read } from "../../../server/src/read/read";
import { bundleServer } from "./bundle";
import { Editor } from "./editor";

interface LinkedPart extends Range {
  readonly at: Position;
}

interface LinkedText {
  readonly text: string;
  readonly links: readonly {
    readonly range: Range;
    readonly target: { readonly kind: string; readonly part: LinkedPart; readonly note: string };
  }[];
}

interface Digest extends LinkedText {
  readonly stamp: object;
}

const fixture = (name: string): string => readFileSync(`test/fixtures/${name}`, "utf8");

const LOG = fixture("apache/event-2.4.71.error.log");
const CORE = fixture("gdb/13.1/mt-core.txt");
const ONCE = `${readFileSync("examples/backtraces.save", "utf8")}\n${LOG}\n`;

const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));

function kept(name: string, text: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return pathToFileURL(file).toString();
}

let server: { file: string; remove: () => void };
let editor: Editor;

beforeAll(async () => {
  server = await bundleServer();
  editor = new Editor(server.file);
  await editor.start();
});
afterAll(async () => {
  await editor.stop();
  server.remove();
  rmSync(folder, { recursive: true });
});

const digest = (uri: string): Promise<Digest> => editor.request("backtraceReader/digest", { uri });

const part = (uri: string, stamp: object, { start, end }: Range) =>
  editor.request<{ text: string; problem: string }>("backtraceReader/part", {
    uri,
    stamp,
    start,
    end,
  });

/** A thread of `CORE`, whose pid the text does not say. */
const CORE_THREAD = /^thread 1 of line \d+$/;

/** The part that the last link on these words leads to. */
function partOf({ text, links }: LinkedText, words: RegExp): LinkedPart {
  const lines = text.split("\n");
  const found = links.findLast(({ range: { start, end }, target }) => {
    const said = lines[start.line]?.slice(start.character, end.character);
    return target.kind === "part" && words.test(said ?? "");
  });
  if (!found) throw new Error(`nothing leads on from ${words}`);
  return found.target.part;
}

describe("a file that is too large for the editor", () => {
  const uri = kept("large.txt", ONCE.repeat(Math.ceil((60 << 20) / ONCE.length)) + CORE);
  let made: Digest;

  test("gets a digest, while the server answers others and tells how far it is", async () => {
    const percents: number[] = [];
    editor.onProgress("reading", ({ percentage }) => {
      if (percentage !== undefined) percents.push(percentage);
    });
    await editor.open(CORE);
    let isMade = false;
    const making = editor
      .request<Digest>("backtraceReader/digest", { uri, workDoneToken: "reading" })
      .finally(() => {
        isMade = true;
      });
    await editor.ask("documentSymbol");
    expect(isMade).toBe(false);
    made = await making;
    expect(made.text).toMatch(/^# Digest of large\.txt\n\n6\d\.\d MB, \d+ lines/);
    expect(percents).toEqual([...percents].sort((one, other) => one - other));
    expect(percents.length).toBeGreaterThan(20);
  });

  test("gives the parts that its digest leads to", async () => {
    const group = partOf(made, CORE_THREAD);
    const { text } = await part(uri, made.stamp, group);
    expect(read(text).processes.map(({ pid }) => pid)).toEqual(
      read(CORE).processes.map(({ pid }) => pid),
    );
  });

  test("gives any process, and any line", async () => {
    const found = await editor.request<{ label: string; part: LinkedPart }[]>(
      "backtraceReader/digestParts",
      { uri, text: "312" },
    );
    expect([found[0]?.label, found.at(-1)?.label]).toEqual(["pid 312", "Line 312"]);
    const { text } = await part(uri, made.stamp, found[0]!.part);
    expect(read(text).processes[0]?.pid).toBe(312);
  });

  test("has commands to type next in a part, by what the part says", async () => {
    const { text } = await part(uri, made.stamp, partOf(made, CORE_THREAD));
    const shown = "backtrace-part:/large.txt%201-300.backtrace?1";
    await editor.open(text, shown);
    const position = {
      line: text.slice(0, text.indexOf("#0")).split("\n").length - 1,
      character: 0,
    };
    const next = await editor.request<{ commands: { run: string; because: string }[] }>(
      "backtraceReader/next",
      { uri: shown, position },
    );
    expect(next.commands.length).toBeGreaterThan(0);
    expect(next.commands.map(({ because }) => because).join()).toContain("SIGSEGV");
  });

  test("gives its hypotheses as documents of their own", async () => {
    const note = made.links.find(({ target }) => target.kind === "case")?.target.note;
    const found = await editor.request<LinkedText>("backtraceReader/digestCase", { uri, note });
    expect(found.text).toContain("## What speaks for it");
    const first = found.links.find(({ target }) => target.kind === "part");
    expect((await part(uri, made.stamp, first!.target.part)).text).not.toBe("");
  });

  test("can be taken back at any time", async () => {
    const source = new CancellationTokenSource();
    const answer = editor.request("backtraceReader/digest", { uri }, source.token);
    setTimeout(() => source.cancel(), 300);
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    // What was known stays known.
    expect(await part(uri, made.stamp, partOf(made, CORE_THREAD))).toHaveProperty("text");
  });
});

describe("a file that changes", () => {
  const first = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
  const CHANGED = /^The file has changed since its digest was made/;

  test("behind its end is the same in front of it", async () => {
    const uri = kept("grows.log", LOG);
    const { stamp } = await digest(uri);
    appendFileSync(path.join(folder, "grows.log"), LOG);
    expect((await part(uri, stamp, first)).text).toBe(`${LOG.split("\n", 4).join("\n")}\n`);
    // Nobody remembers how it was.
    const other = new Editor(server.file);
    await other.start();
    const { problem } = await other.request<{ problem: string }>("backtraceReader/part", {
      uri,
      stamp,
      ...first,
    });
    expect(problem).toMatch(CHANGED);
    await other.stop();
  });

  test("in any other way shows nothing of an old place", async () => {
    const uri = kept("changes.log", LOG);
    const { stamp } = await digest(uri);
    writeFileSync(path.join(folder, "changes.log"), LOG.replaceAll("pid", "PID"));
    expect((await part(uri, stamp, first)).problem).toMatch(CHANGED);
    writeFileSync(path.join(folder, "changes.log"), LOG);
    truncateSync(path.join(folder, "changes.log"), 100);
    expect((await part(uri, stamp, first)).problem).toMatch(CHANGED);
    unlinkSync(path.join(folder, "changes.log"));
    expect((await part(uri, stamp, first)).problem).toMatch(/changes\.log: no such file$/);
    expect(await digest(uri)).toEqual({
      problem: expect.stringMatching(/^cannot read .*changes\.log: no such file$/),
    });
  });

  test("and one that holds no text is told in words", async () => {
    const uri = kept("core", Buffer.concat([Buffer.from("\x7fELF"), Buffer.alloc(5000)]));
    expect(await digest(uri)).toEqual({ problem: expect.stringContaining("open it in gdb") });
    const below = pathToFileURL(folder).toString();
    expect(await digest(below)).toEqual({ problem: expect.stringContaining("it is no file") });
  });
});

describe("a packed file", () => {
  test("has places in what was unpacked", async () => {
    const text = `${LOG.repeat(Math.ceil((2 << 20) / LOG.length))}\n${CORE}`;
    const uri = kept("packed.log.gz", gzipSync(text));
    const made = await digest(uri);
    const { text: core } = await part(uri, made.stamp, partOf(made, CORE_THREAD));
    expect(read(core).processes).toHaveLength(read(CORE).processes.length);
    expect(core.trim()).toBe(CORE.trim());
  });
});

describe("a file that only the editor can read", () => {
  const PIECE = 100_000;
  const uri = "vscode-vfs://github/a/error_log";
  const bytes = Buffer.from(ONCE.repeat(10));

  test("is asked for piece by piece, as bytes of UTF-8", async () => {
    const asked: number[] = [];
    editor.answer("backtraceReader/fileStamp", () => ({ size: bytes.length, time: 1 }));
    editor.answer("backtraceReader/fileText", ({ byte }: { byte: number }) => {
      asked.push(byte);
      const end = Math.min(bytes.length, byte + PIECE);
      const next = end < bytes.length ? end : null;
      return {
        text: bytes.subarray(byte, end).toString("latin1"),
        next,
        share: end / bytes.length,
      };
    });
    const made = await digest(uri);
    expect(made.text).toMatch(/^# Digest of error_log\n/);
    expect(asked.slice(0, 3)).toEqual([0, PIECE, 2 * PIECE]);
    const { text } = await part(uri, made.stamp, partOf(made, /^pid 312$/));
    expect(read(text).processes[0]?.pid).toBe(312);
  });

  test("is not asked for any more when the digest is taken back", async () => {
    const source = new CancellationTokenSource();
    let asked = 0;
    editor.answer("backtraceReader/fileText", ({ byte }: { byte: number }) => {
      if (++asked === 20) source.cancel();
      return { text: ONCE, next: byte + ONCE.length, share: 0 };
    });
    const answer = editor.request("backtraceReader/digest", { uri }, source.token);
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    const then = asked;
    await editor.ask("documentSymbol");
    expect(asked).toBe(then);
  });

  test("may be refused", async () => {
    editor.answer("backtraceReader/fileStamp", () => ({ problem: "Open its digest first." }));
    expect(await digest(uri)).toEqual({ problem: "Open its digest first." });
  });
});
