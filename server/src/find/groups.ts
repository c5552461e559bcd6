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
export function frameLabel(frame: Pick<Frame, "kind" | "function" | "library">): string {
  const name = frame.function;
  return labelOf(frame.kind === "signal-handler", name, name === null ? frame.library : null);
}

/** The same by what the frame's line says. */
export function labelOf(
  isSignalHandler: boolean,
  name: string | null,
  path: string | null,
): string {
  if (isSignalHandler) return "<signal handler called>";
  if (name !== null) return name;
  const library = path?.replace(/^.*\//, "");
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
    .map((members) => groupOf(members, depth))
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

/** Threads as a group: the first one stands for all. */
export function groupOf(members: readonly Member[], depth = Number.POSITIVE_INFINITY): StackGroup {
  const { frames } = (members[0] as Member).thread;
  return {
    functions: stackFunctions((members[0] as Member).thread, depth),
    members,
    state: waitingFor(frames),
    culprit: culpritIndex(frames),
  };
}

/** Who a thread is, without its text. */
export interface ThreadName {
  readonly pid: number | null;
  readonly thread: number | null;
  readonly lwp: number | null;
  readonly name: string | null;
  /** Is it the only one of its process? */
  readonly isAlone: boolean;
}

/** A group of which no text has to be kept: so many can be counted as there are. */
export interface CountedGroup<Name extends ThreadName = ThreadName> {
  readonly functions: readonly string[];
  readonly state: string;
  /** The frame most likely at fault, as an index into the stack, and how it is called. */
  readonly culprit: number | null;
  readonly culpritLabel: string | null;
  readonly count: number;
  /** The first members. */
  readonly threads: readonly Name[];
  /** The innermost frames of the first member, as they are shown. */
  readonly lines: readonly string[];
}

/** More members of a group are only counted. */
export const MOST_NAMED = 50;

/** Stacks are shown so far. */
const MOST_LINES = 40;

/** So many characters of signatures are kept; threads with other stacks are only counted. */
const MOST_SIGNATURES = 1 << 25;

/** Shows a frame of a group. */
type ToLine = (frame: Frame, index: number) => string;

/** The group without its text. */
export const countedGroup = (group: StackGroup, toLine: ToLine): CountedGroup =>
  counted(group, toLine, threadName);

function counted<Name extends ThreadName>(
  { functions, members, state, culprit }: StackGroup,
  toLine: ToLine,
  toName: (member: Member) => Name,
): CountedGroup<Name> {
  const { frames } = (members[0] as Member).thread;
  const atFault = culprit === null ? undefined : frames[culprit];
  return {
    functions,
    state,
    culprit,
    culpritLabel: atFault ? frameLabel(atFault) : null,
    count: members.length,
    threads: members.slice(0, MOST_NAMED).map(toName),
    lines: frames.slice(0, Math.min(functions.length, MOST_LINES)).map(toLine),
  };
}

/** The name of a member. */
export const threadName = ({ process, thread }: Member): ThreadName => ({
  pid: process.pid,
  thread: thread.number,
  lwp: thread.lwp,
  name: thread.name,
  isAlone: process.threads.length === 1,
});

/** A copy that does not hold the text which its strings were cut out of. */
export const detached = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

interface OpenGroup<Name extends ThreadName> extends CountedGroup<Name> {
  count: number;
  readonly threads: Name[];
}

/**
 * Counts identical stacks of texts that come one after the other, in bounded memory. `toName` says what is kept of the
 * first members.
 */
export class GroupCounter<Name extends ThreadName = ThreadName> {
  private readonly groups = new Map<string, OpenGroup<Name>>();
  private readonly depth: number;
  private readonly toLine: ToLine;
  private readonly toName: (member: Member) => Name;
  private signatures = 0;
  /** Threads whose stacks are not among the groups, because there were too many of them. */
  others = 0;

  constructor(depth: number, toLine: ToLine, toName = threadName as (member: Member) => Name) {
    this.depth = depth;
    this.toLine = toLine;
    this.toName = toName;
  }

  add(reading: Reading): void {
    for (const process of reading.processes)
      for (const thread of process.threads) this.addMember({ reading, process, thread });
  }

  /** Counts so many threads more with the stack of one that was added. */
  addMore(thread: Thread, count: number): void {
    const known = this.groups.get(stackFunctions(thread, this.depth).join("\n"));
    if (known) known.count += count;
    else this.others += count;
  }

  private addMember(member: Member): void {
    const signature = stackFunctions(member.thread, this.depth).join("\n");
    const known = this.groups.get(signature);
    if (known) {
      known.count++;
      if (known.threads.length < MOST_NAMED) known.threads.push(detached(this.toName(member)));
    } else if (this.hasRoom(signature)) {
      const group = counted(groupOf([member], this.depth), this.toLine, this.toName);
      this.groups.set(signature, detached(group) as OpenGroup<Name>);
    } else this.others++;
  }

  private hasRoom(signature: string): boolean {
    const isRoom = this.signatures + signature.length <= MOST_SIGNATURES;
    if (isRoom) this.signatures += signature.length;
    return isRoom;
  }

  /** Adds what another counter has counted behind this one. */
  merge(groups: readonly CountedGroup<Name>[], others: number): void {
    this.others += others;
    for (const group of groups) {
      const signature = group.functions.join("\n");
      const known = this.groups.get(signature);
      if (known) {
        known.count += group.count;
        known.threads.push(...group.threads.slice(0, MOST_NAMED - known.threads.length));
      } else if (this.hasRoom(signature)) {
        this.groups.set(signature, { ...group, threads: [...group.threads] });
      } else this.others += group.count;
    }
  }

  /** In the order in which their first members came. */
  inOrder(): CountedGroup<Name>[] {
    return [...this.groups.values()];
  }

  /** Most frequent first. */
  mostFrequentFirst(): CountedGroup<Name>[] {
    return this.inOrder().sort((one, other) => other.count - one.count);
  }
}
