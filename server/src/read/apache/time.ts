import { isoTime, monthNumber, twoDigits } from "../calendar";
import { BLANK, skipDigits } from "../chars";

/** What stands in an entry's first brackets. The style tells how sure one can be that Apache wrote it. */
export interface BracketTime {
  readonly style: "ctime" | "iso";
  /** ISO 8601, or null where the calendar has no such moment. */
  readonly time: string | null;
}

const CTIME =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d(?:\.\d{1,9})?) (\d{4})$/;

/** `%{cu}t` and `%{cuz}t` of an ErrorLogFormat. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?: ?(Z|[+-]\d\d:?\d\d))?$/;

/** `Fri Nov 20 21:37:44.639533 2026` or `2026-11-20 21:37:44.639533`; null for anything else. */
export function bracketTime(text: string): BracketTime | null {
  return plainTime(text) ?? anyTime(text);
}

/** The commonest form, told by the places of its signs; null for all others. */
function plainTime(text: string): BracketTime | null {
  const { length } = text;
  if (length < 24 || length > 34 || !DAYS.has(text.slice(0, 4))) return null;
  const month = text.charCodeAt(7) === BLANK ? monthNumber(text.slice(4, 7)) : 0;
  const day = twoDigits(text, 8);
  const year = twoDigits(text, length - 4) * 100 + twoDigits(text, length - 2);
  const isSigned = text.charCodeAt(10) === BLANK && text.charCodeAt(length - 5) === BLANK;
  if (month === 0 || day < 0 || year < 100 || !isSigned) return null;
  const isFraction = text.charCodeAt(19) === DOT && skipDigits(text, 20, length) === length - 5;
  if (length === 24 || (isFraction && length > 25)) {
    const time = isoTime(year, month, day, text.slice(11, length - 5));
    return time === null ? null : { style: "ctime", time };
  }
  return null;
}

const DOT = 46;
const DAYS: ReadonlySet<string> = new Set(
  ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((day) => `${day} `),
);

function anyTime(text: string): BracketTime | null {
  const ctime = CTIME.exec(text);
  if (ctime) {
    const [, month, day, clock, year] = ctime as unknown as string[];
    const time = isoTime(Number(year), monthNumber(month!), Number(day), clock!);
    return { style: "ctime", time };
  }
  const iso = ISO.exec(text);
  if (!iso) return null;
  const [, year, month, day, clock, zone] = iso as unknown as string[];
  const time = isoTime(Number(year), Number(month), Number(day), clock!);
  return { style: "iso", time: time === null ? null : time + (zone ?? "") };
}
