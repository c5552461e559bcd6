import { frameLabel, type Member, type StackGroup } from "../find/groups";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { frameLine, shortName } from "./frameLine";
import type { Paint } from "./paint";

/** Stacks are shown so far; the frames beyond are counted. */
const MOST_FRAMES = 40;

/** The groups as text, most frequent first, one paragraph each. */
export function groupsText(groups: readonly StackGroup[], paint: Paint): string {
  const total = groups.reduce((sum, group) => sum + group.members.length, 0);
  return groups.map((group) => groupText(group, total, paint)).join("\n");
}

/** One group: how many threads, what they do, who they are, and the stack with the frame most likely at fault marked. */
export function groupText(group: StackGroup, total: number, paint: Paint): string {
  const count = `${group.members.length} of ${plural(total, "thread")}`;
  const head = `${paint.bold(count)}: ${printable(group.state)}`;
  return `${head}\n  ${paint.faint(memberNames(group.members))}\n${stackText(group, paint)}`;
}

function stackText(group: StackGroup, paint: Paint): string {
  const { frames } = (group.members[0] as Member).thread;
  const shown = frames.slice(0, Math.min(group.functions.length, MOST_FRAMES));
  const lines = shown.map((frame, i) =>
    i === group.culprit ? paint.strong(`> ${frameLine(frame, i)}`) : `  ${frameLine(frame, i)}`,
  );
  const hidden = group.functions.length - shown.length;
  if (hidden > 0) lines.push(`  ... ${plural(hidden, "more frame")}`);
  return `${lines.join("\n")}\n`;
}

/** `pids 311, 312, 315` or `threads 2, 3 of pid 311`; long lists are cut. */
export function memberNames(members: readonly Member[]): string {
  const pids = members.map((member) => member.process.pid);
  const isOnePerProcess = members.every((member) => member.process.threads.length === 1);
  if (isOnePerProcess && pids.every((pid) => pid !== null)) return list("pid", pids as number[]);
  return list("thread", members.map(threadName));
}

function threadName({ process, thread }: Member): string {
  const name = thread.name === null ? "" : ` "${thread.name}"`;
  const number = thread.number ?? thread.lwp ?? "?";
  const owner = process.pid === null ? "" : `${process.pid}/`;
  return printable(`${owner}${number}${name}`);
}

function list(noun: string, names: readonly (string | number)[]): string {
  const unknown = names.every((name) => name === "?");
  if (unknown) return `${noun} not named in the text`;
  return shorten(`${names.length === 1 ? noun : `${noun}s`} ${names.join(", ")}`, 200);
}

/** The culprit's name for a headline, or null. */
export function culpritName(group: StackGroup): string | null {
  if (group.culprit === null) return null;
  const frame = (group.members[0] as Member).thread.frames[group.culprit];
  return frame ? shortName(frame) : null;
}

/** A group for `--format json`. */
export function groupJson(group: StackGroup) {
  const { frames } = (group.members[0] as Member).thread;
  const culprit = group.culprit === null ? undefined : frames[group.culprit];
  return {
    count: group.members.length,
    state: group.state,
    culprit: culprit ? frameLabel(culprit) : null,
    functions: group.functions,
    threads: group.members.map(({ process, thread }) => ({
      pid: process.pid,
      thread: thread.number,
      lwp: thread.lwp,
      name: thread.name,
    })),
  };
}
