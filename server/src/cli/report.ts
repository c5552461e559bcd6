import type { OnFailure } from "../find/find";
import type { NamedReading } from "../find/finding";
import { groupStacks } from "../find/groups";
import { judge } from "../notes/judge";
import type { Note } from "../notes/note";
import { read } from "../read/read";
import { groupJson, groupsText } from "../show/groupText";
import { hypothesesText } from "../show/hypothesesText";
import type { Paint } from "../show/paint";
import type { Report, Source } from "../show/report";
import { reportText } from "../show/reportText";
import { toFinding, toHypothesis } from "../show/toReport";
import { toSource } from "../show/toSource";
import type { Options } from "./options";

/** Reads one file after the other and hands its text to `write` as soon as it is there. */
export interface Job {
  readonly options: Options;
  readonly paint: Paint;
  /** What is looked for. */
  readonly notes: readonly Note[];
  readonly load: (path: string) => Promise<string>;
  readonly write: (text: string) => Promise<void>;
  /** Hears of a finding or a note that failed. */
  readonly failed: OnFailure;
}

/** `backtrace-reader report`: the files one by one, then what follows from all of them together. */
export async function report(job: Job): Promise<void> {
  const { files, format } = job.options;
  if (format === "json") return reportJson(job);
  const sources: NamedReading[] = [];
  for (const [i, path] of files.entries()) {
    const reading = read(await job.load(path));
    sources.push({ path, reading });
    if (format === "ndjson") await writeLines(job, toSource(path, reading));
    else await job.write(`${i > 0 ? "\n" : ""}${reportText(path, reading, job.paint)}`);
  }
  const { findings, hypotheses } = judge(sources, job.notes, job.failed);
  if (format === "ndjson") {
    for (const finding of findings) await writeLine(job, "finding", toFinding(finding));
    for (const each of hypotheses) await writeLine(job, "hypothesis", toHypothesis(each));
  } else if (hypotheses.length > 0) await job.write(`\n${hypothesesText(hypotheses, job.paint)}`);
}

async function reportJson(job: Job): Promise<void> {
  const sources: NamedReading[] = [];
  for (const path of job.options.files) sources.push({ path, reading: read(await job.load(path)) });
  const { findings, hypotheses } = judge(sources, job.notes, job.failed);
  const whole: Report = {
    version: 1,
    sources: sources.map(({ path, reading }) => toSource(path, reading)),
    findings: findings.map(toFinding),
    hypotheses: hypotheses.map(toHypothesis),
  };
  await job.write(`${JSON.stringify(whole)}\n`);
}

const writeLine = (job: Job, type: string, content: object): Promise<void> =>
  job.write(`${JSON.stringify({ type, ...content })}\n`);

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
    for (const item of items) await writeLine(job, type, { path, ...item });
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
