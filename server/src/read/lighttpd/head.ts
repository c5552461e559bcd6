import { isoTime, twoDigits } from "../calendar";
import { BLANK, CLOSE_PAREN, COLON, DASH, OPEN_PAREN, skipBlanks, skipDigits } from "../chars";
import { type Lines, lineText } from "../lines";
import { safe } from "../messageKinds";
import type { LogRecord } from "../model";
import type { Recurring } from "../recurring";
import type { Span } from "../span";

/** What wrote an entry: `mod_fastcgi.c.2396`. */
export interface Writer {
  readonly module: string;
  /** Null where its line is too large a number. The file is as the build names it, mostly without a folder. */
  readonly source: LogRecord["source"];
}

/** Everything in front of an entry's message. Offsets are in the line. */
export interface Head {
  /** The time as it is written; null in syslog, which has its own. */
  readonly stamp: Span | null;
  /** ISO 8601, or null where the calendar has no such moment. */
  readonly time: string | null;
  readonly writer: Writer;
  readonly messageFrom: number;
}

/** The writers of a text's entries; null for what is none. */
export type Writers = Recurring<Writer | null>;

const HEAD =
  /^[ \t]*(?:(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,9})?): )?\(([\w./+-]{1,200}\.(?:c|cc|cpp)\.\d{1,30})\) ?/;

/** Reads `2008-01-09 11:21:43: (mod_fastcgi.c.2396) `; null where no entry starts. */
export function scanHead(lines: Lines, i: number, writers: Writers): Head | null {
  const { text, starts, ends } = lines;
  const head = plainHead(text, starts[i] as number, ends[i] as number, writers);
  return head ?? anyHead(lineText(lines, i), writers);
}

const CLOCK = 11;
const DOT = 46;

/** As much as the name and the number of the longest writer. */
const LONGEST_WRITER = 236;

/** The commonest form, told by the places of its signs; null for all others. */
function plainHead(text: string, from: number, to: number, writers: Writers): Head | null {
  if (text.charCodeAt(from + 4) !== DASH || text.charCodeAt(from + 10) !== BLANK) return null;
  const clockEnd = fractionEnd(text, from + CLOCK + 8);
  const open = clockEnd + 2;
  if (text.charCodeAt(clockEnd) !== COLON || text.charCodeAt(open) !== OPEN_PAREN) return null;
  const year = twoDigits(text, from) * 100 + twoDigits(text, from + 2);
  const month = text.charCodeAt(from + 7) === DASH ? twoDigits(text, from + 5) : -1;
  const day = twoDigits(text, from + 8);
  if (year < 100 || month < 0 || day < 0 || text.charCodeAt(clockEnd + 1) !== BLANK) return null;
  const time = isoTime(year, month, day, text.slice(from + CLOCK, clockEnd));
  const close = closingParenthesis(text, open + 1, to);
  const writer = time === null || close < 0 ? null : writers.get(text.slice(open + 1, close));
  if (writer === null) return null;
  const behind = close + 1 < to && text.charCodeAt(close + 1) === BLANK ? close + 2 : close + 1;
  return { stamp: { from: 0, to: clockEnd - from }, time, writer, messageFrom: behind - from };
}

/** The end of `.123456` at `at`; `at` itself where none stands. */
function fractionEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== DOT) return at;
  const end = skipDigits(text, at + 1, at + 11);
  return end > at + 1 && end <= at + 10 ? end : at;
}

function closingParenthesis(text: string, from: number, to: number): number {
  const last = Math.min(to, from + LONGEST_WRITER);
  for (let at = from; at < last; at++) if (text.charCodeAt(at) === CLOSE_PAREN) return at;
  return -1;
}

function anyHead(line: string, writers: Writers): Head | null {
  const match = HEAD.exec(line);
  if (!match) return null;
  const [head, year, month, day, clock, place] = match as unknown as string[];
  const writer = writers.get(place!);
  if (writer === null) return null;
  const start = skipBlanks(head!, 0, head!.length);
  return {
    stamp: clock ? { from: start, to: head!.indexOf(": (") } : null,
    time: clock ? isoTime(Number(year), Number(month), Number(day), clock) : null,
    writer,
    messageFrom: head!.length,
  };
}

const WRITER = /^([\w./+-]{1,200}\.(?:c|cc|cpp))\.(\d{1,30})$/;

/** The writer whose file and line are printed so, or null. */
export function writerOf(printed: string): Writer | null {
  const match = WRITER.exec(printed);
  if (!match) return null;
  const file = match[1] as string;
  const line = safe(match[2] as string);
  return { module: moduleOf(file), source: line === null ? null : { file, line } };
}

/** An entry that breaks off inside its header: the log was cut while it was written. */
export const isCutHead = (line: string): boolean =>
  /^\d{4}-\d\d-\d\d(?: [\d:.]{0,20}(?: \([\w./+-]{0,200})?)?$/.test(line);

/** `mod_fastcgi` of `../../src/mod_fastcgi.c`. */
const moduleOf = (file: string): string =>
  file.slice(file.lastIndexOf("/") + 1, file.lastIndexOf("."));
