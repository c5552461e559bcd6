import { GroupCounter } from "../find/groups";
import { frameLine } from "../show/frameLine";
import { countedJson, countedText } from "../show/groupText";
import { type Job, tasksOf } from "./job";
import { workAll } from "./workers";

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
