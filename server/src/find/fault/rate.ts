import type { Crash } from "./crash";

const DAY = 24 * 60 * 60;

/** The moments of crashes: as many as there are, told one by one. */
export class Moments {
  private count = 0;
  private known = 0;
  private first = Number.POSITIVE_INFINITY;
  private last = Number.NEGATIVE_INFINITY;

  /** Seconds; null for a crash of which they are not known. */
  add(moment: number | null): void {
    this.count++;
    if (moment === null) return;
    this.known++;
    this.first = Math.min(this.first, moment);
    this.last = Math.max(this.last, moment);
  }

  /** How many come a day at this rate, to one decimal; null where fewer than two have a time, or not all. */
  get perDay(): number | null {
    const lasted = this.last - this.first;
    if (this.known < 2 || this.known < this.count || lasted <= 0) return null;
    return Math.round(((this.known - 1) / lasted) * DAY * 10) / 10;
  }
}

/** Times without a zone are compared as they stand. */
export function secondsOfTime({ time }: Crash): number | null {
  if (time === null) return null;
  const milliseconds = Date.parse(/[Z+]|-\d\d:?\d\d$/.test(time.slice(19)) ? time : `${time}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}

/** `55 d 23:57:41` */
export function durationText(seconds: number): string {
  const whole = Math.floor(seconds);
  const clock = [Math.floor((whole % DAY) / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return `${Math.floor(whole / DAY)} d ${clock.map((part) => String(part).padStart(2, "0")).join(":")}`;
}
