import { EnvelopedRecord } from "../../read/envelopedRecord";
import type { LogRecord } from "../../read/model";
import { ServerEntry } from "../../read/serverEntry";

/** A day in seconds. */
export const DAY = 86_400;

/**
 * Seconds of a record's time, to subtract from another's; null where there is none to compute with. Times without a
 * zone are taken as they stand: one log has one zone. A leap second counts as the one after it.
 */
export function secondsOf(time: string | null): number | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:)(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/.exec(
    time ?? "",
  );
  if (!match) return null;
  const [, minute, second, fraction = "0", zone = "Z"] = match;
  const start = startOf(`${minute}00${zone}`);
  return Number.isNaN(start) ? null : start + Number(`${second}.${fraction}`);
}

/** The same of a record, where it can be told without the text of its time. */
export function secondsOfRecord(record: LogRecord): number | null {
  const entry = record instanceof EnvelopedRecord ? record.record : record;
  if (!(entry instanceof ServerEntry) || entry.second < 0) return secondsOf(record.time);
  const seconds = entry.clockSeconds;
  if (seconds === null) return secondsOf(record.time);
  const start = startOfMinute(entry);
  return Number.isNaN(start) ? null : start + seconds;
}

let lastNumber = { minute: -1, seconds: Number.NaN };

function startOfMinute(entry: ServerEntry): number {
  const minute = Math.floor(entry.second / 100);
  if (lastNumber.minute !== minute) {
    const seconds = Date.parse(`${entry.time?.slice(0, 17)}00Z`) / 1000;
    lastNumber = { minute, seconds };
  }
  return lastNumber.seconds;
}

let lastMinute = { text: "", seconds: Number.NaN };

/** A log has many entries in a minute, and a date is costly to read. */
function startOf(minute: string): number {
  if (lastMinute.text !== minute) lastMinute = { text: minute, seconds: Date.parse(minute) / 1000 };
  return lastMinute.seconds;
}

/** `2008-01-09T13:05:15` of such seconds; null where the calendar of records has no such year. */
export function isoOf(seconds: number): string | null {
  const year = (seconds / DAY / 365.2425 + 1970) | 0;
  if (!Number.isFinite(seconds) || year < 1 || year > 9998) return null;
  return new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19);
}

/** `2019-03-14`: the day that such seconds fall on. */
export const dayOf = (seconds: number): string | null => isoOf(seconds)?.slice(0, 10) ?? null;

/** `13:05:15` of seconds since midnight. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds);
  return [whole / 3600, (whole / 60) % 60, whole % 60]
    .map((part) => String(Math.floor(part)).padStart(2, "0"))
    .join(":");
}

/** Seconds since midnight of `11:47`, the way ps tells when a process started today; null for anything else. */
export function secondsOfClock(clock: string | null): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(clock ?? "");
  if (!match) return null;
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
}

export function roundTo(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}

/** `1 second`, `6 seconds`, `7 minutes`: a stretch of time in words, as exact as it matters. */
export function inWords(seconds: number): string {
  const units = [
    [DAY, "day"],
    [3600, "hour"],
    [60, "minute"],
  ] as const;
  for (const [size, name] of units) {
    if (seconds >= 2 * size) return `${Math.round(seconds / size)} ${name}s`;
  }
  return `${roundTo(seconds, 1)} ${seconds === 1 ? "second" : "seconds"}`;
}

/** `once`, `3 times`. */
export const timesOf = (count: number): string => (count === 1 ? "once" : `${count} times`);
