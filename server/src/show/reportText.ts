import { groupStacks } from "../find/groups";
import type { Problem, Process, Reading } from "../read/model";
import { place } from "../read/place";
import { Positions } from "../read/positions";
import { plural } from "../words/plural";
import { printable } from "../words/printable";
import { groupText } from "./groupText";
import type { Paint } from "./paint";
import { recordsText } from "./recordsText";

/** More problems than this are only counted. */
const MOST_PROBLEMS = 20;

/** What a person would paste into a ticket: what was read, the distinct stacks, what could not be read. */
export function reportText(path: string, reading: Reading, paint: Paint): string {
  const groups = groupStacks([reading]);
  const total = groups.reduce((sum, group) => sum + group.members.length, 0);
  const parts = [`${paint.bold(printable(path))}\n${summary(reading, groups.length)}\n`];
  parts.push(...endings(reading.processes));
  for (const group of groups) parts.push(groupText(group, total, paint));
  parts.push(...recordsText(reading.records, paint), ...tables(reading), ...problems(reading));
  return parts.join("\n");
}

/** `gdb 6.8 · 12 processes · 12 threads · 3 distinct stacks` */
export function summary(reading: Reading, distinct: number): string {
  const { processes, records } = reading;
  const versions = [...new Set(processes.map((process) => process.gdb).filter(Boolean))];
  const threads = processes.reduce((sum, process) => sum + process.threads.length, 0);
  const facts = [
    ...versions.map((version) => `gdb ${version}`),
    processes.length > 0 ? plural(processes.length, ["process", "processes"]) : "",
    threads > 0 ? plural(threads, "thread") : "",
    threads > 0 ? plural(distinct, "distinct stack") : "",
    records.length > 0 ? plural(records.length, "log record") : "",
  ].filter((fact) => fact !== "");
  return facts.length > 0 ? facts.join(" · ") : "Nothing in this text was recognised.";
}

/** A line for each process that the text says was ended or stopped by a signal. */
function endings(processes: readonly Process[]): string[] {
  const lines = processes
    .filter((process) => process.signal !== null)
    .map((process) => printable(`${processName(process)}: ${process.signal}`));
  return lines.length > 0 ? [`${lines.join("\n")}\n`] : [];
}

function processName(process: Process): string {
  const name = process.pid === null ? "process" : `process ${process.pid}`;
  return process.program === null ? name : `${name} (${process.program})`;
}

function tables(reading: Reading): string[] {
  const lines = reading.tables.map(
    (table) => `${table.kind.replace(/-/g, " ")}: ${plural(table.rows.length, "row")}`,
  );
  return lines.length > 0 ? [`${lines.join("\n")}\n`] : [];
}

function problems(reading: Reading): string[] {
  if (reading.problems.length === 0) return [];
  const positions = new Positions(reading.text);
  const line = (problem: Problem) => positions.at(place(reading, problem.span).from).line + 1;
  const shown = reading.problems
    .slice(0, MOST_PROBLEMS)
    .map((problem) => printable(`  line ${line(problem)}: ${problem.message} (${problem.code})`));
  const hidden = reading.problems.length - shown.length;
  if (hidden > 0) shown.push(`  ... and ${hidden} more`);
  return [`Not read whole:\n${shown.join("\n")}\n`];
}
