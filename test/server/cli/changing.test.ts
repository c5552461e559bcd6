import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleCli } from "./bundle";

const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));
const cli = path.join(folder, "cli.cjs");
const MANY = 300_000;
const STACK = "=== pid 7 ===\n#0  0x41 in main () at a.c:7\n\n";

beforeAll(() => bundleCli(cli));
afterAll(() => rmSync(folder, { recursive: true }));

/** More than the command line reads ahead of what it writes. */
function large(name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, STACK.repeat(MANY));
  return file;
}

/** Runs the command line on files; what is done to them is done when the first output has come. */
async function meanwhile(files: readonly string[], happens: () => void) {
  const child: ChildProcess = spawn(
    process.execPath,
    [cli, "report", ...files, "--format", "ndjson"],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let complaint = "";
  let lines = 0;
  child.stderr?.on("data", (text) => {
    complaint += text;
  });
  const ended = once(child, "close");
  // Nobody takes more of the output until it has happened, so that the rest of the file waits.
  await once(child.stdout as NodeJS.ReadableStream, "readable");
  happens();
  child.stdout?.on("data", (data: Buffer) => {
    for (const byte of data) if (byte === 10) lines++;
  });
  const [code] = await ended;
  return { code, complaint, lines };
}

describe("a file that the command line reads", () => {
  test("and that becomes shorter ends it with its name and exit code 2", async () => {
    const file = large("truncated.txt");
    const said = await meanwhile([file], () => truncateSync(file, 100_000));
    expect(said.complaint).toBe(
      `backtrace-reader: cannot read ${file}: it became shorter while it was read\n`,
    );
    expect(said.code).toBe(2);
  }, 100_000);

  test("and that is written anew ends it with its name and exit code 2", async () => {
    const file = large("rewritten.txt");
    const said = await meanwhile([file], () => {
      writeFileSync(file, STACK.replace("main", "evil").repeat(MANY), { flag: "r+" });
      utimesSync(file, 1, 1);
    });
    expect(said.complaint).toBe(
      `backtrace-reader: cannot read ${file}: it was changed while it was read\n`,
    );
    expect(said.code).toBe(2);
  }, 100_000);

  test("and that grows or is removed is read as it was", async () => {
    const file = large("growing.txt");
    const said = await meanwhile([file], () => {
      appendFileSync(file, STACK);
      unlinkSync(file);
    });
    expect(said).toMatchObject({ code: 0, complaint: "" });
    expect(said.lines).toBeGreaterThanOrEqual(MANY);
  }, 100_000);

  test("and that vanishes before its turn ends it with its name and exit code 2", async () => {
    const first = large("first.txt");
    const names = Array.from({ length: 4 }, (_, i) => path.join(folder, `later-${i}.txt`));
    for (const name of names) writeFileSync(name, STACK.repeat(20_000));
    const gone = names.at(-1) as string;
    const said = await meanwhile([first, ...names], () => unlinkSync(gone));
    expect(said.complaint).toBe(`backtrace-reader: cannot read ${gone}: no such file\n`);
    expect(said.code).toBe(2);
  }, 100_000);
});

test.each(["report", "group", "next"])(
  "%s says what it cannot read, each in one line",
  (command) => {
    const directory = path.join(folder, "directory.d");
    execFileSync("mkdir", ["-p", directory]);
    for (const [file, reason] of [
      [path.join(folder, "nothing.txt"), "no such file"],
      [directory, "it is a directory"],
      [path.join(cli, "below"), "it is no directory"],
    ] as const) {
      const { status, stderr, stdout } = spawnSync(process.execPath, [cli, command, file], {
        encoding: "utf8",
      });
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toBe(`backtrace-reader: cannot read ${file}: ${reason}\n`);
    }
  },
);

test("a pipe is read as a file is", () => {
  const command = `"$0" "$1" report <(echo '#0  0x41 in through_a_pipe () at a.c:7')`;
  const output = execFileSync("bash", ["-c", command, process.execPath, cli], { encoding: "utf8" });
  expect(output).toContain("through_a_pipe");
});
