import { isBlankLine, type Lines } from "./lines";

/** As many lines without a header can stand between two entries. */
const MOST_STRAYS = 40;

/** Lines looked at to see what kind of text it is. */
export const SAMPLE = 2000;

/** In a log this part of the lines starts an entry; in a story about one, less. */
const LOG_SHARE = 0.8;

/** Is the text a log as it was written, rather than an article or a mail that quotes from one? */
export function isWholeLog(lines: Lines, startsEntry: (line: number) => boolean): boolean {
  let entries = 0;
  let others = 0;
  for (let i = 0; i < Math.min(lines.count, SAMPLE); i++) {
    if (startsEntry(i)) entries++;
    else if (!isBlankLine(lines, i)) others++;
  }
  return entries > 0 && entries >= LOG_SHARE * (entries + others);
}

/** The line of the next entry if only strays stand before it, else `at`: text that nobody claims ends a log. */
export function afterStrays(
  lines: Lines,
  at: number,
  isStray: (line: number) => boolean,
  startsEntry: (line: number) => boolean,
): number {
  const last = Math.min(lines.count, at + MOST_STRAYS);
  for (let i = at; i < last; i++) {
    if (startsEntry(i)) return i;
    if (!isStray(i)) return at;
  }
  return at;
}

/** The first line behind the blank ones if an entry starts there, else `at`. */
export function afterBlanks(
  lines: Lines,
  at: number,
  startsEntry: (line: number) => boolean,
): number {
  let i = at;
  while (i < lines.count && isBlankLine(lines, i)) i++;
  return i > at && i < lines.count && startsEntry(i) ? i : at;
}

/** Does the line begin as those of another format do (gdb, a dated log, a kernel ring buffer, a shell)? */
export const isOfOtherFormat = (line: string): boolean =>
  /^(?:\[ *\d|\d{4}[-/]\d\d|<\d|#\d|\(gdb\)|={3} |Thread \d|[$#>] )/.test(line);
