import { idleStack } from "../../frames/idle";
import type { Frame } from "../../read/frame";
import type { Reading } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import type { Member, StackGroup } from "../groups";
import { stacksOf } from "../stacks";
import { type LockPath, lockPath, type PrintedLock, printedLock, sharedByFutex } from "./awaited";

/** A thread that waits for a lock. */
export interface LockWait {
  readonly member: Member;
  readonly path: LockPath;
  /** Null where no frame prints it. */
  readonly lock: PrintedLock | null;
  /** Can the lock belong to another process? Null where nothing tells. */
  readonly shared: boolean | null;
  /** A process with nothing to do may queue for a lock: that is normal. */
  readonly idle: boolean;
}

/** The threads of a text that wait for locks, by their stacks, each stack's in document order. */
export const lockWaits: (reading: Reading) => readonly LockWait[] = oncePer((reading: Reading) =>
  stacksOf(reading).flatMap(waitsOf),
);

function waitsOf({ members }: StackGroup): LockWait[] {
  const { frames } = (members[0] as Member).thread;
  const path = lockPath(frames);
  if (path === null) return [];
  const idle = idleStack(frames) !== null;
  if (idle && path.kind === "condition") return [];
  return members.map((member) => {
    const stack = member.thread.frames;
    const lock = printedLock(stack, path);
    return { member, path, lock, idle, shared: sharedByFutex(stack, path) ?? path.shared };
  });
}

/** The frame that prints the lock, or the innermost one. */
export const lockFrame = ({ member, lock }: LockWait): Frame =>
  member.thread.frames[lock?.index ?? 0] as Frame;
