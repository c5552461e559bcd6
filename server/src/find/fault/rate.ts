import type { Crash } from "./crash";

const DAY = 24 * 60 * 60;

/** How many crashes a day come at this rate, to one decimal; null where fewer than two have a time. */
export function perDay(crashes: readonly Crash[]): number | null {
  return rate(crashes.map(secondsOfTime)) ?? rate(crashes.map(({ uptime }) => uptime));
}

/** Times without a zone are compared as they stand. */
function secondsOfTime({ time }: Crash): number | null {
  if (time === null) return null;
  const milliseconds = Date.parse(/[Z+]|-\d\d:?\d\d$/.test(time.slice(19)) ? time : `${time}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}

function rate(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null).sort((a, b) => a - b);
  const lasted = (known[known.length - 1] ?? 0) - (known[0] ?? 0);
  if (known.length < 2 || known.length < moments.length || lasted <= 0) return null;
  return Math.round(((known.length - 1) / lasted) * DAY * 10) / 10;
}

/** `55 d 23:57:41` */
export function durationText(seconds: number): string {
  const whole = Math.floor(seconds);
  const clock = [Math.floor((whole % DAY) / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return `${Math.floor(whole / DAY)} d ${clock.map((part) => String(part).padStart(2, "0")).join(":")}`;
}
