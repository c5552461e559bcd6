import type { LogRecord } from "../read/model";
import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import type { Finder, Finding } from "./finding";
import { firstFindings } from "./limited";
import { inWords, roundTo } from "./logs/clock";
import { allLogs, clockPart, type Log, recordEvidence, type Timed } from "./logs/logs";
import { Pace } from "./pace";

/** Processes of one server say that they stop within this many seconds of each other. */
const TOGETHER = 60;

/**
 * `server-restart`: a server that was stopped and started again, or started with nothing said of its end. Values:
 * `stopped` and `started` (entries; several processes of lighttpd each say that they stop), `gapSeconds`, `from` (the
 * last entry of the stop), `to` (the start).
 */
export const serverRestart: Finder = function* (sources) {
  let restarts: Restart[] = [];
  for (const log of allLogs(sources)) restarts = restarts.concat(yield* restartsOf(log));
  return yield* firstFindings(restarts, describe);
};

interface Restart {
  readonly log: Log;
  readonly stops: readonly Timed[];
  readonly start: Timed;
}

const STARTS = ["server-start", "start"];
/** Apache says "resuming normal operations" after these too. */
const RELOADS = ["graceful-restart", "restart"];
const STOPS = ["server-stop", "stop", "graceful-stop"];

const KINDS: ReadonlySet<string> = new Set([...STARTS, ...RELOADS, ...STOPS]);

/** lighttpd announces a graceful stop and then says that it stopped; Apache has one line for both. */
const isStop = ({ kind, record }: Timed): boolean =>
  kind === "server-stop" ||
  kind === "stop" ||
  (kind === "graceful-stop" && record.format === "apache");

function* restartsOf(log: Log): Steps<Restart[]> {
  const restarts: Restart[] = [];
  const pace = new Pace();
  let stops: Timed[] = [];
  let before: LogRecord | null = null;
  for (const at of yield* log.inTime(KINDS)) {
    if (pace.isDone(4)) yield;
    const timed = log.timed(at);
    const { record, kind } = timed;
    if (isStop(timed)) {
      if (!isTogether(stops[stops.length - 1], timed)) stops = [];
      stops.push(timed);
    } else if (STARTS.includes(kind)) {
      if (stops.length > 0 || isUnannounced(before, record)) {
        restarts.push({ log, stops, start: timed });
      }
      stops = [];
    } else if (!RELOADS.includes(kind)) continue;
    before = record;
  }
  return restarts;
}

const isTogether = (one: Timed | undefined, other: Timed): boolean =>
  (other.seconds ?? 0) - (one?.seconds ?? 0) <= TOGETHER;

/** A start that follows no stop: by another parent process or, where none is named, upon a start before it. */
function isUnannounced(before: LogRecord | null, start: LogRecord): boolean {
  if (before === null) return false;
  if (before.pid !== null && start.pid !== null) return before.pid !== start.pid;
  return STARTS.includes(before.kind);
}

function describe({ log, stops, start }: Restart): Finding {
  const last = stops[stops.length - 1];
  const gap =
    last === undefined || last.seconds === null || start.seconds === null
      ? null
      : roundTo(start.seconds - last.seconds, 3);
  const stopped = stops.map(({ record }) => record);
  return {
    kind: "server-restart",
    summary: summaryOf(stopped, start.record, gap),
    values: {
      stopped: stopped.length,
      started: 1,
      gapSeconds: gap,
      from: last?.record.time ?? null,
      to: start.record.time,
    },
    evidence: recordEvidence(log.source, [...stopped, start.record], (record) =>
      record === start.record ? "the server started" : "the server stopped",
    ),
  };
}

function summaryOf(stopped: readonly LogRecord[], start: LogRecord, gap: number | null): string {
  const at = clockPart(start.time);
  if (stopped.length === 0) return `The server started at ${at}, and no entry says that it stopped`;
  const processes = stopped.length > 1 ? ` (${plural(stopped.length, "line")} of its stop)` : "";
  const after = gap === null ? "" : `, ${inWords(gap)} after it stopped${processes}`;
  return `The server was restarted at ${at}${after}`;
}
