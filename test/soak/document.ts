import { apacheLog, cleanFleet, kernelLog } from "../bench/texts";

/** A ticket of at least so many characters: a fleet's backtraces, a server's log, the kernel's messages, and again. */
export function mixedText(size: number): string {
  const one = ["What the servers said:\n", cleanFleet(0), apacheLog(0), kernelLog(0)].join("\n");
  return Buffer.from(`${one}\n`.repeat(Math.ceil(size / one.length))).toString("utf8");
}
