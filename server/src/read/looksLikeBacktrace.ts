import type { FrameParts } from "./frame";
import { type LineKind, lineKind } from "./gdb/lineKind";
import { scanFrame } from "./gdb/scanFrame";
import { lineText, splitLines } from "./lines";

/** Lines that only gdb, or a script around it, prints near a stack; one frame beside them is proof enough. */
const SESSION: ReadonlySet<LineKind> = new Set([
  "thread",
  "separator",
  "banner",
  "attach",
  "core",
  "stop",
  "event",
  "current",
]);

/**
 * Does the beginning of a text hold a stack as gdb prints it? For texts whose name does not tell: two frames that
 * follow each other, or one in a session. A list of numbered issues, a PHP or a sanitizer trace is none.
 */
export function looksLikeBacktrace(head: string): boolean {
  const lines = splitLines(head);
  const frames = new Set<number>();
  let isSession = false;
  for (let i = 0; i < lines.count; i++) {
    const line = withoutQuote(lineText(lines, i));
    const number = frameNumber(line);
    if (number !== null) frames.add(number);
    else isSession ||= SESSION.has(lineKind(line, 0, line.length));
    if (number !== null && frames.has(number - 1)) return true;
    if (isSession && frames.size > 0) return true;
  }
  return false;
}

/** Mail and trackers quote with `> `. A log shipper's prefix ends where the frame's number begins. */
function withoutQuote(line: string): string {
  const frame = /(?:^|[\s:|])#\d/.exec(line);
  if (frame) return line.slice(line.indexOf("#", frame.index));
  return line.replace(/^[> ]+/, "");
}

/** The number of a frame that gdb printed, or null. */
function frameNumber(line: string): number | null {
  const frame = /^#\d/.test(line) ? scanFrame(line, 0, line.length) : null;
  if (frame === null || !frame.isCertain) return null;
  if (!frame.isSignalHandler && !isGdbCall(line, frame.parts)) return null;
  return Number(line.slice(frame.parts.numberFrom, frame.parts.numberTo));
}

/** gdb names its arguments and puts `at` or `from` behind them; a sanitizer does neither. */
function isGdbCall(line: string, { argumentsFrom, argumentsTo, to }: FrameParts): boolean {
  if (argumentsFrom < 0 || line.slice(to).trim() !== "") return false;
  const inside = line.slice(argumentsFrom, argumentsTo).trim();
  return inside === "" || inside === "..." || inside.includes("=");
}

/** A server's error log or the kernel's: how its lines begin. */
const LOG_LINES: readonly RegExp[] = [
  /^\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d [\d:.]{8,18} \d{4}\] \[(?:[\w-]{1,40}:)?[a-z]{4,6}\d?\] /,
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?: \([\w./-]{1,80}\.c\.\d{1,5}\) /,
];

/** What no other log has: a program's or the kernel's end. */
const KERNEL_CRASH =
  /\bsegfault at [0-9a-f]{1,16} [a-z]{2} [0-9a-f]{1,16} |\btraps: \S{1,40}\[\d{1,10}\] |\bBUG: (?:KASAN|unable to handle|soft lockup)|\b(?:Out of memory|Memory cgroup out of memory): Kill/;

/** As many lines of a server's log are no accident. */
const ENOUGH_LINES = 3;

/** Does the beginning of a text hold an error log of Apache or lighttpd, or a crash that the kernel reported? */
export function looksLikeServerLog(head: string): boolean {
  const lines = splitLines(head);
  let found = 0;
  for (let i = 0; i < lines.count; i++) {
    const line = lineText(lines, i).slice(0, 400);
    if (KERNEL_CRASH.test(line)) return true;
    if (LOG_LINES.some((pattern) => pattern.test(line)) && ++found >= ENOUGH_LINES) return true;
  }
  return false;
}
