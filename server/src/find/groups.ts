import { culpritIndex } from "../frames/culprit";
import { waitingFor } from "../frames/waiting";
import type { Frame } from "../read/frame";
import type { Process, Reading, Thread } from "../read/model";

/** A stack of one thread, with what it takes to point at it. */
export interface Member {
  readonly reading: Reading;
  readonly process: Process;
  readonly thread: Thread;
}

/** Threads with the same functions on their stacks, whatever their addresses and arguments. */
export interface StackGroup {
  /** Function names, innermost first; `?? (libz.so.1)` for a frame without a symbol. */
  readonly functions: readonly string[];
  readonly members: readonly Member[];
  /** What the threads are doing: "waiting for a lock (apc_pthreadmutex_lock)". */
  readonly state: string;
  /** The frame most likely at fault, as an index into `functions`. */
  readonly culprit: number | null;
}

/** How the frame is called in a group's signature. */
export function frameLabel(frame: Frame): string {
  if (frame.kind === "signal-handler") return "<signal handler called>";
  const name = frame.function;
  if (name !== null) return name;
  const library = frame.library?.replace(/^.*\//, "");
  return library ? `?? (${library})` : "??";
}

/** Groups identical stacks, most frequent first, equals in document order. `depth` limits how many frames are compared. */
export function groupStacks(
  readings: readonly Reading[],
  depth = Number.POSITIVE_INFINITY,
): StackGroup[] {
  const groups = new Map<string, Member[]>();
  for (const reading of readings) {
    for (const process of reading.processes) {
      for (const thread of process.threads) addMember(groups, { reading, process, thread }, depth);
    }
  }
  return [...groups.values()]
    .map((members) => describe(members, depth))
    .sort((one, other) => other.members.length - one.members.length);
}

function addMember(groups: Map<string, Member[]>, member: Member, depth: number): void {
  const signature = stackFunctions(member.thread, depth).join("\n");
  const members = groups.get(signature);
  if (members) members.push(member);
  else groups.set(signature, [member]);
}

const stackFunctions = (thread: Thread, depth: number): string[] =>
  thread.frames.slice(0, depth).map(frameLabel);

function describe(members: readonly Member[], depth: number): StackGroup {
  const { frames } = (members[0] as Member).thread;
  return {
    functions: stackFunctions((members[0] as Member).thread, depth),
    members,
    state: waitingFor(frames),
    culprit: culpritIndex(frames),
  };
}
