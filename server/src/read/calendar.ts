const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** 1 for `Jan` to 12 for `Dec`; 0 for anything else. */
export function monthNumber(name: string): number {
  const at = MONTHS.indexOf(name);
  return name.length === 3 && at % 3 === 0 ? at / 3 + 1 : 0;
}

/** ISO 8601 of a day and a clock (`21:37:44.003`), or null where the calendar has no such moment. */
export function isoTime(year: number, month: number, day: number, clock: string): string | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (!isClock(clock)) return null;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const isLeapYear = (year: number): boolean =>
  year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** A minute may have a second 60: logs keep the leap seconds that they saw. */
const isClock = (clock: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)/.test(clock);

const pad = (number: number, width: number): string => String(number).padStart(width, "0");
