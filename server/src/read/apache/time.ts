import { isoTime, monthNumber } from "../calendar";

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
