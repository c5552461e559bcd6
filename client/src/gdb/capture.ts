import { lookAt } from "./look";
import { isPresent } from "./processes";
import { MOST_BYTES, type RunGdb } from "./run";
import { batchArguments, type Target, targetLabel } from "./target";
import { goneMessage, isHopeless, type Machine, type Trouble, troubleOf } from "./trouble";

/** How stacks are captured: by whom, told to whom, and until when. */
export interface Capturing {
  readonly run: RunGdb;
  readonly machine: Machine;
  readonly stop: AbortSignal;
  /** With the local variables of every frame. */
  readonly full: boolean;
  /** Is called before each target. */
  progress(label: string, done: number, all: number): void;
}

export interface Captured {
  /** What gdb printed, target after target, each under its separator; empty where it showed nothing. */
  readonly text: string;
  /** The targets of which a stack was printed. */
  readonly captured: readonly Target[];
  readonly troubles: readonly Trouble[];
}

/** All stacks of every target, one target after the other, so that only one process stands still at a time. */
export async function capture(targets: readonly Target[], how: Capturing): Promise<Captured> {
  const texts: string[] = [];
  const captured: Target[] = [];
  const troubles: Trouble[] = [];
  let length = 0;
  for (const [done, target] of targets.entries()) {
    if (how.stop.aborted) break;
    how.progress(targetLabel(target), done, targets.length);
    if (!isPresent(target)) {
      troubles.push({ target, message: goneMessage(target) });
      continue;
    }
    const run = await lookAt(
      target,
      batchArguments(target, stackCommands(how.full)),
      how.run,
      how.stop,
    );
    const message = troubleOf(target, run, how.machine);
    if (message === null) captured.push(target);
    else troubles.push({ target, message });
    if (isHopeless(run)) break;
    if (run.text.trim() !== "") texts.push(heading(target) + withLineEnd(run.text));
    length += run.text.length;
    if (run.ended !== "too-long" && length < MOST_BYTES) continue;
    troubles.push({ target, message: FULL });
    break;
  }
  return { text: captured.length > 0 ? texts.join("\n") : "", captured, troubles };
}

const FULL = "There is more to show than an editor can hold. Capture fewer processes at once.";

const stackCommands = (full: boolean): string[] => [
  "set pagination off",
  full ? "thread apply all bt full" : "thread apply all bt",
];

/** The separator that scripts which collect backtraces print. */
const heading = (target: Target): string =>
  target.kind === "process" ? `=== pid ${target.pid} ===\n` : "";

const withLineEnd = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);
