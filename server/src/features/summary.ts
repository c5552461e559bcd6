import type { Member, StackGroup } from "../find/groups";
import { stacksOf } from "../find/stacks";
import type { Reading, Thread } from "../read/model";
import { textOf } from "../read/renewal";
import { culpritName, memberNames } from "../show/groupText";
import { plural } from "../words/plural";
import { printable } from "../words/printable";
import { escapeMarkdown, fencedBlock } from "./escapeMarkdown";
import { threadsOf } from "./stacks";

/** A thread's stack as gdb would print it: its header, one frame a line, and gdb's remark where the stack does not end well. */
export function cleanStack(reading: Reading, thread: Thread): string {
  const text = (from: number, to: number) => textOf(reading).slice(from, to);
  const first = thread.frames[0]?.span.from ?? thread.span.to;
  const header = /^\s*(Thread \d[^\n]*)/.exec(text(thread.span.from, first))?.[1];
  const frames = thread.frames.map(({ span }) => text(span.from, span.to));
  const lines = [header ?? "", ...frames, endRemark(text(thread.span.from, thread.span.to))];
  return lines
    .map(oneLine)
    .filter((line) => line !== "")
    .join("\n");
}

/** `(More stack frames follow...)`, `Backtrace stopped: previous frame inner to this frame (corrupt stack?)`. */
function endRemark(stack: string): string {
  const last = stack.slice(stack.trimEnd().lastIndexOf("\n") + 1).trim();
  return /^(?:\(More stack frames|Backtrace )/.test(last) ? last : "";
}

function oneLine(text: string): string {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  return printable(lines.filter((line) => line !== "").join(" "));
}

/** What fits into a ticket; the rest is counted. */
const MOST_GROUPS = 50;
const MOST_FRAMES = 100;

/** A document's stacks in one Markdown table, most frequent first, with each stack below it. */
export function groupSummaryMarkdown(groups: readonly StackGroup[]): string {
  if (groups.length === 0) return "";
  const shown = groups.slice(0, MOST_GROUPS);
  const rows = shown.map((group, i) => tableRow(group, i + 1));
  const head = "| | Count | Who | Doing | Most likely at fault |\n|---|---|---|---|---|";
  const stacks = shown.map((group, i) => stackBlock(group, i + 1));
  const hidden = groups.length - shown.length;
  const more = hidden > 0 ? [`And ${plural(hidden, ["more stack", "more stacks"])}.`] : [];
  return `${[[head, ...rows].join("\n"), ...stacks, ...more].join("\n\n")}\n`;
}

function tableRow(group: StackGroup, number: number): string {
  const culprit = culpritName(group) ?? "";
  const cells = [memberNames(group.members), group.state, culprit].map(escapeMarkdown);
  return `| ${[number, group.members.length, ...cells].join(" | ")} |`;
}

function stackBlock(group: StackGroup, number: number): string {
  const { reading, thread } = group.members[0] as Member;
  const frames = thread.frames.slice(0, MOST_FRAMES);
  const hidden = thread.frames.length - frames.length;
  const more = hidden > 0 ? `\n... ${plural(hidden, ["more frame", "more frames"])}` : "";
  const stack = cleanStack(reading, { ...thread, frames }) + more;
  return `Stack ${number}:\n\n${fencedBlock(stack)}`;
}

/** `gdb 6.8 · 12 processes · 3 distinct stacks`, for the status bar. */
export function statusLine(reading: Reading): string {
  const threads = threadsOf(reading).filter(({ frames }) => frames.length > 0).length;
  if (threads === 0) return "no stacks";
  const processes = reading.processes.length;
  const parts = [
    versions(reading),
    plural(processes, ["process", "processes"]),
    threads > processes ? plural(threads, ["thread", "threads"]) : "",
    plural(stacksOf(reading).length, ["distinct stack", "distinct stacks"]),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function versions(reading: Reading): string {
  const found = new Set(reading.processes.map(({ gdb }) => gdb).filter((gdb) => gdb !== null));
  return found.size === 0 ? "" : `gdb ${[...found].slice(0, 3).join(", ")}`;
}
