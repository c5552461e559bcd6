import type { LogRecord } from "../read/model";
import type { Steps } from "../read/steps";
import { printable, shorten } from "../words/printable";
import { type Finder, type Finding, MOST_EVIDENCE } from "./finding";
import { inWords, roundTo, timesOf } from "./logs/clock";
import { allLogs, type Log, recordEvidence, timeRange } from "./logs/logs";
import { Pace } from "./pace";
import { sorted } from "./sorted";

/** What an entry says of the backend that it names. */
const SAYS: Readonly<Record<string, string>> = {
  "backend-eof": "the backend closed the connection in the middle of a request",
  "backend-no-response": "a request was sent and never answered",
  "backend-broke-off": "the backend broke its answer off",
  "backend-connect-failed": "the connection was refused or failed",
  "proxy-connect-failed": "the connection was refused or failed",
  "backend-timeout": "the backend did not answer in time",
  "backend-disabled": "the server stops asking this backend for a while",
  "backend-re-enabled": "a timer ran out: the server will try again, nothing was tested",
};

/**
 * `backend-outage`: what one log says of one backend's failures. Values: `backend`, `eof`, `noResponse`, `refused`,
 * `reEnabled`, `timeouts`, `http500` (lighttpd: requests that had been sent, and so were answered with an error),
 * `requestBytes`, `first`, `last`, `refusedToReEnabledSeconds` and `eofToReEnabledSeconds` (the longest; a timer's
 * length, for no entry says that a backend lives again), `externallySpawned` (lighttpd did not start it and cannot
 * start it again).
 */
export const backendOutage: Finder = function* (sources) {
  const findings: Finding[] = [];
  for (const log of allLogs(sources)) {
    for (const [backend, entries] of yield* byBackend(log))
      findings.push(yield* describe(log, backend, entries));
  }
  return findings;
};

const KINDS: ReadonlySet<string> = new Set(Object.keys(SAYS));

/** What is said of each backend, as indices in the order of time. */
function* byBackend(log: Log): Steps<Map<string, number[]>> {
  const backends = new Map<string, number[]>();
  const pace = new Pace();
  for (const at of yield* log.inTime(KINDS)) {
    if (pace.isDone(2)) yield;
    const { backend } = (log.records[at] as LogRecord).fields;
    if (typeof backend !== "string") continue;
    const known = backends.get(backend);
    if (known) known.push(at);
    else backends.set(backend, [at]);
  }
  return backends;
}

function* describe(log: Log, backend: string, inTime: readonly number[]): Steps<Finding> {
  const inText = log.isInOrder
    ? inTime
    : yield* sorted(Int32Array.from(inTime), (one, other) => one - other);
  const ofKind = yield* countKinds(log, inTime);
  const count = (...kinds: string[]): number =>
    kinds.reduce((sum, kind) => sum + (ofKind.get(kind) ?? 0), 0);
  const counts = {
    eof: count("backend-eof"),
    noResponse: count("backend-no-response"),
    refused: count("backend-connect-failed", "proxy-connect-failed"),
    timeouts: count("backend-timeout"),
    reEnabled: count("backend-re-enabled"),
  };
  const pause = yield* longestPause(log, inTime);
  const requestBytes = yield* requestSizes(log, inText);
  return {
    kind: "backend-outage",
    summary: summaryOf(backend, counts, pause.refusedToReEnabledSeconds),
    values: {
      backend,
      ...counts,
      http500: log.format === "lighttpd" ? requestBytes.filter((bytes) => bytes > 0).length : null,
      requestBytes,
      ...(yield* timeRange(log.at(inText))),
      ...pause,
      externallySpawned: yield* isExternal(log.at(inText)),
    },
    evidence: recordEvidence(
      log.source,
      [...log.at(inText.slice(0, MOST_EVIDENCE))],
      ({ kind }) => SAYS[kind] ?? kind,
    ),
  };
}

function* countKinds(log: Log, entries: readonly number[]): Steps<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const pace = new Pace();
  for (const at of entries) {
    if (pace.isDone()) yield;
    const kind = log.kindAt(at);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function* requestSizes(log: Log, entries: Iterable<number>): Steps<number[]> {
  const sizes: number[] = [];
  const pace = new Pace();
  for (const at of entries) {
    if (pace.isDone()) yield;
    if (log.kindAt(at) !== "backend-no-response") continue;
    const { bytes } = (log.records[at] as LogRecord).fields;
    if (typeof bytes === "number") sizes.push(bytes);
  }
  return sizes;
}

/** lighttpd writes 0 for the process of a backend that it did not start. */
function* isExternal(records: Iterable<LogRecord>): Steps<boolean | null> {
  let isNamed = false;
  const pace = new Pace();
  for (const { fields } of records) {
    if (pace.isDone()) yield;
    if (typeof fields.backendPid !== "number") continue;
    if (fields.backendPid !== 0) return false;
    isNamed = true;
  }
  return isNamed ? true : null;
}

const GIVEN_UP = ["backend-connect-failed", "proxy-connect-failed", "backend-disabled"];

/** From the first refused connection, and from the last end-of-file before it, to the end of the pause: the longest. */
function* longestPause(log: Log, entries: readonly number[]) {
  const pace = new Pace();
  let eof: number | null = null;
  let refused: { readonly at: number; readonly eof: number | null } | null = null;
  let longest: { readonly refused: number; readonly eof: number | null } | null = null;
  for (const at of entries) {
    if (pace.isDone()) yield;
    const kind = log.kindAt(at);
    const seconds = log.secondsAt(at);
    if (seconds === null) continue;
    if (kind === "backend-eof") eof = seconds;
    else if (GIVEN_UP.includes(kind)) refused ??= { at: seconds, eof };
    else if (kind === "backend-re-enabled" && refused !== null) {
      const length = roundTo(seconds - refused.at, 3);
      const sinceEof = refused.eof === null ? null : roundTo(seconds - refused.eof, 3);
      if (longest === null || length > longest.refused)
        longest = { refused: length, eof: sinceEof };
      refused = null;
      eof = null;
    }
  }
  return {
    refusedToReEnabledSeconds: longest?.refused ?? null,
    eofToReEnabledSeconds: longest?.eof ?? null,
  };
}

function summaryOf(
  backend: string,
  counts: Readonly<Record<"eof" | "noResponse" | "refused" | "timeouts" | "reEnabled", number>>,
  pause: number | null,
): string {
  const parts = [
    [counts.eof, "closed the connection"],
    [counts.noResponse, "left a request without an answer"],
    [counts.refused, "could not be connected to"],
    [counts.timeouts, "did not answer in time"],
  ] as const;
  const told = parts.flatMap(([count, what]) => (count > 0 ? `${what} ${timesOf(count)}` : []));
  const timer =
    pause === null
      ? `was re-enabled ${timesOf(counts.reEnabled)}`
      : `was re-enabled ${inWords(pause)} after it was given up`;
  if (counts.reEnabled > 0) told.push(`${timer}, which is a timer and no proof of life`);
  const name = shorten(printable(backend), 100);
  return `The backend ${name} ${told.length > 0 ? told.join(", ") : "failed"}`;
}
