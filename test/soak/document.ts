import { apacheLog, cleanFleet, kernelLog } from "../bench/texts";

/** A ticket of about so many characters: a server's log, the kernel's messages, and the backtraces of a fleet. */
export function mixedText(size: number): string {
  const parts = ["What the servers said:\n", apacheLog(0.3 * size), kernelLog(0.2 * size)];
  return [...parts, cleanFleet(0.5 * size)].join("\n");
}
