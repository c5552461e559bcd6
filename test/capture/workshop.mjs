// A folder in which one server runs, and what is needed to start it, watch it and get rid of it.
import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { descendants, isRunning, until } from "./processes.mjs";

const NOBODY = 65534;

// The servers never run as root, and what they log is the same for every user.
const user = process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * Runs `work` in a new folder and returns the log that the server wrote there, with a neutral path, and the processes
 * that were killed on purpose. Afterwards every process of the folder has ended and the folder is gone.
 */
export async function inWorkshop(work) {
  const folder = makeFolder();
  const shop = { folder, logFile: join(folder, "error.log"), started: [], killed: [] };
  const end = () => endAll(shop);
  process.once("exit", end);
  try {
    await work(shop);
    return { log: neutral(readLog(shop), folder), killed: shop.killed };
  } finally {
    end();
    process.removeListener("exit", end);
  }
}

function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), "capture-"));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "www"));
  cpSync(fileURLToPath(new URL("./app.mjs", import.meta.url)), join(folder, "app.mjs"));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** No log of a fixture names the folder of the machine on which it was made. */
const neutral = (log, folder) => log.replaceAll(folder, "/srv/demo");

/** Writes a file into the folder and returns its path. */
export function write(shop, name, text) {
  const file = join(shop.folder, name);
  writeFileSync(file, text);
  return file;
}

/** Starts a program in the folder. What it prints goes to the file `output`. */
export function start(shop, program, args, output = "console.txt") {
  const sink = openSync(join(shop.folder, output), "a");
  const child = spawn(program, args, {
    ...user,
    cwd: shop.folder,
    stdio: ["ignore", sink, sink],
  });
  closeSync(sink);
  shop.started.push(child);
  return child;
}

/** Ends a process as a crash would, and notes it down as a fact. */
export function crash(shop, pid, signal) {
  shop.killed.push({ pid, signal });
  process.kill(pid, signal);
}

const readLog = ({ logFile }) => (existsSync(logFile) ? readFileSync(logFile, "utf8") : "");

/** Waits until the log has the pattern `times` times. */
export const logged = (shop, pattern, times = 1) =>
  until(
    `${times} times ${pattern}`,
    () =>
      readLog(shop)
        .split("\n")
        .filter((line) => pattern.test(line)).length >= times,
    () => readLog(shop),
  );

/** Waits until a process that was started here has ended. */
export const ended = (child) => until(`the end of ${child.pid}`, () => !isRunning(child));

// A server that is killed outright leaves its children behind, so they are looked up first.
function endAll({ folder, started }) {
  const running = started.filter(isRunning).map((child) => child.pid);
  for (const pid of running.flatMap((pid) => [...descendants(pid), pid])) endProcess(pid);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function endProcess(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
