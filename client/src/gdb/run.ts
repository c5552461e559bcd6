import { spawn } from "node:child_process";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** How a gdb ended, and what it printed until then. */
export interface GdbRun {
  /** Its output and its errors, in the order in which it wrote them. */
  readonly text: string;
  /** `missing`: there is no such program; `refused`: the system would not start it. */
  readonly ended: "done" | "stopped" | "too-long" | "missing" | "refused";
}

/** Starts gdb with these arguments and waits for its end. */
export type RunGdb = (args: readonly string[], stop: AbortSignal) => Promise<GdbRun>;

/** An editor does not show more than this. */
export const MOST_BYTES = 40_000_000;

/**
 * gdb lets go of its process when it is terminated; one that does not hear is killed. It must not be interrupted: while
 * it attaches it hands SIGINT on to the process, which dies of it.
 */
const SIGNALS = ["SIGTERM", "SIGKILL"] as const;

/** How long gdb has to obey. */
const PATIENCE_MS = 3000;

const LOOK_MS = 300;

/** Runs a gdb of this machine, without a shell and without a terminal. */
export const gdbRunner =
  (program: string, mostBytes = MOST_BYTES): RunGdb =>
  async (args, stop) => {
    const folder = await mkdtemp(path.join(tmpdir(), "backtrace-reader-"));
    try {
      // Two pipes would lose the order of output and errors; one file keeps it.
      const output = await open(path.join(folder, "gdb.txt"), "ax+", 0o600);
      try {
        const ended = await runInto(output, program, args, stop, mostBytes);
        return { text: await textOf(output, mostBytes), ended };
      } finally {
        await output.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

function runInto(
  output: FileHandle,
  program: string,
  args: readonly string[],
  stop: AbortSignal,
  mostBytes: number,
): Promise<GdbRun["ended"]> {
  if (stop.aborted) return Promise.resolve("stopped");
  return new Promise((resolve) => {
    // The messages stay in English, which is what the reader knows.
    const env = { ...process.env, LANGUAGE: "en" };
    const child = spawn(program, args, { stdio: ["ignore", output.fd, output.fd], env });
    let cause: "stopped" | "too-long" | null = null;
    let sent = 0;
    let next: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      child.kill(SIGNALS[sent++]);
      if (sent < SIGNALS.length) next = setTimeout(end, PATIENCE_MS);
    };
    const endBecause = (why: "stopped" | "too-long") => {
      if (cause !== null) return;
      cause = why;
      end();
    };
    const onStop = () => endBecause("stopped");
    const watch = setInterval(async () => {
      if ((await sizeOf(output)) > mostBytes) endBecause("too-long");
    }, LOOK_MS);
    const settle = (ended: GdbRun["ended"]) => {
      clearInterval(watch);
      clearTimeout(next);
      stop.removeEventListener("abort", onStop);
      resolve(ended);
    };
    stop.addEventListener("abort", onStop);
    child.once("error", (error) => settle(isMissing(error) ? "missing" : "refused"));
    child.once("close", () => settle(cause ?? "done"));
  });
}

const isMissing = (error: NodeJS.ErrnoException): boolean => error.code === "ENOENT";

const sizeOf = (file: FileHandle): Promise<number> =>
  file.stat().then(
    ({ size }) => size,
    () => 0,
  );

async function textOf(file: FileHandle, mostBytes: number): Promise<string> {
  const size = Math.min(await sizeOf(file), mostBytes);
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await file.read(bytes, 0, size, 0);
  return bytes.toString("utf8", 0, bytesRead);
}
