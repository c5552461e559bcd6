import { culpritIndex } from "../frames/culprit";
import { plainName } from "../frames/names";
import { plural } from "../words/plural";
import {
  type Evidence,
  type Finder,
  type Finding,
  MOST_EVIDENCE,
  type NamedReading,
} from "./finding";
import type { Member, StackGroup } from "./groups";
import { Pace } from "./pace";
import { stacksOfAll } from "./stacks";

/**
 * `same-stack`: threads, of whatever process and file, whose stacks show the same functions.
 * Values: `threads`, `processes`, `ofThreads` (all that have a stack), `state`, `culprit`, `top` (innermost function).
 */
export const sameStack: Finder = function* (sources) {
  const groups = stacksOfAll(sources.map(({ reading }) => reading));
  yield;
  const ofThreads = groups.reduce((sum, { members }) => sum + members.length, 0);
  const findings: Finding[] = [];
  const pace = new Pace();
  for (const group of groups) {
    const count = group.members.length;
    if (count > 1) findings.push(describe(group, ofThreads, sources));
    if (pace.isDone(1 + Math.min(count, MOST_EVIDENCE) * 4)) yield;
  }
  return findings;
};

function describe(group: StackGroup, ofThreads: number, sources: readonly NamedReading[]) {
  const processes = new Set(group.members.map(({ process }) => process)).size;
  const threads = group.members.length;
  const { culprit, functions, state } = group;
  return {
    kind: "same-stack",
    summary: `${threads} of ${plural(ofThreads, ["thread", "threads"])} have the same stack, ${state}`,
    values: {
      threads,
      processes,
      ofThreads,
      state,
      culprit: culprit === null ? null : plainName(functions[culprit] as string),
      top: functions[0] ?? null,
    },
    evidence: group.members.slice(0, MOST_EVIDENCE).map((member) => toEvidence(member, sources)),
  };
}

function toEvidence({ reading, thread }: Member, sources: readonly NamedReading[]): Evidence {
  const source = sources.find((candidate) => candidate.reading === reading) as NamedReading;
  const frame = thread.frames[culpritIndex(thread.frames) ?? 0];
  return { source, span: frame?.span ?? thread.span, says: "the same functions on the stack" };
}
