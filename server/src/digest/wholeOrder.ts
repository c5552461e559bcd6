import type { Reading } from "../read/model";
import type { Range } from "../read/positions";
import { isBefore, type LogTimes, logTimes, NEVER, outOfOrderProblem } from "../read/records";
import type { ToRange } from "../show/toSource";

/** The times of a log in a block, with places of the whole. */
export interface BlockTimes extends Pick<LogTimes, "key" | "rising" | "count"> {
  readonly start: Range;
  readonly first: Range;
}

/** What `WholeOrder` has to know of a block. */
export const blockTimes = ({ records }: Reading, range: ToRange): BlockTimes[] =>
  logTimes(records).map((log) => ({ ...log, start: range(log.start), first: range(log.first) }));

interface WholeLog {
  latest: LogTimes["rising"][number]["second"];
  count: number;
  /** Where the first record behind a later one stands. */
  first: Range | null;
}

/** Where times go back in a text that is read in blocks. */
export class WholeOrder {
  private readonly logs = new Map<string, WholeLog>();
  private readonly late: WholeLog[] = [];

  /** Takes the next block's times. */
  add(times: readonly BlockTimes[]): void {
    const late = times.map((each) => this.addLog(each)).filter((log) => log !== null);
    this.late.push(...late.sort((one, other) => inOrder(one.first, other.first)));
  }

  /** The log where its times go back for the first time. */
  private addLog({ key, start, rising, first, count }: BlockTimes): WholeLog | null {
    const log = this.logs.get(key) ?? { latest: NEVER, count: 0, first: null };
    this.logs.set(key, log);
    const known = log.latest;
    let early = 0;
    for (const { second, count: more } of rising)
      if (isBefore(second, known)) early += more;
      else log.latest = second;
    log.count += early + count;
    if (log.count === 0 || log.first !== null) return null;
    log.first = early > 0 ? start : first;
    return log;
  }

  problems() {
    return this.late.map((log) => ({ ...outOfOrderProblem(log), range: log.first as Range }));
  }
}

function inOrder(one: Range | null, other: Range | null): number {
  if (one === null || other === null) return 0;
  return one.start.line - other.start.line || one.start.character - other.start.character;
}
