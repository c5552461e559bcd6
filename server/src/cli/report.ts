import { groupStacks } from "../find/groups";
import { read } from "../read/read";
import { groupJson, groupsText } from "../show/groupText";
import type { Paint } from "../show/paint";
import type { Source } from "../show/report";
import { reportText } from "../show/reportText";
import { toSource } from "../show/toSource";
import type { Options } from "./options";

/** Reads one file after the other and hands its text to `write` as soon as it is there. */
export interface Job {
  readonly options: Options;
  readonly paint: Paint;
  readonly load: (path: string) => Promise<string>;
  readonly write: (text: string) => Promise<void>;
}

/** `backtrace-reader report` */
export async function report(job: Job): Promise<void> {
  const { files, format } = job.options;
  if (format === "json") return reportJson(job);
  for (const [i, path] of files.entries()) {
    const reading = read(await job.load(path));
    if (format === "ndjson") await writeLines(job, toSource(path, reading));
    else await job.write(`${i > 0 ? "\n" : ""}${reportText(path, reading, job.paint)}`);
  }
}

async function reportJson(job: Job): Promise<void> {
  const sources: Source[] = [];
  for (const path of job.options.files) sources.push(toSource(path, read(await job.load(path))));
  const whole = { version: 1, sources, findings: [], hypotheses: [] };
  await job.write(`${JSON.stringify(whole)}\n`);
}

/** One JSON object a line, each with its type and path, so that a reader needs no more than a line of memory. */
async function writeLines(job: Job, source: Source): Promise<void> {
  const { path } = source;
  const kinds = [
    ["section", source.sections],
    ["process", source.processes],
    ["record", source.records],
    ["table", source.tables],
    ["problem", source.problems],
  ] as const;
  for (const [type, items] of kinds) {
    for (const item of items) await job.write(`${JSON.stringify({ type, path, ...item })}\n`);
  }
}

/** `backtrace-reader group` */
export async function group(job: Job): Promise<void> {
  const readings = [];
  for (const path of job.options.files) readings.push(read(await job.load(path)));
  const groups = groupStacks(readings, job.options.depth);
  if (job.options.format === "json") {
    await job.write(`${JSON.stringify({ version: 1, groups: groups.map(groupJson) })}\n`);
  } else await job.write(groups.length > 0 ? groupsText(groups, job.paint) : "No stacks found.\n");
}
