const UNITS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** How a duration is written: `30 seconds`, `1 hour`. */
export const DURATION = /^(\d{1,6}) (second|minute|hour|day)s?$/;

/** `10 minutes` in milliseconds; throws for anything that is not a duration. */
export function milliseconds(duration: string): number {
  const [, count, unit] = DURATION.exec(duration) ?? [];
  if (count === undefined || unit === undefined) throw new Error(`"${duration}" is no duration`);
  return Number(count) * (UNITS[unit] as number);
}
