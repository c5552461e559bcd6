import type { LogRecord } from "../read/model";
import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import { type Finder, type Finding, MOST_EVIDENCE } from "./finding";
import { isoOf, secondsOf } from "./logs/clock";
import { allLogs, type Log, recordEvidence } from "./logs/logs";
import { Pace } from "./pace";

/** Clients that took their answer too slowly, or sent their request so. */
const TIMEOUTS: ReadonlySet<string> = new Set(["write-timeout", "timeout"]);
/** Clients that went away or did not understand each other with the server. */
const NOISE: ReadonlySet<string> = new Set([
  "ssl-noise",
  "connection-noise",
  "request-body-failed",
]);

/** Apache writes this of every connection, also of those that do not break. */
const ESTABLISHED = "AH01964";

/** As many of a list's numbers are among the values. */
const MOST_LISTED = 100;

/**
 * `slow-clients`: entries that the clients of a server cause, and no backend. Values: `timeouts`, `noise` (connections
 * that broke, handshakes that failed), `bytes` (written before each timeout), `idleSeconds` (how long the server
 * waited, where all say the same), `lastProgress` (when something was last written: the timeout less the wait).
 */
export const slowClients: Finder = function* (sources) {
  let findings: Finding[] = [];
  for (const log of allLogs(sources)) findings = findings.concat(yield* slowClientsOf(log));
  return findings;
};

function* slowClientsOf(log: Log): Steps<Finding[]> {
  const timeouts = [...log.at(yield* log.inText(TIMEOUTS))];
  const noise = yield* noiseIn(log);
  if (timeouts.length + noise.length === 0) return [];
  const waits = new Set<number>();
  const pace = new Pace();
  for (const { fields } of timeouts) {
    for (const seconds of numberOf(fields.seconds)) waits.add(seconds);
    if (pace.isDone()) yield;
  }
  const [wait = null] = waits;
  return [
    {
      kind: "slow-clients",
      summary: summaryOf(timeouts.length, noise.length),
      values: {
        timeouts: timeouts.length,
        noise: noise.length,
        bytes: firstOf(timeouts, ({ fields }) => numberOf(fields.bytes)),
        idleSeconds: waits.size === 1 ? wait : null,
        lastProgress: firstOf(timeouts, lastProgress),
      },
      evidence: recordEvidence(
        log.source,
        [timeouts, noise].flatMap((records) => records.slice(0, MOST_EVIDENCE)),
        says,
      ),
    },
  ];
}

function* noiseIn(log: Log): Steps<LogRecord[]> {
  const noise: LogRecord[] = [];
  const pace = new Pace();
  for (const at of yield* log.inText(NOISE)) {
    const record = log.records[at] as LogRecord;
    if (record.code !== ESTABLISHED) noise.push(record);
    if (pace.isDone()) yield;
  }
  return noise;
}

/** The first that they say, as many as are listed. */
function firstOf<T>(records: readonly LogRecord[], of: (record: LogRecord) => T[]): T[] {
  const found: T[] = [];
  for (const record of records) {
    if (found.length >= MOST_LISTED) break;
    found.push(...of(record));
  }
  return found;
}

const numberOf = (value: unknown): number[] => (typeof value === "number" ? [value] : []);

const says = ({ kind }: LogRecord): string =>
  TIMEOUTS.has(kind)
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
