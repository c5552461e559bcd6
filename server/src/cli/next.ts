import { Kept } from "../digest/kept";
import { judge } from "../notes/judge";
import { nextText } from "../show/nextText";
import { gdbScript, shellScript } from "../suggest/script";
import { MOST_PLACES_IN_SCRIPT, suggest } from "../suggest/suggest";
import { type Job, tasksOf } from "./job";
import { notesWith } from "./notes";
import { workAll } from "./workers";

/** `backtrace-reader next`: what to type next, as text to read or as a file to run. */
export async function next(job: Job): Promise<void> {
  const { only, script, format } = job.options;
  const notes = notesWith(job.options.notes, job.warn);
  const kept = new Kept();
  for await (const { task, result } of workAll(tasksOf(job, "judge"), job.progress, kept))
    if (result.type === "block") kept.add(task.path, result);
  const sources = kept.sources();
  const limit = kept.limit();
  const { findings, hypotheses } = judge(sources, notes, job.failed);
  const most = script ? MOST_PLACES_IN_SCRIPT : undefined;
  const all = suggest({ sources, findings }, hypotheses, null, most);
  const wanted = all.filter(({ where }) => only === null || where === only);
  if (format === "json") {
    const commands = wanted.map(({ evidence: _, ...command }) => command);
    const told = { version: 1, commands, ...(limit !== null && { limit }) };
    await job.write(`${JSON.stringify(told)}\n`);
  } else if (script) {
    await job.write(only === "shell" ? shellScript(wanted) : gdbScript(wanted));
    if (limit !== null) await job.write(`# ${limit}\n`);
  } else {
    await job.write(wanted.length > 0 ? nextText(wanted, job.paint) : "Nothing to ask.\n");
    if (limit !== null) await job.write(`\n${limit}\n`);
  }
}
