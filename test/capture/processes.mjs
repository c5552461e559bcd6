// The processes of the machine as /proc shows them, and bounded waiting.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const PAUSE = 50;
const LONGEST_WAIT = 20_000;

/** Waits until `condition` gives something true, and returns that. What is shown explains a failure. */
export async function until(what, condition, show = () => "") {
  for (let waited = 0; waited < LONGEST_WAIT; waited += PAUSE) {
    const result = await condition();
    if (result) return result;
    await sleep(PAUSE);
  }
  throw new Error(`Waited in vain for ${what}.\n${show()}`);
}

/** Has the child that Node started not ended yet? */
export const isRunning = (child) => child.exitCode === null && child.signalCode === null;

/** The process ids of the direct children. */
export function children(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .trim()
      .split(" ")
      .filter((id) => id !== "")
      .map(Number);
  } catch {
    return [];
  }
}

/** The process ids of children and their children. */
export const descendants = (pid) =>
  children(pid).flatMap((child) => [...descendants(child), child]);

/** Waits until the process has a child for which `accept` holds, and returns its process id. */
export const childOf = (parent, accept = () => true) =>
  until(`a child of ${parent.pid}`, () => children(parent.pid).find(accept));
