import type { Member } from "../find/groups";
import type { Reading, Thread } from "../read/model";
import { plural } from "../words/plural";

/** All threads of a reading, in document order. */
export function threadsOf(reading: Reading): Thread[] {
  return reading.processes.flatMap((process) => process.threads);
}

/** `14 processes` where each has one thread only, else `14 threads`. */
export function countMembers(members: readonly Member[]): string {
  const isOnePerProcess = members.every(({ process }) => process.threads.length === 1);
  return plural(members.length, isOnePerProcess ? ["process", "processes"] : ["thread", "threads"]);
}
