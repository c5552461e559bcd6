import { Kept } from "../digest/kept";
import { inputParts, type Progress } from "../files/input";
import type { OnFailure } from "../find/find";
import { GroupCounter } from "../find/groups";
import { judge } from "../notes/judge";
import type { Note } from "../notes/note";
import type { Reading } from "../read/model";
import { read } from "../read/read";
import { findingsText } from "../show/findingsText";
import { frameLine } from "../show/frameLine";
import { countedJson, countedText } from "../show/groupText";
import { hypothesesText } from "../show/hypothesesText";
import type { Paint } from "../show/paint";
import type { Report } from "../show/report";
import { reportText } from "../show/reportText";
import { toFinding, toHypothesis } from "../show/toReport";
import { toSource } from "../show/toSource";
import { type Options, UsageError } from "./options";
import type { Task } from "./work";
import { workAll } from "./workers";

/** Reads one file after the other and hands its text to `write` as soon as it is there. */
export interface Job {
  readonly options: Options;
  readonly paint: Paint;
  /** What is looked for. */
  readonly notes: readonly Note[];
  readonly progress: Progress;
  readonly write: (text: string) => Promise<void>;
  /** Writes what is as safe for a terminal as `write` makes it. */
  readonly writeBytes: (bytes: Uint8Array) => Promise<void>;
  /** Hears of a finding or a note that failed. */
  readonly failed: OnFailure;
}

/** `backtrace-reader report`: the files one by one, then what follows from all of them together. */
export async function report(job: Job): Promise<void> {
  const { format } = job.options;
  if (format === "ndjson") await reportLines(job);
  else if (format === "json") await reportJson(job);
  else await reportTexts(job);
}

/** The files as lines of JSON, in blocks: in the memory for one, whatever their size. */
async function reportLines(job: Job): Promise<void> {
  const kept = new Kept();
  for await (const { task, result } of workAll(tasksOf(job, "report"), job.progress)) {
    if (result.type !== "block") continue;
    kept.add(task.path, result);
    for (const portion of result.output) await job.writeBytes(portion);
  }
  const { findings, hypotheses } = judge(kept.sources(), job.notes, job.failed);
  for (const finding of findings) await writeLine(job, "finding", toFinding(finding));
  for (const each of hypotheses) await writeLine(job, "hypothesis", toHypothesis(each));
  const message = kept.limit();
  if (message !== null) await writeLine(job, "limit", { message });
}

async function reportTexts(job: Job): Promise<void> {
  const kept = new Kept();
  for (const [i, path] of job.options.files.entries()) {
    const reading = await readWhole(job, path);
    kept.add(path, { text: reading.text, line: 0, kinds: [], reading });
    await job.write(`${i > 0 ? "\n" : ""}${reportText(path, reading, job.paint)}`);
  }
  const { findings, hypotheses } = judge(kept.sources(), job.notes, job.failed);
  const parts = [findingsText(findings, job.paint), hypothesesText(hypotheses, job.paint)];
  for (const part of parts) if (part !== "") await job.write(`\n${part}`);
  const message = kept.limit();
  if (message !== null) await job.write(`\n${message}\n`);
}

async function reportJson(job: Job): Promise<void> {
  const kept = new Kept();
  let before = '{"version":1,"sources":[';
  for (const path of job.options.files) {
    const reading = await readWhole(job, path);
    kept.add(path, { text: reading.text, line: 0, kinds: [], reading });
    await job.write(`${before}${JSON.stringify(toSource(path, reading))}`);
    before = ",";
  }
  const { findings, hypotheses } = judge(kept.sources(), job.notes, job.failed);
  const rest: Omit<Report, "version" | "sources"> = {
    findings: findings.map(toFinding),
    hypotheses: hypotheses.map(toHypothesis),
  };
  const message = kept.limit();
  const told = message === null ? rest : { ...rest, limit: message };
  await job.write(`],${JSON.stringify(told).slice(1)}\n`);
}

/** A larger text is not held as a whole. */
const LARGEST_WHOLE = 256 << 20;

async function readWhole(job: Job, path: string): Promise<Reading> {
  const parts: string[] = [];
  let length = 0;
  for await (const part of inputParts(path, job.progress)) {
    parts.push(part);
    length += part.length;
    if (length > LARGEST_WHOLE) {
      const way = "report it with --format ndjson, or group it";
      throw new UsageError(`${path} is larger than 256 MB: ${way}`);
    }
  }
  return read(parts.join(""));
}

const writeLine = (job: Job, type: string, content: object): Promise<void> =>
  job.write(`${JSON.stringify({ type, ...content })}\n`);

/** `backtrace-reader group` */
export async function group(job: Job): Promise<void> {
  const counter = new GroupCounter(job.options.depth, frameLine);
  for await (const { result } of workAll(tasksOf(job, "group"), job.progress))
    if (result.type === "groups") counter.merge(result.groups, result.others);
  const { others } = counter;
  const groups = counter.mostFrequentFirst();
  if (job.options.format === "json") {
    const told = { version: 1, groups: groups.map(countedJson), ...(others > 0 && { others }) };
    await job.write(`${JSON.stringify(told)}\n`);
  } else
    await job.write(
      groups.length > 0 ? countedText(groups, others, job.paint) : "No stacks found.\n",
    );
}

/** What is to be done with each file. */
export const tasksOf = ({ options: { files, depth } }: Job, command: Task["command"]): Task[] =>
  files.map((path) => ({ command, path, depth }));
