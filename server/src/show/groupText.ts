import {
  type CountedGroup,
  countedGroup,
  type Member,
  type StackGroup,
  type ThreadName,
  threadName,
} from "../find/groups";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { frameLine, shortName } from "./frameLine";
import type { Paint } from "./paint";

/** Counted groups as text, most frequent first, one paragraph each; `others` threads have stacks that are not among them. */
export function countedText(groups: readonly CountedGroup[], others: number, paint: Paint): string {
  const total = groups.reduce((sum, group) => sum + group.count, others);
  const parts = groups.map((group) => paragraph(group, total, paint));
  if (others > 0) parts.push(`${plural(others, "more thread")} with other stacks\n`);
  return parts.join("\n");
}

/** One group: how many threads, what they do, who they are, and the stack with the frame most likely at fault marked. */
export const groupText = (group: StackGroup, total: number, paint: Paint): string =>
  paragraph(countedGroup(group, frameLine), total, paint);

function paragraph(group: CountedGroup, total: number, paint: Paint): string {
  const count = `${group.count} of ${plural(total, "thread")}`;
  const head = `${paint.bold(count)}: ${printable(group.state)}`;
  return `${head}\n  ${paint.faint(threadNames(group.threads))}\n${stackText(group, paint)}`;
}

function stackText({ functions, lines, culprit }: CountedGroup, paint: Paint): string {
  const shown = lines.map((line, i) => (i === culprit ? paint.strong(`> ${line}`) : `  ${line}`));
  const hidden = functions.length - lines.length;
  if (hidden > 0) shown.push(`  ... ${plural(hidden, "more frame")}`);
  return `${shown.join("\n")}\n`;
}

/** `pids 311, 312, 315` or `threads 2, 3 of pid 311`; long lists are cut. */
export function memberNames(members: readonly Member[]): string {
  // Behind so many the list is cut.
  return threadNames(members.slice(0, MOST_NAMES).map(threadName));
}

const MOST_NAMES = 200;

function threadNames(threads: readonly ThreadName[]): string {
  const pids = threads.map(({ pid }) => pid);
  const isOnePerProcess = threads.every(({ isAlone }) => isAlone);
  if (isOnePerProcess && pids.every((pid) => pid !== null)) return list("pid", pids as number[]);
  return list("thread", threads.map(nameText));
}

function nameText({ pid, thread, lwp, name }: ThreadName): string {
  const quoted = name === null ? "" : ` "${name}"`;
  const owner = pid === null ? "" : `${pid}/`;
  return printable(`${owner}${thread ?? lwp ?? "?"}${quoted}`);
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

/** A counted group for `--format json`. */
export const countedJson = ({ count, state, culpritLabel, functions, threads }: CountedGroup) => ({
  count,
  state,
  culprit: culpritLabel,
  functions,
  threads: threads.map(({ isAlone: _, ...thread }) => thread),
});
