import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Result, type Task, work } from "../../../server/src/cli/work";
import { read } from "../../../server/src/read/read";
import { toSource } from "../../../server/src/show/toSource";
import { bundleCli } from "./bundle";

const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));
const cli = path.join(folder, "cli.js");
const fleet = readFileSync("examples/backtraces.save", "utf8");

const kept = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

/** Makes more than a block. */
const COPIES = 45;

const long = kept("long.txt", fleet.repeat(COPIES));
const logs = kept(
  "logs.log",
  readFileSync("test/fixtures/apache/event-2.4.71.error.log", "utf8").repeat(80),
);

beforeAll(() => bundleCli(cli));

afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[]) =>
  spawnSync(process.execPath, [cli, ...args], { encoding: "utf8", maxBuffer: 1 << 30 });

async function results(task: Task): Promise<Result[]> {
  const all: Result[] = [];
  for await (const result of work(task, () => {})) all.push(result);
  return all;
}

interface Line {
  readonly type: string;
  readonly [field: string]: unknown;
}

const parsed = (output: string): Line[] =>
  output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** The lines of one type, without what only lines have. */
const ofType = (lines: readonly Line[], wanted: string): object[] =>
  lines
    .filter(({ type }) => type === wanted)
    .map(({ type: _, path: __, ...rest }) => rest as object);

/** The lines that tell of one text, not of all. */
const saidOfTexts = (output: string): string[] =>
  output.split("\n").filter((line) => line.includes('"path":'));

describe("report as JSON lines", () => {
  test.each([
    ["backtraces", long],
    ["a log whose times go back", logs],
  ])("of %s in several blocks says what the whole says", async (_, file) => {
    expect((await results({ command: "report", path: file, depth: 1 })).length).toBeGreaterThan(1);
    const lines = parsed(run(["report", file, "--format", "ndjson"]).stdout);
    const whole = toSource(file, read(readFileSync(file, "utf8")));
    for (const [type, list] of [
      ["section", whole.sections],
      ["process", whole.processes],
      ["record", whole.records],
      ["problem", whole.problems],
    ] as const)
      expect(JSON.stringify(ofType(lines, type))).toBe(JSON.stringify(list));
  });

  test("of several files is the same with and without workers, in their order", async () => {
    const files = [long, logs, "examples/ticket.backtrace"];
    const reported = (...paths: readonly string[]) =>
      run(["report", ...paths, "--format", "ndjson"]);
    const apart = files.flatMap((file) => saidOfTexts(reported(file).stdout));
    const { stdout, status } = reported(...files);
    expect(status).toBe(0);
    expect(saidOfTexts(stdout).join("\n") === apart.join("\n")).toBe(true);
  });

  test("of a file that is missing among others gets one line and exit code 2", () => {
    const { stderr, status } = run(["report", long, "missing.txt", logs, "--format", "ndjson"]);
    expect({ stderr, status }).toEqual({
      stderr: "backtrace-reader: cannot read missing.txt: no such file\n",
      status: 2,
    });
  });
});

describe("group", () => {
  test("names the first fifty of a group and counts all, over blocks and files", () => {
    const { groups } = JSON.parse(run(["group", long, long, "--format", "json"]).stdout);
    expect(groups[0].count).toBe(2 * COPIES * 6);
    expect(groups[0].threads).toHaveLength(50);
    expect(groups[0].threads[1]).toEqual({ pid: 312, thread: null, lwp: null, name: null });
  });
});

describe("a run that is ended", () => {
  test("by a reader that has seen enough says nothing more", async () => {
    const child = spawn(process.execPath, [cli, "report", long, "--format", "ndjson"]);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = await once(child, "exit");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test.skipIf(process.platform === "win32")("by Ctrl-C has exit code 130", async () => {
    const child = spawn(process.execPath, [cli, "report", "-", long, "--format", "ndjson"]);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    // More than a block, so that there is output to tell that the run is on.
    child.stdin.on("error", () => {});
    child.stdin.write(fleet.repeat(COPIES));
    await once(child.stdout, "data");
    child.kill("SIGINT");
    const [code] = await once(child, "exit");
    expect({ code, stderr }).toEqual({ code: 130, stderr: "" });
  });
});
