// Real programs in a real gdb, and what it says of them.
import { execFileSync, spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { until, type Workbench } from "../client/gdb/programs";

/** What to build, relative to test/. */
export interface Program {
  readonly source: string;
  readonly flags?: readonly string[];
  readonly strip?: boolean;
}

const FLAGS = ["-g", "-O0", "-pthread", "-w"];
const built = new Map<string, string>();

/** Compiles a program once; gives its path. */
export function build(bench: Workbench, { source, flags = FLAGS, strip = false }: Program): string {
  const key = [source, strip, ...flags].join(" ");
  const known = built.get(key);
  if (known) return known;
  const name = `${path.basename(source).replace(/\..*$/, "")}${built.size}`;
  const text = readFileSync(`test/${source}`, "utf8");
  bench.write(path.basename(source), text);
  const compiler = /\.cpp$/.test(source) ? "g++" : "gcc";
  const output = flags.includes("-shared") ? `${name}.so` : name;
  execFileSync(compiler, [...flags, "-o", output, path.basename(source)], { cwd: bench.folder });
  if (strip) execFileSync("strip", [output], { cwd: bench.folder });
  built.set(key, path.join(bench.folder, output));
  return path.join(bench.folder, output);
}

let runs = 0;

/** What gdb prints, its errors among it. It runs where the programs are. */
export async function gdb(bench: Workbench, args: readonly string[]): Promise<string> {
  const file = path.join(bench.folder, `gdb-${runs++}.txt`);
  const output = openSync(file, "ax", 0o600);
  const env = { ...process.env, LANGUAGE: "en", LC_ALL: "C", DEBUGINFOD_URLS: "" };
  const settings = ["-iex", "set debuginfod enabled off", "-iex", "set width 0"];
  const child = spawn("gdb", ["-nx", "-batch", ...settings, ...args], {
    cwd: bench.folder,
    env,
    stdio: ["ignore", output, output],
    timeout: 40_000,
  });
  await new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  closeSync(output);
  return readFileSync(file, "utf8");
}

/** The answers to commands, in order; null for what gdb did not come to. */
export async function answers(
  bench: Workbench,
  target: readonly string[],
  commands: readonly string[],
): Promise<(string | null)[]> {
  const mark = "=-=-=-= answer";
  const asked = commands.flatMap((command, i) => [
    "-ex",
    `echo \\n${mark} ${i}\\n`,
    "-ex",
    command,
  ]);
  const text = await gdb(bench, [...target, ...asked, "-ex", `echo \\n${mark} end\\n`]);
  const parts = text.split(new RegExp(`\\n${mark} (?:\\d+|end)\\n`)).slice(1);
  return commands.map((_, i) => (i + 1 < parts.length ? (parts[i] as string).trim() : null));
}

/** Waits until every thread of a process, or only the first, is in a system call that does not return. */
export async function untilAsleep(pid: number, onlyFirst = false): Promise<void> {
  let before = "";
  let times = 0;
  await until(`process ${pid} to wait`, () => {
    const now = readdirSync(`/proc/${pid}/task`)
      .filter((task) => !onlyFirst || task === String(pid))
      .map((task) => {
        const stat = readFileSync(`/proc/${pid}/task/${task}/stat`, "utf8");
        const counts = readFileSync(`/proc/${pid}/task/${task}/status`, "utf8");
        return `${task} ${/\) (\w)/.exec(stat)?.[1]} ${/^voluntary_ctxt_switches:\t(\d+)/m.exec(counts)?.[1]}`;
      })
      .join("\n");
    const isStill = now === before && !/ [RD] /.test(now) && hasStarted(pid);
    before = now;
    times = isStill ? times + 1 : 0;
    return times >= 6;
  });
}

/** Waits until a process that never sleeps has used some time of its own. */
export const untilStarted = (pid: number): Promise<void> =>
  until(`process ${pid} to run`, () => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return hasStarted(pid) && Number(fields[11]) + Number(fields[12]) > 20;
  });

const hasStarted = (pid: number): boolean => {
  try {
    return !/\/(?:node|sh)$/.test(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return false;
  }
};
