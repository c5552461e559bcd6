import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import type { ProcessTarget, Target } from "./target";

/** A process that runs now. */
export interface RunningProcess extends ProcessTarget {
  readonly commandLine: string;
}

/** The processes of this machine that gdb could attach to, the newest first: those of the kernel and this one are left out. */
export function runningProcesses(): RunningProcess[] {
  const found = existsSync("/proc/self/stat") ? fromProc() : fromPs();
  return found.filter(({ pid }) => pid !== process.pid).sort((one, other) => other.pid - one.pid);
}

/** Is the target still what it was when it was chosen? A core is left to gdb. */
export function isPresent(target: Target): boolean {
  if (target.kind === "core" || !existsSync("/proc/self/stat")) return true;
  const stat = readStat(target.pid);
  return stat !== null && (target.started === null || stat.started === target.started);
}

/** The process with a number, or null where none has it. */
export function processOf(pid: number): ProcessTarget | null {
  if (!existsSync("/proc/self/stat")) return { kind: "process", pid, name: null, started: null };
  const stat = readStat(pid);
  return stat && { kind: "process", pid, ...stat };
}

/** Was the process halted by somebody, as with Ctrl-Z? */
export function isHalted(pid: number): boolean {
  const stat = readOrNull(`/proc/${pid}/stat`);
  return stat !== null && /^[tT]/.test(stat.slice(stat.lastIndexOf(")") + 2));
}

function fromProc(): RunningProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const known = processOf(Number(name));
      const commandLine = readOrNull(`/proc/${name}/cmdline`);
      // A thread of the kernel and a process that has ended have no command line.
      if (known === null || !commandLine) return [];
      return [{ ...known, commandLine: commandLine.replaceAll("\0", " ").trim() }];
    });
}

/** The name stands in parentheses and may hold some itself; the start is the twentieth number behind them. */
function readStat(pid: number): { name: string; started: string } | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  const open = stat?.indexOf("(") ?? -1;
  const close = stat?.lastIndexOf(")") ?? -1;
  if (!stat || open < 0 || close < open) return null;
  const started = stat.slice(close + 2).split(" ")[19];
  return started === undefined ? null : { name: stat.slice(open + 1, close), started };
}

const fromPs = (): RunningProcess[] =>
  listedByPs(execFileSync("ps", ["-A", "-o", "pid=,comm="], { encoding: "utf8" }));

/** The processes of a listing by ps, where there is no /proc. */
export function listedByPs(listing: string): RunningProcess[] {
  return listing.split("\n").flatMap((line) => {
    const [, pid, name] = /^\s*(\d+) (.+)$/.exec(line) ?? [];
    if (pid === undefined || name === undefined) return [];
    return [{ kind: "process", pid: Number(pid), name, started: null, commandLine: name }];
  });
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return null;
  }
}

/** Yama's setting of who may attach to what; null where the kernel has none. */
export function ptraceScope(): number | null {
  const text = readOrNull("/proc/sys/kernel/yama/ptrace_scope");
  return text === null ? null : Number(text);
}

export const isFile = (file: string): boolean => {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
};
