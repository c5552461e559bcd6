import type { LogRecord } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import { atOnce } from "../../read/steps";
import type { Log } from "./logs";

/** A backend that ended while requests were in flight: entries of several server processes tell of one end. */
export interface BackendDeath {
  readonly backend: string;
  readonly time: string;
  readonly records: readonly LogRecord[];
}

/** The processes of a server notice the end of a backend within as many seconds. */
const TOGETHER = 5;

const ENDS: ReadonlySet<string> = new Set(["backend-eof"]);

/** The ends of backends that a log tells of, in the order of time. */
export const backendDeaths: (log: Log) => readonly BackendDeath[] = oncePer((log) => {
  const deaths: { backend: string; time: string; records: LogRecord[] }[] = [];
  const latest = new Map<string, { at: number; death: { records: LogRecord[] } }>();
  for (const at of atOnce(log.inTime(ENDS))) {
    const { record, seconds } = log.timed(at);
    const { time, fields } = record;
    const { backend, backendPid } = fields;
    if (typeof backend !== "string") continue;
    if (seconds === null || time === null) continue;
    // One that the server started has a process id of its own: two ids are two ends.
    const key = `${backend} ${backendPid ?? 0}`;
    const before = latest.get(key);
    if (before && seconds - before.at <= TOGETHER) {
      before.death.records.push(record);
      before.at = seconds;
    } else {
      const death = { backend, time, records: [record] };
      deaths.push(death);
      latest.set(key, { at: seconds, death });
    }
  }
  return deaths;
});
