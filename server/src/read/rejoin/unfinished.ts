import type { LineKind } from "../gdb/lineKind";
import { scanFrame } from "../gdb/scanFrame";

/** The end of a line decides; what lies further back than this is not looked at. */
const LOOKED_AT = 200;

/**
 * Is a line of the given kind, joined so far to `text`, still unfinished, so that `after` is more of it? Its brackets are
 * closed; `isFull` tells that the last piece has the full width.
 */
export function isUnfinished(
  kind: LineKind,
  text: string,
  after: string,
  isFull: boolean,
): boolean {
  const tail = text.slice(-LOOKED_AT);
  switch (kind) {
    case "frame":
    case "bare-frame":
      return isFrameUnfinished(text, after, isFull);
    case "row":
      return isRowUnfinished(text, after, isFull);
    case "prompt":
      return isAnswerUnfinished(text, after, isFull);
    case "core":
      return !/'\.?$/.test(tail);
    case "thread":
      return !tail.endsWith(":") && after.endsWith(":");
    case "attach":
      return !/\d$/.test(tail) && /process \d+$|^\d+$/.test(after.slice(-LOOKED_AT));
    case "stop":
      return /signal [A-Z0-9]{2,10}(?:,[ \w]*)?$/.test(tail) && /^[ \w]*\.$/.test(after);
    default:
      return false;
  }
}

/** A place behind complete arguments: `at apc.c:72`, `from /lib/libc.so.6`. */
const startsPlace = (after: string): boolean =>
  /^at(?:$| \S*[./:\\])/.test(after) || /^from(?:$| \S*[./])/.test(after);

function isFrameUnfinished(text: string, after: string, isFull: boolean): boolean {
  const frame = lastFrame(text);
  if (/ #\d*$/.test(frame)) return true;
  const scanned = scanFrame(frame, 0, frame.length);
  if (scanned === null || !scanned.isWhole) return true;
  const { parts } = scanned;
  if (scanned.isSignalHandler) return false;
  if (parts.fileFrom < 0 && parts.libraryFrom < 0) return startsPlace(after);
  if (!isFull) return false;
  return parts.fileFrom >= 0 ? /^\d+(?: #\d|$)/.test(after) : /^[\w./+-]+(?: #\d|$)/.test(after);
}

/** The last of the frames that were joined into one line. */
export function lastFrame(text: string): string {
  let at = text.lastIndexOf(" #");
  for (let tries = 0; at > 0 && tries < 4; tries++) {
    const scanned = scanFrame(text, at + 1, text.length);
    if (scanned && (scanned.isCertain || !scanned.isWhole)) return text.slice(at + 1);
    at = text.lastIndexOf(" #", at - 1);
  }
  return text;
}

/** A row of `info threads` ends in a frame without `#`. */
function isRowUnfinished(row: string, after: string, isFull: boolean): boolean {
  if (/warning: Unexpected size/.test(row)) return false;
  const frame = row.replace(
    /^\*?\s*[\d.]+\s+(?:Thread 0x[0-9a-f]+ )?\(?(?:LWP|process) \d+\)?(?: "[^"]*")?\s*/,
    "",
  );
  return frame !== "" && frame !== row && isFrameUnfinished(frame, after, isFull);
}

/** Over a pipe, an answer follows the prompt on its line. */
function isAnswerUnfinished(line: string, after: string, isFull: boolean): boolean {
  const output = line.replace(/^(?:\(gdb\) ?)+/, "");
  return output.startsWith("#") && isFrameUnfinished(output, after, isFull);
}
