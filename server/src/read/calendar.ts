import { COLON, DIGIT_0, isDigit } from "./chars";

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const DAYS = "MonTueWedThuFriSatSun";

/** 1 for `Jan` to 12 for `Dec`; 0 for anything else. */
export function monthNumber(name: string): number {
  const at = MONTHS.indexOf(name);
  return name.length === 3 && at % 3 === 0 ? at / 3 + 1 : 0;
}

/** The same for the three letters at `at`. */
export const monthAt = (text: string, at: number): number => threeLetterName(MONTHS, text, at);

/** Do the three letters at `at` name a day of the week? */
export const isDayAt = (text: string, at: number): boolean => threeLetterName(DAYS, text, at) > 0;

/** The number of the name, counted from 1, or 0. */
function threeLetterName(names: string, text: string, at: number): number {
  const first = text.charCodeAt(at);
  for (let i = 0; i < names.length; i += 3) {
    const isSame =
      names.charCodeAt(i) === first && names.charCodeAt(i + 1) === text.charCodeAt(at + 1);
    if (isSame && names.charCodeAt(i + 2) === text.charCodeAt(at + 2)) return i / 3 + 1;
  }
  return 0;
}

/** `20261120`; 0 where the calendar has no such day. */
export function dayNumber(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return 0;
  return year * 10_000 + month * 100 + day;
}

/** `213744` for `21:37:44` at `at`; -1 where no clock shows that. */
export function clockNumber(text: string, at: number): number {
  const hour = twoDigits(text, at);
  const minute = twoDigits(text, at + 3);
  const second = twoDigits(text, at + 6);
  const isInRange = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0;
  // A minute may have a second 60: logs keep the leap seconds that they saw.
  const isClock = isInRange && second <= 60 && isColon(text, at + 2) && isColon(text, at + 5);
  return isClock ? hour * 10_000 + minute * 100 + second : -1;
}

/** `2026-11-20T` of the day `20261120`. */
export function dayText(day: number): string {
  if (day !== lastDay.day) lastDay = { day, text: isoDay(day) };
  return lastDay.text;
}

/** The day last asked for: the entries of a log have few. */
let lastDay = { day: 0, text: "" };

function isoDay(day: number): string {
  const year = Math.floor(day / 10_000);
  return `${pad(year, 4)}-${pad(Math.floor(day / 100) % 100, 2)}-${pad(day % 100, 2)}T`;
}

/** ISO 8601 of a day and a clock (`21:37:44.003`), or null where the calendar has no such moment. */
export function isoTime(year: number, month: number, day: number, clock: string): string | null {
  const number = dayNumber(year, month, day);
  return number === 0 || clockNumber(clock, 0) < 0 ? null : dayText(number) + clock;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const isLeapYear = (year: number): boolean =>
  year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const isColon = (text: string, at: number): boolean => text.charCodeAt(at) === COLON;

/** The number of the two digits at `at`, or -1. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - DIGIT_0) * 10 + ones - DIGIT_0 : -1;
}

const pad = (number: number, width: number): string => String(number).padStart(width, "0");
