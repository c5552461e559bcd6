import { Pace } from "../../find/pace";
import { stepwise } from "../../find/stepwise";
import type { LogRecord, Reading, Section } from "../../read/model";
import type { Steps } from "../../read/steps";
import { entriesIn, entryTitle, isNoteworthy, isRestart } from "./entry";

/** Entries that say the same, with little in between. Never empty. */
export interface EntryRun {
  readonly title: string;
  readonly entries: readonly LogRecord[];
}

interface OpenRun extends EntryRun {
  readonly entries: LogRecord[];
}

/** A failing backend has two or three messages in turn: so many runs go on side by side. */
const SIDE_BY_SIDE = 4;

/** Of each section that has entries: all of them, and the noteworthy ones, those that repeat put together. */
export const sectionRuns = stepwise(function* (
  reading: Reading,
): Steps<ReadonlyMap<Section, SectionRuns>> {
  const sections = new Map<Section, SectionRuns>();
  for (const section of reading.sections) {
    const records = entriesIn(reading, section.span);
    if (records.length > 0)
      sections.set(section, { records, runs: yield* noteworthyRuns(records) });
  }
  return sections;
});

export interface SectionRuns {
  /** Never empty. */
  readonly records: readonly LogRecord[];
  /** By their first entries. */
  readonly runs: readonly EntryRun[];
}

function* noteworthyRuns(records: readonly LogRecord[]): Steps<EntryRun[]> {
  const runs: OpenRun[] = [];
  let start = 0;
  const pace = new Pace();
  for (const record of records) {
    if (pace.isDone()) yield;
    if (!isNoteworthy(record)) continue;
    const title = entryTitle(record);
    const recent = runs.slice(Math.max(start, runs.length - SIDE_BY_SIDE));
    const run = recent.find((open) => open.title === title);
    // What fails before a restart and what fails after it are two stories.
    if (run === undefined && isRestart(record)) start = runs.length;
    if (run) run.entries.push(record);
    else runs.push({ title, entries: [record] });
  }
  return runs;
}

/** `8 × backend-eof on 127.0.0.1:7000`; a single entry has no count. */
export const runTitle = ({ title, entries }: EntryRun): string =>
  entries.length === 1 ? title : `${entries.length} × ${title}`;

/** `between 11:21 and 11:47`, with days where they differ, `at 11:21` within a minute; null without times. */
export function runPeriod({ entries }: EntryRun): string | null {
  const first = entries[0] as LogRecord;
  const last = entries[entries.length - 1] as LogRecord;
  if (first.time === null || last.time === null) return uptimes(first, last);
  const isOneDay = first.time.slice(0, 10) === last.time.slice(0, 10);
  const from = isOneDay ? 11 : 0;
  const show = (time: string) => time.slice(from, 16).replace("T", " ");
  return betweenText(show(first.time), show(last.time));
}

/** The kernel counts seconds from its start. */
function uptimes(first: LogRecord, last: LogRecord): string | null {
  const [from, to] = [first.fields.uptime, last.fields.uptime];
  if (typeof from !== "number" || typeof to !== "number") return null;
  return `${betweenText(`${Math.floor(from)}`, `${Math.floor(to)}`)} s after the start`;
}

const betweenText = (from: string, to: string): string =>
  from === to ? `at ${from}` : `between ${from} and ${to}`;
