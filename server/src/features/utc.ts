/**
 * The moment of a log's time in UTC, `2010-11-22 19:04:31 UTC`. A time with a zone of its own needs no other; one
 * without is of `zone`, a name such as `Europe/Berlin` or an offset such as `+01:00`. Null where no zone is known.
 */
export function inUtc(time: string, zone: string): string | null {
  const local = Date.parse(`${time.slice(0, 19)}Z`);
  const rest = time.slice(19).replace(/^[.,]\d+/, "");
  const offset = rest === "" ? zoneOffset(zone, local) : zoneOffset(rest, local);
  if (Number.isNaN(local) || offset === null) return null;
  return `${new Date(local - offset).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

const MINUTE = 60_000;

/** Milliseconds that clocks of the zone are ahead of UTC when they show `local`, or null for no zone. */
function zoneOffset(zone: string, local: number): number | null {
  if (zone === "Z") return 0;
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    return (offset[1] === "-" ? -minutes : minutes) * MINUTE;
  }
  const format = clockOf(zone);
  if (format === null || Number.isNaN(local)) return null;
  // Taken for UTC, the local time is off by no more than a day; asking twice settles changes of summer time.
  const guess = shown(format, local) - local;
  return shown(format, local - guess) - (local - guess);
}

function clockOf(zone: string): Intl.DateTimeFormat | null {
  if (!/^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+){0,4}$/.test(zone)) return null;
  try {
    return new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      dateStyle: "short",
      timeStyle: "medium",
    });
  } catch {
    return null;
  }
}

/** What a clock of the zone shows at the moment, as if it were UTC. */
const shown = (format: Intl.DateTimeFormat, moment: number): number =>
  Date.parse(`${format.format(moment).replace(" ", "T")}Z`);
