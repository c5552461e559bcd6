import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleCli } from "./bundle";

const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));
const cli = path.join(folder, "cli.js");

beforeAll(() => bundleCli(cli));

afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], input = ""): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [cli, ...args], { input, encoding: "utf8" });
}

const validate = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync("docs/report.schema.json", "utf8")),
);

const EXAMPLE = "examples/backtraces.save";

describe("report", () => {
  test("of a fleet says how many processes and distinct stacks there are, and what they wait for", () => {
    const { stdout, status } = run(["report", EXAMPLE]);
    expect(status).toBe(0);
    expect(stdout).toContain("gdb 6.8 · 12 processes · 12 threads");
    expect(stdout).toContain("6 of 12 threads: waiting for a lock (apc_pthreadmutex_lock)");
    expect(stdout).toContain("pids 311, 312, 315, 327, 340, 344");
  });

  test("says what follows, and what could be the cause, after what the files say", () => {
    const { stdout } = run(["report", EXAMPLE]);
    const follows = stdout.indexOf("What follows\n");
    const cause = stdout.indexOf("What could be the cause\n");
    expect(stdout.indexOf("7 of 12 threads, in 7 processes, wait for the mutex")).toBeGreaterThan(
      follows,
    );
    expect(follows).toBeGreaterThan(0);
    expect(cause).toBeGreaterThan(follows);
    expect(stdout.slice(cause)).toContain("(apc-pthreadmutex-deadlock)");
  });

  test.each(["6.8", "7.11", "13.1", "17.1", "unknown"])(
    "as JSON follows the published schema for every session of gdb %s",
    (version) => {
      const files = readdirSync(`test/fixtures/gdb/${version}`)
        .filter((name) => name.endsWith(".txt"))
        .map((name) => `test/fixtures/gdb/${version}/${name}`);
      const report = JSON.parse(run(["report", ...files, "--format", "json"]).stdout);
      expect(validate(report) || validate.errors).toBe(true);
      expect(report.sources).toHaveLength(files.length);
    },
  );

  test.each(["apache", "lighttpd", "kernel", "tables"])(
    "as JSON follows the published schema for every kept text of %s",
    (folder) => {
      const files = readdirSync(`test/fixtures/${folder}`)
        .filter((name) => /\.(?:log|txt)$/.test(name))
        .map((name) => `test/fixtures/${folder}/${name}`);
      const report = JSON.parse(run(["report", ...files, "--format", "json"]).stdout);
      expect(validate(report) || validate.errors).toBe(true);
      expect(report.sources).toHaveLength(files.length);
    },
  );

  test("as JSON lines gives one object a line, with its type and path", () => {
    const lines = run(["report", "-", "--format", "ndjson"], "#0  main () at a.c:7\n").stdout;
    const objects = lines
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(objects.map(({ type, path }) => `${type} ${path}`)).toEqual([
      "section -",
      "process -",
      "finding undefined",
    ]);
  });

  test("counts lines from zero in JSON, from one in text", () => {
    const text = "hello\n\n#0  0x41 in main () at a.c:7\n#2  0x43 in start () from /lib/x.so\n";
    const report = JSON.parse(run(["report", "-", "--format", "json"], text).stdout);
    expect(report.sources[0].problems[0].range.start).toEqual({ line: 3, character: 0 });
    expect(run(["report", "-"], text).stdout).toContain("line 4: Frame 2 follows frame 0");
  });

  test("of a ticket counts what its logs say, crashes first", () => {
    const { stdout } = run(["report", "examples/ticket.backtrace"]);
    expect(stdout).toContain(
      [
        "apache log: 3 records",
        "  1 × child-exit-signal  2010-11-22T20:04:33  child pid 320 exit signal Segmentation fault (11)",
        "  1 × graceful-restart  2010-11-22T20:04:31  Graceful restart requested, doing restart",
      ].join("\n"),
    );
    expect(stdout).toContain("kernel log: 1 record\n  1 × segfault");
    expect(stdout).toContain("1 × backend-eof  2010-11-22T20:05:02");
    expect(stdout).toContain("semaphore list: 3 rows");
  });

  test("says so where nothing is recognised", () => {
    expect(run(["report", "-"], "Dear all,\n").stdout).toContain(
      "Nothing in this text was recognised.",
    );
  });

  test("never lets a file move the terminal's cursor", () => {
    const text = '#0  0x41 in evil\x9b2J\x07 (s="\x1b]0;owned\x07") at a\x08.c:7\n';
    expect(run(["report", "-"], text).stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  });

  test("reads UTF-16 with a byte-order mark", () => {
    const file = path.join(folder, "utf16.txt");
    writeFileSync(file, Buffer.from("\ufeff#0  0x41 in main () at a.c:7\n", "utf16le"));
    expect(run(["report", file]).stdout).toContain("#0   main  a.c:7");
  });
});

describe("group", () => {
  test("puts the most frequent stack first and can look at the innermost frames alone", () => {
    const report = JSON.parse(run(["group", EXAMPLE, "--depth", "4", "--format", "json"]).stdout);
    expect(report.groups[0]).toMatchObject({
      count: 7,
      state: "waiting for a lock (apc_pthreadmutex_lock)",
      functions: ["__lll_lock_wait", "_L_lock_106", "pthread_mutex_lock", "apc_pthreadmutex_lock"],
    });
  });

  test("counts over several files", () => {
    const report = JSON.parse(run(["group", EXAMPLE, EXAMPLE, "--format", "json"]).stdout);
    expect(report.groups[0].count).toBe(12);
  });
});

describe("a command line that cannot be used", () => {
  test.each([
    [["report", "missing.txt"], "cannot read missing.txt: no such file"],
    [["report", "examples"], "cannot read examples: it is a directory"],
    [["report", EXAMPLE, "--formt", "json"], "Unknown option '--formt'"],
    [
      ["report", EXAMPLE, "--format", "xml"],
      'report knows the formats text, json, ndjson, not "xml"',
    ],
    [["group", EXAMPLE, "--format", "ndjson"], 'group knows the formats text, json, not "ndjson"'],
    [["group", EXAMPLE, "--depth", "0"], '--depth takes a number from 1, not "0"'],
    [["explode", EXAMPLE], 'unknown command "explode": report, group, next or notes'],
    [["report"], "report needs a file, or - for standard input"],
    [[], "no command given: report, group, next or notes"],
  ])("%j gets one line and exit code 2", (args, message) => {
    const { stdout, stderr, status } = run(args);
    expect({ stdout, stderr, status }).toEqual({
      stdout: "",
      stderr: `backtrace-reader: ${message}\n`,
      status: 2,
    });
  });
});

describe("notes", () => {
  const notes = path.join(folder, "notes");
  const good = readFileSync("knowledge/notes/haproxy-zlib-flush-stale-input.md", "utf8");

  beforeAll(() => mkdirSync(notes));

  test("that come with the program are listed", () => {
    expect(run(["notes", "list"]).stdout).toContain("haproxy-zlib-flush-stale-input");
  });

  test("of a folder are checked", () => {
    writeFileSync(path.join(notes, "haproxy-zlib-flush-stale-input.md"), good);
    writeFileSync(path.join(notes, "README.md"), "# For people\n");
    expect(run(["notes", "check", notes])).toMatchObject({
      stdout: "1 note, 0 errors\n",
      status: 0,
    });
  });

  test("with errors are named with file, line and column, and the exit code is 1", () => {
    const file = path.join(notes, "mine.md");
    writeFileSync(
      file,
      good.replace("severity: crash", "severity: bad").replace("family:", "familie:"),
    );
    const { stdout, status } = run(["notes", "check", notes]);
    expect(stdout).toContain(`${file}:5:11: error: severity is one of crash, hang, error`);
    expect(stdout).toContain(`${file}:4:1: error: "familie" is not known in the front matter.`);
    expect(status).toBe(1);
  });

  test("that do not match their own sample are named", () => {
    const wrong = good.replaceAll("deflate_flush_or_finish (", "deflate_whole (");
    writeFileSync(path.join(notes, "mine.md"), wrong);
    expect(run(["notes", "check", notes]).stdout).toContain("does not match its own sample");
  });

  const crash = good.slice(good.indexOf("```\n") + 4, good.lastIndexOf("```"));
  const ours = path.join(folder, "ours");

  test("of a folder join the shipped ones in a report and in what comes next", () => {
    mkdirSync(ours);
    writeFileSync(path.join(ours, "bad.md"), "no front matter");
    const mine = good
      .replaceAll("haproxy-zlib-flush-stale-input", "ours")
      .replace("title: HAProxy flushes", "title: Our HAProxy flushes")
      .replace("p *strm", "p our_stream");
    writeFileSync(path.join(ours, "ours.md"), mine);
    const { stdout, stderr } = run(["report", "-", "--notes", ours], crash);
    expect(stdout).toContain("Our HAProxy flushes");
    expect(stdout).toContain("HAProxy flushes a compressed response");
    expect(stderr).toContain(`1 note of ${ours} left out; "notes check" says why`);
    expect(run(["report", "-"], crash).stdout).not.toContain("Our HAProxy");
    expect(run(["next", "-", "--notes", ours], crash).stdout).toContain("p our_stream");
  });

  test("are for report and next", () => {
    expect(run(["group", "-", "--notes", ours], crash)).toMatchObject({ stdout: "", status: 2 });
    expect(run(["report", "-", "--notes", "missing"], crash).status).toBe(2);
  });

  test("with a name that nothing is called by are warned of, and the exit code stays 0", () => {
    const strange = path.join(folder, "strange");
    mkdirSync(strange);
    const text = good.replace("finding: fault-site", "finding: fault-sight");
    writeFileSync(path.join(strange, "haproxy-zlib-flush-stale-input.md"), text);
    const { stdout, status } = run(["notes", "check", strange]);
    expect(stdout).toContain(
      '23:14: warning: "fault-sight" is no known kind of finding. Did you mean "fault-site"?',
    );
    expect(stdout).toContain(":2:5: information: This note takes the place of the one");
    expect(status).toBe(0);
  });

  test("without a folder that can be read get one line and exit code 2", () => {
    expect(run(["notes", "check", "missing"])).toMatchObject({ stdout: "", status: 2 });
    expect(run(["notes", "check"])).toMatchObject({ stdout: "", status: 2 });
  });
});

describe("help and version", () => {
  test("are printed", () => {
    expect(run(["--help"]).stdout).toContain("backtrace-reader group  FILE...|-");
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(run(["--version"]).stdout).toBe(`${version}\n`);
  });
});

describe("colours", () => {
  test("are used where asked for, and not in a pipe", () => {
    expect(run(["group", EXAMPLE]).stdout).not.toContain("\x1b");
    expect(run(["group", EXAMPLE, "--color", "always"]).stdout).toContain("\x1b[1m");
  });
});
