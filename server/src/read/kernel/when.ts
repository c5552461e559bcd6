import { isoTime, monthNumber } from "../calendar";
import { BLANK, CLOSE_BRACKET, isDigit, OPEN_BRACKET, skipDigits } from "../chars";
import type { Problem } from "../model";

/** What a stamp says: when, how grave, and on whose behalf. */
export interface When {
  /** ISO 8601, with a zone only where the text gives one. */
  readonly time: string | null;
  /** Seconds since boot. */
  readonly uptime: number | null;
  readonly severity: string | null;
  /** `T298` (a thread) or `C0` (a processor in an interrupt). */
  readonly caller: string | null;
}

const SEMICOLON = 59;
const DOT = 46;

const LEVELS = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

/** dmesg -x shortens one of the syslog names. */
const LONG_NAMES: Readonly<Record<string, string>> = { warn: "warning" };

/** Reads the stamp that stands at `from .. to`; a date that no calendar has goes to `problems`. */
export function readStamp(text: string, from: number, to: number, problems: Problem[]): When {
  if (isPlainStamp(text, from, to)) {
    const uptime = Number(text.slice(from + 1, text.indexOf("]", from)));
    return { time: null, uptime, severity: null, caller: null };
  }
  const stamp = text.slice(from, to);
  const time = isoStamp(stamp) ?? calendarStamp(stamp);
  if (time === IMPOSSIBLE) {
    const message = "No calendar has this date.";
    problems.push({ code: "impossible-date", message, span: { from, to } });
  }
  return {
    time: time === IMPOSSIBLE ? null : time,
    uptime: uptime(stamp),
    severity: severity(stamp),
    caller: callerOf(text, from, to),
  };
}

/** The caller at the end of a stamp, `[  T298] ` or `,caller=T298;`, or null. */
export function callerOf(text: string, from: number, to: number): string | null {
  let end = to;
  while (end > from && isClosing(text.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > from && isDigit(text.charCodeAt(start - 1))) start--;
  const letter = text.charAt(start - 1);
  const isCaller = start < end && start > from && (letter === "T" || letter === "C");
  return isCaller ? text.slice(start - 1, end) : null;
}

const isClosing = (code: number): boolean =>
  code === BLANK || code === CLOSE_BRACKET || code === SEMICOLON;

const IMPOSSIBLE = "impossible";

/** `2026-11-20T21:29:54,643414+00:00` */
function isoStamp(stamp: string): string | null {
  const found = /(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d),(\d{6}[+-]\d\d:\d\d)/.exec(stamp);
  if (!found) return null;
  const [, year, month, day, clock, rest] = found;
  return isoTime(Number(year), Number(month), Number(day), `${clock}.${rest}`) ?? IMPOSSIBLE;
}

/** `[Fri Nov 20 21:29:54 2026]` */
function calendarStamp(stamp: string): string | null {
  const found = /\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d) (\d{4})\]/.exec(stamp);
  if (!found) return null;
  const [, month = "", day, clock = "", year] = found;
  return isoTime(Number(year), monthNumber(month), Number(day), clock) ?? IMPOSSIBLE;
}

/** Is it `[ 4969.643414] ` and nothing else? Then it tells the seconds since boot, and nothing can be wrong with it. */
export function isPlainStamp(text: string, from: number, to: number): boolean {
  let start = from + 1;
  while (text.charCodeAt(start) === BLANK) start++;
  const dot = skipDigits(text, start, to);
  const end = skipDigits(text, dot + 1, to);
  const isNumber = dot > start && dot - start <= 12 && text.charCodeAt(dot) === DOT;
  const isFraction = end - dot > 3 && end - dot <= 10 && text.charCodeAt(end) === CLOSE_BRACKET;
  const isAlone = end + 1 === to || (end + 2 === to && text.charCodeAt(end + 1) === BLANK);
  return text.charCodeAt(from) === OPEN_BRACKET && isNumber && isFraction && isAlone;
}

function uptime(stamp: string): number | null {
  const seconds = /\[ *(\d{1,12}\.\d{3,9})(?:\]| <)/.exec(stamp);
  if (seconds) return Number(seconds[1]);
  const kmsg = /^\d{1,3},\d+,(\d{1,15}),/.exec(stamp);
  return kmsg && Number(kmsg[1]) / 1e6;
}

function severity(stamp: string): string | null {
  const name = /^kern *:([a-z]+) *:/.exec(stamp)?.[1];
  if (name !== undefined) return LONG_NAMES[name] ?? name;
  const priority = /^<(\d{1,3})>|^(\d{1,3}),\d+,/.exec(stamp);
  return priority && (LEVELS[Number(priority[1] ?? priority[2]) & 7] as string);
}
