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
