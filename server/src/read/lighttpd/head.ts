import { clockNumber, dayNumber, twoDigits } from "../calendar";
import {
  BLANK,
  CLOSE_PAREN,
  COLON,
  codeTable,
  DASH,
  isDigit,
  OPEN_PAREN,
  skipBlanks,
  skipDigits,
} from "../chars";

/** Where everything in front of an entry's message stands in the text. */
export class Head {
  /** The time; -1 in syslog, which has its own. */
  timeFrom = -1;
  timeTo = -1;
  /** 0 where the calendar has no such moment. */
  day = 0;
  /** What wrote the entry: `mod_fastcgi.c.2396`. The file is as the build names it, mostly without a folder. */
  writerFrom = -1;
  writerTo = -1;
  messageFrom = -1;
}

const HEAD =
  /^[ \t]*(?:(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,9})?): )?\(([\w./+-]{1,200}\.(?:c|cc|cpp)\.\d{1,30})\) ?/;

/** Reads `2008-01-09 11:21:43: (mod_fastcgi.c.2396) ` of the line `from .. to`; false where no entry starts. */
export const scanHead = (text: string, from: number, to: number, head: Head): boolean =>
  scanPlainHead(text, from, to, head) || scanAnyHead(text, from, to, head);

const CLOCK = 11;
const DOT = 46;
const SLASH = 47;

/** The commonest form, told by the places of its signs; false for all others. */
function scanPlainHead(text: string, from: number, to: number, head: Head): boolean {
  if (text.charCodeAt(from + 4) !== DASH || text.charCodeAt(from + 10) !== BLANK) return false;
  const clockEnd = fractionEnd(text, from + CLOCK + 8);
  const open = clockEnd + 2;
  if (text.charCodeAt(clockEnd) !== COLON || text.charCodeAt(open) !== OPEN_PAREN) return false;
  if (text.charCodeAt(from + 7) !== DASH || text.charCodeAt(clockEnd + 1) !== BLANK) return false;
  const day = dayAt(text, from);
  if (day === 0 || clockNumber(text, from + CLOCK) < 0) return false;
  const close = writerEnd(text, open + 1);
  if (close < 0) return false;
  const hasBlank = close + 1 < to && text.charCodeAt(close + 1) === BLANK;
  head.timeFrom = from;
  head.timeTo = clockEnd;
  head.day = day;
  head.writerFrom = open + 1;
  head.writerTo = close;
  head.messageFrom = hasBlank ? close + 2 : close + 1;
  return true;
}

/** The number of the day `2008-01-09` at `at`; 0 for anything else. */
function dayAt(text: string, at: number): number {
  const [century, year] = [twoDigits(text, at), twoDigits(text, at + 2)];
  if (century < 0 || year < 0) return 0;
  return dayNumber(century * 100 + year, twoDigits(text, at + 5), twoDigits(text, at + 8));
}

/** The end of `.123456` at `at`; `at` itself where none stands. */
function fractionEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== DOT) return at;
  const end = skipDigits(text, at + 1, at + 11);
  return end > at + 1 && end <= at + 10 ? end : at;
}

function scanAnyHead(text: string, from: number, to: number, head: Head): boolean {
  const match = HEAD.exec(text.slice(from, to));
  if (!match) return false;
  const [whole, date, clock, writer] = match as unknown as string[];
  head.timeFrom = date === undefined ? -1 : from + skipBlanks(whole!, 0, whole!.length);
  head.timeTo = date === undefined ? -1 : head.timeFrom + CLOCK + clock!.length;
  head.day = date === undefined || clockNumber(clock!, 0) < 0 ? 0 : dayAt(date, 0);
  head.writerFrom = from + whole!.lastIndexOf("(") + 1;
  head.writerTo = head.writerFrom + writer!.length;
  head.messageFrom = from + whole!.length;
  return true;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const PATH_CODES = codeTable(`_./+-0123456789${LETTERS}${LETTERS.toUpperCase()}`);
const FILE_ENDS = [".c", ".cc", ".cpp"];
const MOST_NAME = 200;
const MOST_DIGITS = 30;

/** The end of the name of a source file with the number of a line that stands at `from`, or -1: `mod_fastcgi.c.2396)`. */
function writerEnd(text: string, from: number): number {
  let to = from;
  while (PATH_CODES[text.charCodeAt(to)] === 1) to++;
  let digits = to;
  while (digits > from && isDigit(text.charCodeAt(digits - 1))) digits--;
  const dot = digits - 1;
  const isNumbered = digits < to && to - digits <= MOST_DIGITS && text.charCodeAt(dot) === DOT;
  if (!isNumbered || text.charCodeAt(to) !== CLOSE_PAREN) return -1;
  const end = FILE_ENDS.find((name) => text.startsWith(name, dot - name.length));
  const nameLength = end === undefined ? 0 : dot - end.length - from;
  return nameLength > 0 && nameLength <= MOST_NAME ? to : -1;
}

/** What wrote an entry, `mod_fastcgi.c.2396`: the file and the digits of its line. */
export function writerParts(writer: string): { file: string; line: string } {
  const dot = writer.lastIndexOf(".");
  return { file: writer.slice(0, dot), line: writer.slice(dot + 1) };
}

/** An entry that breaks off inside its header: the log was cut while it was written. */
export const isCutHead = (line: string): boolean =>
  /^\d{4}-\d\d-\d\d(?: [\d:.]{0,20}(?: \([\w./+-]{0,200})?)?$/.test(line);

/** Where the base name of what wrote an entry stands, `mod_fastcgi` of `../../src/mod_fastcgi.c.2396` at `from .. to`. */
export function moduleSpan(text: string, from: number, to: number): [from: number, to: number] {
  const end = text.lastIndexOf(".", text.lastIndexOf(".", to - 1) - 1);
  let start = end;
  while (start > from && text.charCodeAt(start - 1) !== SLASH) start--;
  return [start, end];
}
