import { CHUNK } from "../files/input";
import { NEWLINE, RETURN } from "../read/chars";

/** So many bytes are read by one thread. */
const PORTION = 2 * CHUNK;

/** So many in front of them it reads first, to find out where the block in front of its own ends. */
const RUN_UP = CHUNK >> 2;

/** A stretch of a long text, with the end of the one before it. */
export interface Portion {
  readonly bytes: Uint8Array;
  /** How many of the bytes are the run-up, which begins with a line. One or none: no line ends where it would begin. */
  readonly runUp: number;
  /** The line of the text with which the run-up begins. */
  readonly line: number;
  readonly isLast: boolean;
}

/** Cuts the bytes of a text, which come in chunks, into portions that begin at the same places as chunks. */
export async function* portionsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Portion> {
  let held: Uint8Array[] = [];
  let length = 0;
  let before = new Uint8Array();
  let line = 0;
  const portion = (isLast: boolean): Portion => {
    const bytes = Buffer.concat([before, ...held]);
    const made = { bytes, runUp: before.length, line, isLast };
    const from = lineStart(bytes, bytes.length - RUN_UP);
    line += lineBreaks(bytes, from);
    before = bytes.subarray(from);
    held = [];
    length = 0;
    return made;
  };
  for await (const chunk of chunks) {
    if (length === PORTION) yield portion(false);
    held.push(chunk);
    length += chunk.length;
  }
  yield portion(true);
}

/** The start of the first line behind a place: the end where none begins there, but never within a line break. */
function lineStart(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, Math.max(0, from));
  if (end >= 0) return end + 1;
  return bytes[bytes.length - 1] === RETURN ? bytes.length - 1 : bytes.length;
}

/** The lines that end in front of a place. */
function lineBreaks(bytes: Uint8Array, to: number): number {
  const before = bytes.subarray(0, to);
  let count = 0;
  for (let at = before.indexOf(NEWLINE); at >= 0; at = before.indexOf(NEWLINE, at + 1)) count++;
  for (let at = before.indexOf(RETURN); at >= 0; at = before.indexOf(RETURN, at + 1))
    if (before[at + 1] !== NEWLINE) count++;
  return count;
}
