import type { LogRecord, Reading } from "../read/model";
import { place } from "../read/place";
import { plural } from "../words/plural";
import { documentText } from "./documentText";
import { headlineSpan } from "./entries/entry";
import { type EntryRun, runPeriod, runTitle, type SectionRuns, sectionRuns } from "./entries/runs";
import type { Lens } from "./lenses";

/** So many kinds of repeated entries are named above a log. */
const MOST_NAMED = 3;

/** In a longer log, the most frequent ones. */
const MOST_LENSES = 200;

/** Above each log what repeats in it, and above each first entry of those how often it does and when. */
export function logLenses(reading: Reading): Lens[] {
  return [...sectionRuns(reading).values()].flatMap((section) => lensesOfLog(reading, section));
}

function lensesOfLog(reading: Reading, { records, runs }: SectionRuns): Lens[] {
  const repeated = runs
    .filter(({ entries }) => entries.length > 1)
    .toSorted((one, other) => other.entries.length - one.entries.length)
    .slice(0, MOST_LENSES);
  if (repeated.length === 0) return [];
  const names = repeated.slice(0, MOST_NAMED).map(countAndPeriod);
  const title = [plural(records.length, ["entry", "entries"]), ...names].join(" · ");
  const top = { span: headlineSpan(reading, records[0] as LogRecord), title, stacks: null };
  return onLinesOfTheirOwn(reading, [top, ...repeated.map((run) => runLens(reading, run))]);
}

function countAndPeriod(run: EntryRun): string {
  const period = runPeriod(run);
  return period === null ? runTitle(run) : `${runTitle(run)} ${period}`;
}

/** It leads to all entries of the run. */
function runLens(reading: Reading, run: EntryRun): Lens {
  const title = countAndPeriod(run);
  const stacks = run.entries.map((record) => record.span);
  return { span: headlineSpan(reading, run.entries[0] as LogRecord), title, stacks };
}

/** A log that was pasted as one line would have all its lenses above that line: the first one is enough there. */
function onLinesOfTheirOwn(reading: Reading, lenses: readonly Lens[]): Lens[] {
  let before: number | null = null;
  return lenses
    .toSorted((one, other) => one.span.from - other.span.from)
    .filter(({ span }) => {
      const { from } = place(reading, span);
      const isNewLine = before === null || documentText(reading).slice(before, from).includes("\n");
      if (isNewLine) before = from;
      return isNewLine;
    });
}
