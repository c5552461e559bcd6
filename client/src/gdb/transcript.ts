import type { Exchange } from "./answer";
import type { Target } from "./target";

const PROMPT = "(gdb) ";

/**
 * What is put behind the end of a text so that the exchanges stand there as in a session. A prompt that waits at the end
 * is used, and one is left for the next command.
 */
export function transcript(text: string, target: Target, exchanges: readonly Exchange[]): string {
  const lastLine = text.slice(text.lastIndexOf("\n") + 1);
  const separator = separatorFor(text, target);
  const isOpen = /^\(gdb\) ?$/.test(lastLine) && separator === "";
  const start = isOpen
    ? PROMPT.slice(lastLine.length)
    : `${lineEnd(lastLine)}${separator}${PROMPT}`;
  const told = exchanges.map(({ command, answer }) => `${command}\n${closed(answer)}${PROMPT}`);
  return start + told.join("");
}

const lineEnd = (lastLine: string): string => (lastLine === "" ? "" : "\n");

const closed = (answer: string): string => {
  const whole = answer.replaceAll("\r", "").trimEnd();
  return whole === "" ? "" : `${whole}\n`;
};

/** In a text about several processes the answer would belong to the last one: it says whose it is. */
function separatorFor(text: string, target: Target): string {
  const last = text.slice(text.lastIndexOf("\n=== pid ") + 1);
  const pid = /^=== pid (\d{1,10}) ===/.exec(last)?.[1];
  if (target.kind !== "process" || pid === undefined || Number(pid) === target.pid) return "";
  return `\n=== pid ${target.pid} ===\n`;
}
