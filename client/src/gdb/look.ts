import { isHalted } from "./processes";
import type { GdbRun, RunGdb } from "./run";
import type { Target } from "./target";

/** Runs gdb on a target. A process goes on afterwards, even where gdb was stopped in the middle of attaching. */
export async function lookAt(
  target: Target,
  args: readonly string[],
  run: RunGdb,
  stop: AbortSignal,
): Promise<GdbRun> {
  if (target.kind === "core") return run(args, stop);
  const wasHalted = isHalted(target.pid);
  const result = await run(args, stop);
  // The signal with which gdb halts a process can outlive a gdb that was stopped.
  if (result.ended !== "done" && !wasHalted) letGoOn(target.pid);
  return result;
}

function letGoOn(pid: number): void {
  try {
    process.kill(pid, "SIGCONT");
  } catch {
    // It has ended, or never was ours to hold.
  }
}
