import type { Table } from "../../read/model";
import type { ListedProcess } from "../../read/tables/processes";
import { clockOf, DAY, secondsOfClock } from "./clock";

/** Two times of a day, `HH:MM:SS`. */
export interface Snapshot {
  readonly from: string | null;
  readonly to: string | null;
}

const UNKNOWN: Snapshot = { from: null, to: null };

/** ps writes no more than this for a process that keeps a processor busy. */
const MOST_SHARE = 99;

/** TIME is cut to whole seconds; of fewer than these too much is cut to say what they are a share of. */
const LEAST_SECONDS = 5;

/**
 * When a process list was made, from what it says of those that started on its day: C and %CPU are the processor time
 * as a share of the time since the start, cut to whole or tenths of per cent. TIME is taken at the second that is
 * printed. Null where no such share stands in the list, or where they contradict each other.
 */
export function snapshotOf(table: Table, processes: readonly ListedProcess[]): Snapshot {
  const column = [table.columns.indexOf("C"), table.columns.indexOf("%CPU")].find((at) => at >= 0);
  if (column === undefined) return UNKNOWN;
  const unit = table.columns[column] === "C" ? 1 : 0.1;
  let from = 0;
  let to = Number.POSITIVE_INFINITY;
  for (const { row, start, cpuSeconds } of processes) {
    const started = secondsOfClock(start);
    const text = table.rows[row]?.cells[column]?.text ?? "";
    if (started === null || cpuSeconds === null || !/^\d{1,5}(?:\.\d{1,2})?$/.test(text)) continue;
    const share = Number(text);
    // A start is printed to the minute.
    const latest = started + (start?.length === 5 ? 59 : 0);
    from = Math.max(from, started);
    if (unit < 1 || share < MOST_SHARE) {
      from = Math.max(from, started + (cpuSeconds / (share + unit)) * 100);
    }
    if (share > 0 && cpuSeconds >= LEAST_SECONDS)
      to = Math.min(to, latest + (cpuSeconds / share) * 100);
  }
  const isSound = from <= to && Number.isFinite(to) && to < DAY;
  return isSound ? { from: clockOf(from), to: clockOf(to) } : UNKNOWN;
}
