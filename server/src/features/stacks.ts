import { groupStacks, type Member, type StackGroup } from "../find/groups";
import type { Reading, Thread } from "../read/model";
import { oncePer } from "../read/oncePer";
import { plural } from "../words/plural";

/** The groups of a reading's stacks; a thread without frames has no stack. */
export const groupsOf: (reading: Reading) => readonly StackGroup[] = oncePer((reading: Reading) =>
  groupStacks([reading]).filter((group) => group.functions.length > 0),
);

/** All threads of a reading, in document order. */
export function threadsOf(reading: Reading): Thread[] {
  return reading.processes.flatMap((process) => process.threads);
}

/** `14 processes` where each has one thread only, else `14 threads`. */
export function countMembers(members: readonly Member[]): string {
  const isOnePerProcess = members.every(({ process }) => process.threads.length === 1);
  return plural(members.length, isOnePerProcess ? ["process", "processes"] : ["thread", "threads"]);
}
