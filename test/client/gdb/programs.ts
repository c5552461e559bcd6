// Real programs for a real gdb: built and started by the tests, and ended with them.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { needDebugger } from "../../../scripts/host/debian.mjs";

/** A folder with programs, and what runs out of it. */
export class Workbench {
  readonly folder: string;
  private readonly root: string;
  private readonly started: ChildProcess[] = [];

  /** `root` is the project's folder. */
  constructor(root = ".") {
    needDebugger();
    this.root = root;
    this.folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));
  }

  /** Compiles a source of test/fixtures/gdb/src with debug information. */
  build(source: string, name = source): string {
    const program = path.join(this.folder, name);
    const file = path.join(this.root, `test/fixtures/gdb/src/${source}.c`);
    execFileSync("gcc", ["-g", "-O0", "-pthread", "-o", program, file]);
    return program;
  }

  start(program: string, ...args: string[]): ChildProcess & { pid: number } {
    const child = spawn(program, args, { stdio: "ignore", cwd: this.folder });
    this.started.push(child);
    if (child.pid === undefined) throw new Error(`${program} did not start.`);
    return child as ChildProcess & { pid: number };
  }

  /** The core of a running process, as gdb writes it. */
  coreOf(pid: number, name = "core.1"): string {
    const core = path.join(this.folder, name);
    const args = ["-nx", "-batch", "-p", String(pid), "-ex", `generate-core-file ${core}`];
    execFileSync("gdb", args, { stdio: "ignore" });
    return core;
  }

  write(name: string, text: string, mode = 0o644): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, text, { mode });
    return file;
  }

  clear(): void {
    for (const child of this.started) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits until something is so, but not for ever. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited in vain for ${what}.`);
}

const status = (pid: number, field: string): string =>
  new RegExp(`^${field}:\\s*(.*)$`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ??
  "";

/** Does a debugger hold the process? */
export const isTraced = (pid: number): boolean => status(pid, "TracerPid") !== "0";

/** Does any of its threads stand still for a debugger or a signal? */
export const isStopped = (pid: number): boolean =>
  readdirSync(`/proc/${pid}/task`).some((task) => /^[tT]/.test(status(Number(task), "State")));

/** Waits until both threads of the deadlock wait for each other's lock. */
export const inDeadlock = (pid: number): Promise<void> =>
  until("the deadlock", () => {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const waits = tasks.filter((task) =>
      readFileSync(`/proc/${pid}/task/${task}/wchan`, "utf8").includes("futex"),
    );
    return tasks.length === 3 && waits.length === 3;
  });

/** The children of a process that have ended without its having asked. */
export const zombiesOf = (parent: number): number[] =>
  readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8")
    .split(" ")
    .filter((pid) => pid !== "")
    .map(Number)
    .filter((pid) => status(pid, "State").startsWith("Z"));
