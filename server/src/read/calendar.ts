import { COLON, DIGIT_0, isDigit } from "./chars";

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** 1 for `Jan` to 12 for `Dec`; 0 for anything else. */
export function monthNumber(name: string): number {
  const at = MONTHS.indexOf(name);
  return name.length === 3 && at % 3 === 0 ? at / 3 + 1 : 0;
}

/** ISO 8601 of a day and a clock (`21:37:44.003`), or null where the calendar has no such moment. */
export function isoTime(year: number, month: number, day: number, clock: string): string | null {
  if (year !== last.year || month !== last.month || day !== last.day)
    last = { year, month, day, text: isoDay(year, month, day), clock: "", time: "" };
  if (last.text === null || !isClock(clock)) return null;
  if (clock.length !== 8) return last.text + clock;
  // The entries of one second share their time.
  if (clock !== last.clock) last = { ...last, clock, time: last.text + clock };
  return last.time;
}

/** The day last asked for: the entries of a log have few. */
let last = { year: 0, month: 0, day: 0, text: null as string | null, clock: "", time: "" };

function isoDay(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const isLeapYear = (year: number): boolean =>
  year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** A minute may have a second 60: logs keep the leap seconds that they saw. */
function isClock(clock: string): boolean {
  const hour = twoDigits(clock, 0);
  const minute = twoDigits(clock, 3);
  const second = twoDigits(clock, 6);
  const isInRange = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0;
  return isInRange && second <= 60 && isColon(clock, 2) && isColon(clock, 5);
}

const isColon = (text: string, at: number): boolean => text.charCodeAt(at) === COLON;

/** The number of the two digits at `at`, or -1. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - DIGIT_0) * 10 + ones - DIGIT_0 : -1;
}

const pad = (number: number, width: number): string => String(number).padStart(width, "0");
