import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capture } from "../../../client/src/gdb/capture";
import { programOfCore } from "../../../client/src/gdb/coreProgram";
import { lookAt } from "../../../client/src/gdb/look";
import {
  listedByPs,
  processOf,
  ptraceScope,
  runningProcesses,
} from "../../../client/src/gdb/processes";
import { gdbRunner, type RunGdb } from "../../../client/src/gdb/run";
import { batchArguments, type Target } from "../../../client/src/gdb/target";
import { troubleOf } from "../../../client/src/gdb/trouble";
import { read } from "../../../server/src/read/read";
import { inDeadlock, isStopped, isTraced, until, Workbench, zombiesOf } from "./programs";

const bench = new Workbench();
let program: string;
let pid: number;

beforeAll(async () => {
  program = bench.build("deadlock");
  pid = bench.start(program).pid;
  await inDeadlock(pid);
});
afterAll(() => bench.clear());

const running = (id = pid): Target => {
  const target = processOf(id);
  if (target === null) throw new Error(`No process ${id} runs.`);
  return target;
};

/** Captures with the gdb of this machine, and notes what the user is told meanwhile. */
async function captured(
  targets: readonly Target[],
  { full = false, run = gdbRunner("gdb"), stop = new AbortController() } = {},
) {
  const told: string[] = [];
  const progress = (label: string, done: number, all: number) =>
    told.push(`${label}, ${done + 1} of ${all}`);
  const machine = { ptraceScope };
  const result = await capture(targets, { run, machine, stop: stop.signal, full, progress });
  const troubles = result.troubles.map(({ message }) => message);
  return { ...result, troubles, told, reading: read(result.text) };
}

describe("a real process in a deadlock", () => {
  test("is captured with all its threads, and the reader reads them", async () => {
    const { text, told, troubles, reading } = await captured([running()]);
    expect(troubles).toEqual([]);
    expect(told).toEqual([`process ${pid} (deadlock), 1 of 1`]);
    expect(text.split("\n")[0]).toBe(`=== pid ${pid} ===`);
    expect(reading.processes.map((process) => process.pid)).toEqual([pid]);
    const functions = reading.processes[0]?.threads.map((thread) =>
      thread.frames.map((frame) => frame.function),
    );
    expect(functions).toHaveLength(3);
    expect(functions?.filter((names) => names.includes("take_both"))).toHaveLength(2);
    expect(reading.problems).toEqual([]);
  });

  test("goes on afterwards", () => {
    expect(isTraced(pid)).toBe(false);
    expect(isStopped(pid)).toBe(false);
  });

  test("shows its local variables where they are asked for", async () => {
    const { text } = await captured([running()], { full: true });
    expect(text).toMatch(/one = 1/);
    expect((await captured([running()])).text).not.toMatch(/one = 1/);
  });

  test("is captured together with others, one after the other", async () => {
    const other = bench.start(program).pid;
    await inDeadlock(other);
    const { reading, told } = await captured([running(), running(other)]);
    expect(reading.processes.map((process) => process.pid)).toEqual([pid, other]);
    expect(told.map((line) => line.slice(-6))).toEqual(["1 of 2", "2 of 2"]);
  });

  test("is not mistaken for another that has its number later", async () => {
    const later = { ...running(), started: "1" } as Target;
    const { troubles, text } = await captured([later, running()]);
    expect(troubles).toEqual([
      `Process ${pid} (deadlock) has ended. Choose another, or its core file.`,
    ]);
    expect(read(text).processes).toHaveLength(1);
  });

  test("is in a listing by ps, too", () => {
    const listing = execFileSync("ps", ["-A", "-o", "pid=,comm="], { encoding: "utf8" });
    const target = { kind: "process", pid, name: "deadlock", started: null };
    expect(listedByPs(listing)).toContainEqual({ ...target, commandLine: "deadlock" });
  });

  test("is in the list of running processes, with its command line", () => {
    const listed = runningProcesses().find((one) => one.pid === pid);
    expect(listed).toMatchObject({ kind: "process", name: "deadlock", commandLine: program });
    expect(listed?.started).toMatch(/^\d+$/);
  });
});

describe("a process that cannot be captured", () => {
  test("has ended", async () => {
    const child = bench.start(program);
    const target = running(child.pid);
    child.kill("SIGKILL");
    await until("its end", () => processOf(child.pid) === null);
    expect((await captured([target])).troubles[0]).toContain("has ended");
  });

  test("ends between the look at it and gdb's", async () => {
    const child = bench.start(program);
    const target = running(child.pid);
    const run: RunGdb = async (args, stop) => {
      child.kill("SIGKILL");
      await until("its end", () => processOf(child.pid) === null);
      return gdbRunner("gdb")(args, stop);
    };
    const { troubles, text } = await captured([target], { run });
    expect(troubles).toEqual([
      `Process ${child.pid} (deadlock) has ended. Choose another, or its core file.`,
    ]);
    expect(text).toBe("");
  });

  test("is only a zombie", async () => {
    // The shell's child ends at once, and the program that takes the shell's place never asks for it.
    const parent = bench.start("/bin/sh", "-c", `true & exec sleep 60`);
    await until("the zombie", () => zombiesOf(parent.pid).length > 0);
    const { troubles } = await captured(zombiesOf(parent.pid).map(running));
    expect(troubles[0]).toContain("a zombie");
  });

  test("is one that the user may not look at", async () => {
    const asNobody = 'exec setpriv --reuid=65534 --regid=65534 --clear-groups gdb "$@"';
    const isRoot = process.getuid?.() === 0;
    const gdb = isRoot ? bench.write("as-nobody", `#!/bin/sh\n${asNobody}\n`, 0o755) : "gdb";
    const { troubles } = await captured([running(isRoot ? pid : 1)], { run: gdbRunner(gdb) });
    expect(troubles[0]).toContain("gdb may not attach to process");
  });

  test.each([
    [1, "sudo sysctl kernel.yama.ptrace_scope=0"],
    [2, "administrators only"],
    [3, "until it is started anew; a core file can still be read"],
    [0, "--cap-add=SYS_PTRACE"],
    [null, "run gdb as root"],
  ])("is protected by the machine's setting %s", (scope, advice) => {
    const refused = {
      text: "ptrace: Operation not permitted.\nNo stack.\n",
      ended: "done",
    } as const;
    expect(troubleOf(running(), refused, { ptraceScope: () => scope })).toContain(advice);
  });

  test("is held by another debugger", async () => {
    const held = bench.start("gdb", "-nx", "-batch", "-p", String(pid), "-ex", "shell sleep 60");
    await until("the other debugger", () => isTraced(pid));
    const { troubles } = await captured([running()]);
    expect(troubles[0]).toContain("is held by another debugger");
    held.kill("SIGKILL");
    await until("the process to be free", () => !isTraced(pid));
  });
});

describe("a gdb that cannot be run", () => {
  test("is missing", async () => {
    const run = gdbRunner("/nowhere/gdb");
    const { troubles, text } = await captured([running(), running()], { run });
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain("gdb was not found. Install it");
    expect(text).toBe("");
  });

  test("is no program", async () => {
    const run = gdbRunner(bench.write("gdb", "no program"));
    expect((await captured([running()], { run })).troubles[0]).toContain("could not be started");
  });
});

describe("a core", () => {
  test("is captured with its program, whatever their names", async () => {
    const odd = bench.build("deadlock", "-x dead 'lock");
    const child = bench.start(odd);
    await inDeadlock(child.pid);
    const core = bench.coreOf(child.pid, "core of 1");
    const { text, troubles, reading } = await captured([{ kind: "core", core, executable: odd }]);
    expect(troubles).toEqual([]);
    expect(text).toContain("take_both (first=");
    expect(reading.processes[0]?.threads).toHaveLength(3);
  });

  test("names the program that wrote it", async () => {
    const core = bench.coreOf(pid);
    const stop = new AbortController().signal;
    expect(await programOfCore(core, gdbRunner("gdb"), stop)).toBe(program);
  });

  test("can be no core, or gone", async () => {
    const core = bench.write("core.2", "no core");
    const { troubles } = await captured([{ kind: "core", core, executable: program }]);
    expect(troubles[0]).toBe(
      "Core core.2 is not a core file, or of a kind that this gdb does not read.",
    );
    const gone = await captured([{ kind: "core", core: "/nowhere/core", executable: null }]);
    expect(gone.troubles[0]).toContain("is not there any more");
  });
});

describe("stopping", () => {
  test.each([
    ["while it attaches", "continue", 0],
    ["while it attaches, a little later", "continue", 20],
    ["while it attaches, later still", "continue", 60],
    ["in the middle of its work", "python import time; time.sleep(30)", 500],
    ["that hears nothing", "shell sleep 15", 500],
  ])("ends a gdb %s, and the process goes on", async (_, command, later) => {
    const { pid } = bench.start(program);
    await inDeadlock(pid);
    const target = running(pid);
    const stop = new AbortController();
    const ended = lookAt(target, batchArguments(target, [command]), gdbRunner("gdb"), stop.signal);
    await until("gdb to hold the process", () => isTraced(pid));
    await new Promise((resolve) => setTimeout(resolve, later));
    stop.abort();
    expect((await ended).ended).toBe("stopped");
    await until("the process to be free", () => !isTraced(pid) && !isStopped(pid));
  });

  test("leaves a process halted that was halted before", async () => {
    const child = bench.start(program);
    await inDeadlock(child.pid);
    child.kill("SIGSTOP");
    await until("its halt", () => isStopped(child.pid));
    const stop = new AbortController();
    const target = running(child.pid);
    const args = batchArguments(target, ["shell sleep 15"]);
    const ended = lookAt(target, args, gdbRunner("gdb"), stop.signal);
    await until("gdb to hold the process", () => isTraced(child.pid));
    stop.abort();
    await ended;
    await until("the halt again", () => !isTraced(child.pid) && isStopped(child.pid));
  });

  test("asks for no further targets, and keeps what was captured", async () => {
    const stop = new AbortController();
    const run: RunGdb = async (args, signal) => {
      const result = await gdbRunner("gdb")(args, signal);
      stop.abort();
      return result;
    };
    const { reading, troubles } = await captured([running(), running()], { run, stop });
    expect(reading.processes).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  test("asks for no further targets where an editor could not show them", async () => {
    const run: RunGdb = async () => ({ text: "#0  main ()\n", ended: "too-long" });
    const { captured: shown, troubles } = await captured([running(), running()], { run });
    expect(shown).toHaveLength(1);
    expect(troubles).toEqual([
      "There is more to show than an editor can hold. Capture fewer processes at once.",
    ]);
  });

  test("starts nothing where it was asked for before", async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await gdbRunner("/nowhere/gdb")(["--version"], stop.signal)).toEqual({
      text: "",
      ended: "stopped",
    });
  });

  test("comes by itself where gdb prints more than an editor shows", async () => {
    const args = ["-nx", "-batch", "-ex", "python\nwhile True: print('x' * 1000)"];
    const { ended, text } = await gdbRunner("gdb", 100_000)(args, new AbortController().signal);
    expect(ended).toBe("too-long");
    expect(text).toHaveLength(100_000);
  });
});
