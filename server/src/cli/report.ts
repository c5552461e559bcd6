import { Kept, type KeptBlock } from "../digest/kept";
import { WholeOrder } from "../digest/wholeOrder";
import { inputParts } from "../files/input";
import { judge } from "../notes/judge";
import type { Note } from "../notes/note";
import { JoinedSections } from "../read/joinedSections";
import type { Reading } from "../read/model";
import { read } from "../read/read";
import { findingsText } from "../show/findingsText";
import { hypothesesText } from "../show/hypothesesText";
import type { Report } from "../show/report";
import { reportText } from "../show/reportText";
import { toFinding, toHypothesis } from "../show/toReport";
import { toSource } from "../show/toSource";
import { type Job, tasksOf } from "./job";
import { notesWith } from "./notes";
import { UsageError } from "./options";
import type { SaidBlock } from "./work";
import { workAll } from "./workers";

/** `backtrace-reader report`: the files one by one, then what follows from all of them together. */
export async function report(job: Job): Promise<void> {
  const { format } = job.options;
  const notes = notesWith(job.options.notes, job.warn);
  if (format === "ndjson") await reportLines(job, notes);
  else if (format === "json") await reportJson(job, notes);
  else await reportTexts(job, notes);
}

/** The files as lines of JSON, in blocks: in the memory for one, whatever their size. */
async function reportLines(job: Job, notes: readonly Note[]): Promise<void> {
  const kept = new Kept();
  let whole = new WholeLines();
  for await (const { task, result } of workAll(tasksOf(job, "report"), job.progress, kept)) {
    if (result.type !== "block" || result.said === null) continue;
    const { path } = task;
    kept.add(path, result);
    const { sections, problems } = whole.add(result.said, result.isLast);
    for (const section of sections) await writeLine(job, "section", { path, ...section });
    for (const portion of result.said.lines) await job.writeBytes(portion);
    for (const problem of problems) await writeLine(job, "problem", { path, ...problem });
    if (result.isLast) whole = new WholeLines();
  }
  const { findings, hypotheses } = judge(kept.sources(), notes, job.failed);
  for (const finding of findings) await writeLine(job, "finding", toFinding(finding));
  for (const each of hypotheses) await writeLine(job, "hypothesis", toHypothesis(each));
  const message = kept.limit();
  if (message !== null) await writeLine(job, "limit", { message });
}

/** What only all blocks of a file together say. */
class WholeLines {
  private readonly joined = new JoinedSections();
  private readonly order = new WholeOrder();

  /** The sections to be told in front of a block's lines, and the problems behind them. */
  add({ sections, times }: SaidBlock, isLast: boolean) {
    const ended = this.joined.add(sections);
    this.order.add(times);
    if (!isLast) return { sections: ended, problems: [] };
    return { sections: [...ended, ...this.joined.finish()], problems: this.order.problems() };
  }
}

async function reportTexts(job: Job, notes: readonly Note[]): Promise<void> {
  const kept = new Kept();
  for (const [i, path] of job.options.files.entries()) {
    const reading = await readWhole(job, path);
    kept.add(path, wholeBlock(reading));
    await job.write(`${i > 0 ? "\n" : ""}${reportText(path, reading, job.paint)}`);
  }
  const { findings, hypotheses } = judge(kept.sources(), notes, job.failed);
  const parts = [findingsText(findings, job.paint), hypothesesText(hypotheses, job.paint)];
  for (const part of parts) if (part !== "") await job.write(`\n${part}`);
  const message = kept.limit();
  if (message !== null) await job.write(`\n${message}\n`);
}

async function reportJson(job: Job, notes: readonly Note[]): Promise<void> {
  const kept = new Kept();
  let before = '{"version":1,"sources":[';
  for (const path of job.options.files) {
    const reading = await readWhole(job, path);
    kept.add(path, wholeBlock(reading));
    await job.write(`${before}${JSON.stringify(toSource(path, reading))}`);
    before = ",";
  }
  const { findings, hypotheses } = judge(kept.sources(), notes, job.failed);
  const rest: Omit<Report, "version" | "sources"> = {
    findings: findings.map(toFinding),
    hypotheses: hypotheses.map(toHypothesis),
  };
  const message = kept.limit();
  const told = message === null ? rest : { ...rest, limit: message };
  await job.write(`],${JSON.stringify(told).slice(1)}\n`);
}

const wholeBlock = (reading: Reading): KeptBlock => {
  const { text } = reading;
  return { text, length: text.length, line: 0, kinds: [], reading };
};

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
