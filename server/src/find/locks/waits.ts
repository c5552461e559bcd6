import { idleStack } from "../../frames/idle";
import type { Frame } from "../../read/frame";
import type { Reading } from "../../read/model";
import type { Steps } from "../../read/steps";
import type { Member } from "../groups";
import { Pace } from "../pace";
import { stacksOf } from "../stacks";
import { stepwise } from "../stepwise";
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
export const lockWaits = stepwise(function* (reading: Reading): Steps<readonly LockWait[]> {
  const waits: LockWait[] = [];
  const pace = new Pace();
  for (const { members } of yield* stacksOf.steps(reading)) {
    if (pace.isDone(4)) yield;
    const { frames } = (members[0] as Member).thread;
    const path = lockPath(frames);
    if (path === null) continue;
    const idle = idleStack(frames) !== null;
    if (idle && path.kind === "condition") continue;
    for (const member of members) {
      waits.push(waitOf(member, path, idle));
      if (pace.isDone()) yield;
    }
  }
  return waits;
});

function waitOf(member: Member, path: LockPath, idle: boolean): LockWait {
  const { frames } = member.thread;
  const lock = printedLock(frames, path);
  return { member, path, lock, idle, shared: sharedByFutex(frames, path) ?? path.shared };
}

/** The frame that prints the lock, or the innermost one. */
export const lockFrame = ({ member, lock }: LockWait): Frame =>
  member.thread.frames[lock?.index ?? 0] as Frame;
