import type { LogRecord } from "../read/model";
import { printable, shorten } from "../words/printable";
import type { Finder, Finding } from "./finding";
import { inWords, roundTo, timesOf } from "./logs/clock";
import { allLogs, inTextOrder, type Log, recordEvidence, type Timed, timeRange } from "./logs/logs";

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
export const backendOutage: Finder = (sources) => allLogs(sources).flatMap(outagesOf);

function outagesOf(log: Log): Finding[] {
  const byBackend = new Map<string, Timed[]>();
  for (const timed of log.inTime) {
    if (!Object.hasOwn(SAYS, timed.kind)) continue;
    const { backend } = timed.record.fields;
    if (typeof backend !== "string") continue;
    const known = byBackend.get(backend);
    if (known) known.push(timed);
    else byBackend.set(backend, [timed]);
  }
  return [...byBackend].map(([backend, entries]) => describe(log, backend, entries));
}

function describe(log: Log, backend: string, entries: readonly Timed[]): Finding {
  const records = inTextOrder(entries.map(({ record }) => record));
  const ofKind = countKinds(entries);
  const count = (...kinds: string[]): number =>
    kinds.reduce((sum, kind) => sum + (ofKind.get(kind) ?? 0), 0);
  const requestBytes = records
    .filter(({ kind }) => kind === "backend-no-response")
    .flatMap(({ fields: { bytes } }) => (typeof bytes === "number" ? bytes : []));
  const counts = {
    eof: count("backend-eof"),
    noResponse: count("backend-no-response"),
    refused: count("backend-connect-failed", "proxy-connect-failed"),
    timeouts: count("backend-timeout"),
    reEnabled: count("backend-re-enabled"),
  };
  const pause = longestPause(entries);
  return {
    kind: "backend-outage",
    summary: summaryOf(backend, counts, pause.refusedToReEnabledSeconds),
    values: {
      backend,
      ...counts,
      http500: log.format === "lighttpd" ? requestBytes.filter((bytes) => bytes > 0).length : null,
      requestBytes,
      ...timeRange(records),
      ...pause,
      externallySpawned: isExternal(records),
    },
    evidence: recordEvidence(log.source, records, ({ kind }) => SAYS[kind] ?? kind),
  };
}

function countKinds(entries: readonly Timed[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of entries) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** lighttpd writes 0 for the process of a backend that it did not start. */
function isExternal(records: readonly LogRecord[]): boolean | null {
  let isNamed = false;
  for (const { fields } of records) {
    if (typeof fields.backendPid !== "number") continue;
    if (fields.backendPid !== 0) return false;
    isNamed = true;
  }
  return isNamed ? true : null;
}

const GIVEN_UP = ["backend-connect-failed", "proxy-connect-failed", "backend-disabled"];

/** From the first refused connection, and from the last end-of-file before it, to the end of the pause: the longest. */
function longestPause(entries: readonly Timed[]) {
  let eof: number | null = null;
  let refused: { readonly at: number; readonly eof: number | null } | null = null;
  let longest: { readonly refused: number; readonly eof: number | null } | null = null;
  for (const { kind, seconds } of entries) {
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
