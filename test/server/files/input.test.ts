import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import * as zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decoded } from "../../../server/src/files/decode";
import { type Limits, unpacked } from "../../../server/src/files/decompress";
import { inputParts } from "../../../server/src/files/input";
import { bundleCli } from "../cli/bundle";

const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));
afterAll(() => rmSync(folder, { recursive: true }));

const STACK = "#0  0x41 in main () at a.c:7\n";

async function read(file: string): Promise<string> {
  const parts: string[] = [];
  for await (const part of inputParts(file, () => {})) parts.push(part);
  return parts.join("");
}

function kept(name: string, bytes: Uint8Array | string): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

const all = async <T>(parts: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const part of parts) found.push(part);
  return found;
};

const unpack = async (bytes: readonly Buffer[], limits?: Limits): Promise<string> =>
  Buffer.concat(await all(unpacked(Readable.from(bytes), () => {}, limits))).toString();

const decode = async (bytes: Buffer): Promise<string> =>
  (await all(decoded(Readable.from([bytes])))).join("");

/** `text` as zstd has it, in one block that is not compressed: what any version of zstd reads. */
function asZstd(text: string): Buffer {
  const body = Buffer.from(text);
  const block = Buffer.alloc(3);
  block.writeUIntLE((body.length << 3) | 1, 0, 3);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, body.length]), block, body]);
}

describe("compressed input", () => {
  test("is known by its first bytes, whatever its name", async () => {
    expect(await read(kept("error_log.1", zlib.gzipSync(STACK)))).toBe(STACK);
    expect(await read(kept("plain.gz", STACK))).toBe(STACK);
  });

  test("may be in several parts, as rotated logs are put together", async () => {
    const parts = [zlib.gzipSync("one\n"), zlib.gzipSync("two\n")];
    expect(await read(kept("parts.gz", Buffer.concat(parts)))).toBe("one\ntwo\n");
  });

  test("may come byte by byte", async () => {
    const bytes = [...zlib.gzipSync(STACK)].map((byte) => Buffer.from([byte]));
    expect(await unpack(bytes)).toBe(STACK);
  });

  test("by zstd is read where Node can, and else it says what to do", async () => {
    const file = kept("log.zst", asZstd(STACK));
    const found = await read(file).catch((error: Error) => error.message);
    const hint = `cannot read ${file}: it is compressed by zstd, which Node ${process.versions.node} cannot unpack: "zstd -dc FILE | backtrace-reader report -" does it`;
    expect(found).toBe("createZstdDecompress" in zlib ? STACK : hint);
  });

  test("that is cut off or damaged is refused", async () => {
    const whole = zlib.gzipSync(STACK.repeat(50));
    await expect(read(kept("cut.gz", whole.subarray(0, 40)))).rejects.toThrow("data are cut off");
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 12, 30);
    await expect(read(kept("damaged.gz", damaged))).rejects.toThrow("data are damaged");
    await expect(read(kept("twice.gz", zlib.gzipSync(whole)))).rejects.toThrow("compressed twice");
  });
});

describe("a zip bomb", () => {
  const bomb = zlib.gzipSync(Buffer.alloc(3 << 20));

  test("is unpacked no further than to the growth that is allowed", async () => {
    const limits = { most: 1 << 30, harmless: 1 << 20, growth: 100 };
    await expect(unpack([bomb], limits)).rejects.toThrow(
      "its compressed data grow to more than 1 MB, far more than a log's",
    );
  });

  test("is unpacked no further than to the size that is allowed", async () => {
    const limits = { most: 2 << 20, harmless: 1 << 30, growth: 1e6 };
    await expect(unpack([bomb], limits)).rejects.toThrow(
      "its compressed data grow to more than 2 MB: split it",
    );
  });

  test("of 200 MB does not fill the memory of the command line", { timeout: 60_000 }, async () => {
    const parts = Array.from({ length: 4 }, () => Buffer.alloc(50 << 20));
    const file = kept("bomb.gz", zlib.gzipSync(Buffer.concat(parts)));
    await expect(read(file)).rejects.toThrow(/grow to more than \d+ MB/);
  });
});

describe("encodings", () => {
  test.each([
    ["UTF-8 with its mark", Buffer.from(`\ufeff${STACK}`)],
    ["UTF-16 with its mark", Buffer.from(`\ufeff${STACK}`, "utf16le")],
    ["UTF-16 without its mark", Buffer.from(STACK, "utf16le")],
    ["UTF-16 of the other order without its mark", Buffer.from(STACK, "utf16le").swap16()],
  ])("%s is read", async (_, bytes) => expect(await decode(bytes)).toBe(STACK));

  test("text with a block of zeros and Latin letters is text", async () => {
    const bytes = Buffer.from(`caf\xe9\n${"\0".repeat(4096)}${STACK}`, "latin1");
    expect(await decode(bytes)).toContain(STACK);
    expect(await decode(Buffer.alloc(0))).toBe("");
  });

  test.each([
    ["a core file", Buffer.from("\x7fELF\x02\x01\x01"), "it is a core file or a program"],
    ["an archive", Buffer.from("PK\x03\x04"), "it is a zip archive"],
    ["xz", Buffer.from("\xfd7zXZ\0", "latin1"), '"xz -dc FILE'],
    ["UTF-32", Buffer.from("\xff\xfe\0\0#\0\0\0", "latin1"), "it is UTF-32"],
    ["any bytes", Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251)), "no text"],
  ])("%s is refused", async (_, bytes, message) => {
    await expect(decode(bytes)).rejects.toThrow(message);
  });

  test("a letter that lies in two parts is one letter", async () => {
    const text = `${"x".repeat(100_000)}\u20ac`.repeat(5);
    const bytes = Buffer.from(text);
    const chunks = Array.from({ length: bytes.length / 997 + 1 }, (_, i) =>
      bytes.subarray(i * 997, (i + 1) * 997),
    );
    expect((await all(decoded(Readable.from(chunks)))).join("")).toBe(text);
  });

  test("a file that becomes shorter while it is read is told of", async () => {
    const file = kept("shrinking.txt", STACK.repeat(200_000));
    const parts = inputParts(file, () => {});
    await parts.next();
    truncateSync(file, 0);
    await expect(all(parts)).rejects.toThrow("it became shorter while it was read");
  });

  test("a file that grows while it is read ends where it ended", async () => {
    const file = kept("growing.txt", STACK.repeat(100_000));
    const parts = inputParts(file, () => {});
    const first = await parts.next();
    appendFileSync(file, STACK);
    const text = first.value + (await all(parts)).join("");
    expect(text).toHaveLength(STACK.length * 100_000);
  });
});

describe("the command line", () => {
  const cli = path.join(folder, "cli.cjs");

  beforeAll(() => bundleCli(cli));

  test("reads what is compressed from a pipe", () => {
    const input = zlib.gzipSync(STACK);
    const { stdout, status } = spawnSync(process.execPath, [cli, "report", "-"], { input });
    expect(status).toBe(0);
    expect(stdout.toString()).toContain("main");
  });

  test("refuses what is no text with one line and exit code 2", () => {
    const input = Buffer.from("\x7fELF\x02\x01\x01");
    const { stdout, stderr, status } = spawnSync(process.execPath, [cli, "report", "-"], { input });
    expect({ status, stdout: stdout.toString() }).toEqual({ status: 2, stdout: "" });
    expect(stderr.toString()).toMatch(/^backtrace-reader: cannot read -: it is a core [^\n]+\n$/);
  });

  test("lets nothing in JSON reach the terminal that it would obey, and loses nothing", () => {
    const input = "#0  0x41 in evil\x9b2J\u202e () at a\x07.c:7\n";
    for (const args of [
      ["report", "-", "--format", "json"],
      ["report", "-", "--format", "ndjson"],
      ["group", "-", "--format", "json"],
    ]) {
      const { stdout } = spawnSync(process.execPath, [cli, ...args], { input, encoding: "utf8" });
      expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
      expect(stdout).toContain("\\u009b2J");
    }
  });

  test("ends quietly where a pipe is closed", async () => {
    const file = kept("long.txt", `${STACK}\n`.repeat(20_000));
    const args = [cli, "report", file, "--format", "ndjson"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (text) => {
      complaint += text;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = await once(child, "close");
    expect({ code, complaint }).toEqual({ code: 0, complaint: "" });
  });

  test("ends at once with Ctrl-C, without a word", async () => {
    const child = spawn(process.execPath, [cli, "report", "-"], { stdio: "pipe" });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        said += text;
      });
    }
    child.stdin.write(STACK);
    setTimeout(() => child.kill("SIGINT"), 500);
    const [code, signal] = await once(child, "close");
    expect(signal ?? code).toBe(code === null ? "SIGINT" : 130);
    expect(said).toBe("");
  });
});
