import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../server/src/find/finding";
import { judge } from "../../server/src/notes/judge";
import { read } from "../../server/src/read/read";
import { captureLoop, gdbScript } from "../../server/src/suggest/script";
import { MOST_PLACES_IN_SCRIPT, type Suggestion, suggest } from "../../server/src/suggest/suggest";
import { Workbench } from "../client/gdb/programs";
import { build, gdb, untilAsleep } from "./gdb";

const bench = new Workbench();
afterAll(() => bench.clear());

interface Seen {
  readonly findings: readonly Finding[];
  readonly commands: readonly Suggestion[];
}

function look(text: string): Seen {
  const sources = [{ path: "text", reading: read(text) }];
  const { findings, hypotheses } = judge(sources);
  const scene = { sources, findings };
  return { findings, commands: suggest(scene, hypotheses, null, MOST_PLACES_IN_SCRIPT) };
}

const ofKind = ({ findings }: Seen, kind: string) => findings.filter((each) => each.kind === kind);

const commandsOf = ({ commands }: Seen): string[] =>
  commands.filter(({ where }) => where === "gdb").map(({ run }) => run);

describe("a real deadlock", () => {
  let pid: number;
  let text: string;

  beforeAll(async () => {
    pid = bench.start(build(bench, { source: "fixtures/gdb/src/deadlock.c" })).pid;
    await untilAsleep(pid);
    text = `=== pid ${pid} ===\n${await gdb(bench, [`--pid=${pid}`, "-ex", "thread apply all bt"])}`;
  });

  const runScript = async (script: string): Promise<string> =>
    gdb(bench, ["-x", bench.write("next.gdb", script), `--pid=${pid}`]);

  test("is proven by the answers to the script of its text", async () => {
    const before = look(text);
    expect(ofKind(before, "lock-wait").map(({ values }) => values.holder)).toEqual([null, null]);
    expect(ofKind(before, "wait-cycle")).toEqual([]);
    const after = look(`${text}\n${await runScript(gdbScript(before.commands))}`);
    const holders = ofKind(after, "lock-wait").map(({ values }) => values.holder);
    const waiters = ofKind(after, "lock-wait").map(({ values }) => values.lwp);
    expect(holders.sort()).toEqual(waiters.sort());
    expect(ofKind(after, "wait-cycle").map(({ values }) => values.length)).toEqual([2]);
    // What was asked is not offered again; what the proof leads to is.
    const asked = commandsOf(before);
    expect(commandsOf(after).filter((command) => asked.includes(command))).toEqual([]);
    expect(commandsOf(after)[0]).toBe("thread apply all bt full");
  });

  test("goes on after a command that fails, and labels each answer", async () => {
    const [any] = look(text).commands;
    const asks = (run: string) =>
      ({ ...any, run, where: "gdb", missing: [], pid: null }) as Suggestion;
    const script = gdbScript([
      asks("p nobody_knows_this"),
      asks("p 1+1"),
      asks("frame 99"),
      asks('p "a \\"quoted\\" \\\\ text"'),
      asks("p 3*3"),
    ]);
    const reading = read(await runScript(script));
    const typed = reading.prompts.map(({ command }) =>
      reading.clean.text.slice(command.from, command.to).trim(),
    );
    expect(typed).toEqual([
      "p nobody_knows_this",
      "p 1+1",
      "frame 99",
      'p "a \\"quoted\\" \\\\ text"',
      "p 3*3",
    ]);
    expect(reading.clean.text).toContain('No symbol "nobody_knows_this" in current context.');
    expect(reading.clean.text).toMatch(/\(gdb\) p 3\*3\n\$\d+ = 9\n/);
  });

  test("leaves out what needs a person, and what does more than look", () => {
    const [any] = look(text).commands;
    const asks = (run: string, missing: string[] = [], acts = false) =>
      ({ ...any, run, where: "gdb", missing, acts, pid: null }) as Suggestion;
    expect(gdbScript([asks("frame FRAME", ["frame"]), asks("finish", [], true)])).toBe("");
    expect(gdbScript([asks("bt")])).toContain('ask("bt")');
  });

  test("is told apart from another, in one script for both", async () => {
    const other = bench.start(build(bench, { source: "fixtures/gdb/src/deadlock.c" })).pid;
    await untilAsleep(other);
    const both = `${text}\n=== pid ${other} ===\n${await gdb(bench, [`--pid=${other}`, "-ex", "thread apply all bt"])}`;
    const script = gdbScript(look(both).commands);
    const answers = await gdb(bench, ["-x", bench.write("both.gdb", script)]);
    const after = look(`${both}\n${answers}`);
    expect(
      ofKind(after, "wait-cycle")
        .map(({ values }) => values.pid)
        .sort(),
    ).toEqual([pid, other].sort());
  });
});

describe("the loop that captures", () => {
  test("takes plain names of programs only, as names and not as patterns", () => {
    expect(captureLoop("/usr/sbin/httpd")).toContain("pgrep -x 'httpd')");
    expect(captureLoop("g++")).toContain("pgrep -x 'g[+][+]')");
    expect(captureLoop("httpd; id")).toBeNull();
    expect(captureLoop("$(id)")).toBeNull();
    expect(captureLoop("-f")).toBeNull();
    expect(captureLoop("a'b")).toBeNull();
  });
});
