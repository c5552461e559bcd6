import type { NamedReading } from "../find/finding";
import { judge } from "../notes/judge";
import { read } from "../read/read";
import { nextText } from "../show/nextText";
import { gdbScript, shellScript } from "../suggest/script";
import { MOST_PLACES_IN_SCRIPT, suggest } from "../suggest/suggest";
import type { Job } from "./report";

/** `backtrace-reader next`: what to type next, as text to read or as a file to run. */
export async function next(job: Job): Promise<void> {
  const { files, only, script } = job.options;
  const sources: NamedReading[] = [];
  for (const path of files) sources.push({ path, reading: read(await job.load(path)) });
  const { findings, hypotheses } = judge(sources, job.notes, job.failed);
  const most = script ? MOST_PLACES_IN_SCRIPT : undefined;
  const all = suggest({ sources, findings }, hypotheses, null, most);
  const wanted = all.filter(({ where }) => only === null || where === only);
  if (job.options.format === "json") {
    const commands = wanted.map(({ evidence: _, ...command }) => command);
    await job.write(`${JSON.stringify({ version: 1, commands })}\n`);
  } else if (script) {
    await job.write(only === "shell" ? shellScript(wanted) : gdbScript(wanted));
  } else await job.write(wanted.length > 0 ? nextText(wanted, job.paint) : "Nothing to ask.\n");
}
