import type { LogRecord } from "../read/model";
import type { Steps } from "../read/steps";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { isUserFault } from "./fault/kernelCrashes";
import { type Finder, type Finding, MOST_EVIDENCE, type NamedReading } from "./finding";
import { Pace } from "./pace";

/** Kernel records that report nothing by themselves. */
const NO_REPORTS: ReadonlySet<string> = new Set(["boot", "messages-suppressed"]);

/** A report with the text that holds it. */
interface Found {
  readonly source: NamedReading;
  readonly record: LogRecord;
}

/**
 * `kernel-report`: what went wrong in the kernel itself: an oops, a warning, a hung task, memory that ran out. Reports
 * that differ only in numbers are one finding. A program's own fault is a `fault-site`.
 *
 * Values of the first report: `title`, `kind`, `process`, `pid`, `cpu`, `version` (of the kernel), `tainted` (its
 * letters; empty where it says that it is not), `address`, `uptime`. Of all: `culprit`, `crash`, `count`, `first`, `last`.
 */
export const kernelReport: Finder = function* (sources) {
  const groups = yield* grouped(sources);
  return groups.map(describe);
};

const isReport = (record: LogRecord): boolean =>
  record.format === "kernel" && !isUserFault(record) && !NO_REPORTS.has(record.kind);

function* grouped(sources: readonly NamedReading[]): Steps<Found[][]> {
  const byKey = new Map<string, Found[]>();
  const pace = new Pace();
  for (const source of sources) {
    for (const record of source.reading.records) {
      const isWanted = isReport(record);
      if (pace.isDone(isWanted ? 4 : 1)) yield;
      if (!isWanted) continue;
      const key = JSON.stringify([record.kind, culpritOf(record), shape(titleOf(record))]);
      const group = byKey.get(key);
      if (group) group.push({ source, record });
      else byKey.set(key, [{ source, record }]);
    }
  }
  return [...byKey.values()];
}

/** Addresses, processes, counts and times differ from one report to the next of the same thing. */
const shape = (title: string): string =>
  title.slice(0, 400).replace(/(?:0x)?[a-f]{0,16}\d[0-9a-f]*/gi, "0");

const titleOf = ({ fields, message }: LogRecord): string =>
  typeof fields.title === "string" ? fields.title : (message.split("\n", 1)[0] as string);

function culpritOf({ frames, culprit, fields }: LogRecord): string | null {
  const name = culprit === null ? null : (frames?.[culprit]?.function ?? null);
  return name ?? (typeof fields.function === "string" ? fields.function : null);
}

function describe(reports: readonly Found[]): Finding {
  const { record } = reports[0] as Found;
  const times = reports.flatMap(({ record: { time } }) => time ?? []).sort();
  const field = (name: string) => record.fields[name] ?? null;
  const [title, culprit, count] = [titleOf(record), culpritOf(record), reports.length];
  return {
    kind: "kernel-report",
    summary: summary(title, culprit, count),
    values: {
      title,
      kind: record.kind,
      process: field("process"),
      pid: record.pid,
      cpu: field("cpu"),
      version: field("kernel"),
      tainted: field("taint"),
      address: field("address"),
      uptime: field("uptime"),
      culprit,
      crash: record.crash,
      count,
      first: times[0] ?? null,
      last: times[times.length - 1] ?? null,
    },
    evidence: reports.slice(0, MOST_EVIDENCE).map(({ source, record: { span } }) => ({
      source,
      span,
      says: "the kernel's report",
    })),
  };
}

function summary(title: string, culprit: string | null, count: number): string {
  const at = culprit === null || title.includes(culprit) ? "" : ` (in ${culprit})`;
  const times = count > 1 ? `, ${plural(count, "time")}` : "";
  return printable(shorten(title, 160) + at) + times;
}
