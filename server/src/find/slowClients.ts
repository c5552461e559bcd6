import type { LogRecord } from "../read/model";
import { plural } from "../words/plural";
import type { Finder, Finding } from "./finding";
import { isoOf, secondsOf } from "./logs/clock";
import { allLogs, type Log, recordEvidence } from "./logs/logs";

/** Clients that took their answer too slowly, or sent their request so. */
const TIMEOUTS = ["write-timeout", "timeout"];
/** Clients that went away or did not understand each other with the server. */
const NOISE = ["ssl-noise", "connection-noise", "request-body-failed"];

/** Apache writes this of every connection, also of those that do not break. */
const ESTABLISHED = "AH01964";

/** As many of a list's numbers are among the values. */
const MOST_LISTED = 100;

/**
 * `slow-clients`: entries that the clients of a server cause, and no backend. Values: `timeouts`, `noise` (connections
 * that broke, handshakes that failed), `bytes` (written before each timeout), `idleSeconds` (how long the server
 * waited, where all say the same), `lastProgress` (when something was last written: the timeout less the wait).
 */
export const slowClients: Finder = (sources) => allLogs(sources).flatMap(slowClientsOf);

function slowClientsOf(log: Log): Finding[] {
  const timeouts = log.records.filter(({ kind }) => TIMEOUTS.includes(kind));
  const noise = log.records.filter(
    ({ kind, code }) => NOISE.includes(kind) && code !== ESTABLISHED,
  );
  if (timeouts.length + noise.length === 0) return [];
  const waits = new Set(timeouts.flatMap(({ fields }) => numberOf(fields.seconds)));
  const [wait = null] = waits;
  return [
    {
      kind: "slow-clients",
      summary: summaryOf(timeouts.length, noise.length),
      values: {
        timeouts: timeouts.length,
        noise: noise.length,
        bytes: timeouts.flatMap(({ fields }) => numberOf(fields.bytes)).slice(0, MOST_LISTED),
        idleSeconds: waits.size === 1 ? wait : null,
        lastProgress: timeouts.flatMap(lastProgress).slice(0, MOST_LISTED),
      },
      evidence: recordEvidence(log.source, [...timeouts, ...noise], says),
    },
  ];
}

const numberOf = (value: unknown): number[] => (typeof value === "number" ? [value] : []);

const says = ({ kind }: LogRecord): string =>
  TIMEOUTS.includes(kind)
    ? "the server gave up waiting for the client"
    : "a client's connection broke; no backend has to do with it";

function lastProgress({ time, fields }: LogRecord): string[] {
  // In the zone of the entry, whichever that is.
  const seconds = secondsOf(time?.slice(0, 19) ?? null);
  if (seconds === null || typeof fields.seconds !== "number") return [];
  const progress = isoOf(seconds - fields.seconds);
  return progress === null ? [] : [progress];
}

function summaryOf(timeouts: number, noise: number): string {
  const parts = [
    ...(timeouts > 0 ? [`${plural(timeouts, "request")} given up because of slow clients`] : []),
    ...(noise > 0
      ? [`${plural(noise, ["entry", "entries"])} about broken connections of clients`]
      : []),
  ];
  const text = parts.join(" and ");
  return `${text}: apart from any failure of a backend`;
}
