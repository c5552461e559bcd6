import { clockNumber, dayNumber, isDayAt, monthAt, monthNumber, twoDigits } from "../calendar";
import { BLANK, CLOSE_BRACKET, skipDigits } from "../chars";

/** How the time is written. The style tells how sure one can be that Apache wrote it. */
export type TimeStyle = "ctime" | "iso";

/** What stands in an entry's first brackets. */
export interface BracketTime {
  readonly style: TimeStyle;
  /** The number of the day; 0 where the calendar has no such moment. */
  readonly day: number;
}

const CTIME =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d(?:\.\d{1,9})?) (\d{4})$/;

/** `%{cu}t` and `%{cuz}t` of an ErrorLogFormat. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?: ?(?:Z|[+-]\d\d:?\d\d))?$/;

/** In both styles, so far behind the start. */
const CLOCK = 11;
const SECONDS = CLOCK + 8;

const DOT = 46;
const MOST_FRACTION = 9;

/**
 * Takes the commonest form, told by the places of its signs: puts its day into `into` and returns where its bracket
 * closes. -1 for all others.
 */
export function takePlainTime(text: string, from: number, into: { day: number }): number {
  if (text.charCodeAt(from + 3) !== BLANK || text.charCodeAt(from + 7) !== BLANK) return -1;
  const end = fractionEnd(text, from + SECONDS);
  const close = end + 5;
  const isClosed = text.charCodeAt(end) === BLANK && text.charCodeAt(close) === CLOSE_BRACKET;
  if (!isClosed || text.charCodeAt(from + 10) !== BLANK) return -1;
  if (!isDayAt(text, from) || clockNumber(text, from + CLOCK) < 0) return -1;
  const [century, year] = [twoDigits(text, end + 1), twoDigits(text, end + 3)];
  const day = twoDigits(text, from + 8);
  if (century < 0 || year < 0 || day < 0) return -1;
  into.day = dayNumber(century * 100 + year, monthAt(text, from + 4), day);
  return into.day > 0 ? close : -1;
}

/** The end of `.639533` at `at`; `at` itself where no such thing stands. */
function fractionEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== DOT) return at;
  const end = skipDigits(text, at + 1, at + 2 + MOST_FRACTION);
  return end > at + 1 && end < at + 2 + MOST_FRACTION ? end : at;
}

/** `Fri Nov 20 21:37:44.639533 2026` or `2026-11-20 21:37:44.639533`; null for anything else. */
export function bracketTime(text: string): BracketTime | null {
  const ctime = CTIME.exec(text);
  if (ctime) {
    const [, month, day, clock, year] = ctime as unknown as string[];
    return { style: "ctime", day: dayOf(year!, monthNumber(month!), day!, clock!) };
  }
  const iso = ISO.exec(text);
  if (!iso) return null;
  const [, year, month, day, clock] = iso as unknown as string[];
  return { style: "iso", day: dayOf(year!, Number(month), day!, clock!) };
}

const dayOf = (year: string, month: number, day: string, clock: string): number =>
  clockNumber(clock, 0) < 0 ? 0 : dayNumber(Number(year), month, Number(day));
