import files from "knowledge:lighttpd/log-lines";
import type { LogRecord } from "../model";
import { atOnce, type Steps } from "../steps";

/** One file of knowledge/lighttpd/log-lines: the source lines from which each release writes to its log. */
export interface LogLineFile {
  readonly source: string;
  /** In order of their numbers. */
  readonly releases: readonly string[];
  /** By source file, groups `releases:lines`: runs of places in `releases`, and lines as distances. */
  readonly files: Readonly<Record<string, string>>;
}

/** The records `from .. to` (not included) were written by one of these releases. */
export interface VersionRun {
  readonly from: number;
  readonly to: number;
  /** Empty where no release has such lines: a patched or self-made build. */
  readonly versions: readonly string[];
}

type Releases = ReadonlySet<string>;

const byFile = new Map<string, Map<number, Releases>>();

/** The releases of lighttpd that log from this line of this file, in order; empty where none does. */
export const versionsOf = (file: string, line: number): string[] => [
  ...(linesOf(file).get(line) ?? NONE),
];

function linesOf(file: string): ReadonlyMap<number, Releases> {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const known = byFile.get(name);
  if (known) return known;
  const lines = readLines(name);
  // Any word may stand in the place of a file.
  if (lines.size > 0) byFile.set(name, lines);
  return lines;
}

function readLines(name: string): Map<number, Set<string>> {
  const lines = new Map<number, Set<string>>();
  for (const { files: groups, releases } of files) {
    if (!Object.hasOwn(groups, name)) continue;
    for (const group of (groups[name] as string).split(" ")) addGroup(lines, group, releases);
  }
  return lines;
}

function addGroup(lines: Map<number, Set<string>>, group: string, all: readonly string[]): void {
  const [runs = "", distances = ""] = group.split(":");
  const releases = runs.split(",").flatMap((run) => releasesOf(run, all));
  let line = 0;
  for (const distance of distances.split(",")) {
    line += Number(distance);
    const known = lines.get(line) ?? new Set();
    for (const release of releases) known.add(release);
    lines.set(line, known);
  }
}

function releasesOf(run: string, all: readonly string[]): readonly string[] {
  const [first, last = first] = run.split("-");
  return all.slice(Number(first), Number(last) + 1);
}

/**
 * Which releases wrote the records, by the source lines that they name. Where no one release can have written all,
 * the server was changed in between: at its last start, if the records say when that was.
 */
export const lighttpdVersions = (records: readonly LogRecord[]): VersionRun[] =>
  atOnce(lighttpdVersionSteps(records));

/** As many records make a step. */
const PIECE = 512;

/** The same in steps. */
export function* lighttpdVersionSteps(records: readonly LogRecord[]): Steps<VersionRun[]> {
  const runs: VersionRun[] = [];
  let from = 0;
  let versions: Releases | null = null;
  /** Those of lines that many entries are written from: they narrow nothing a second time. */
  const known = new Set<Releases>();
  for (let i = 0; i < records.length; i++) {
    if (i % PIECE === PIECE - 1) yield;
    const own = versionsOfRecord(records[i] as LogRecord);
    if (own.size === 0 || known.has(own)) continue;
    known.add(own);
    const both: Releases = versions === null ? own : common(versions, own);
    if (both.size > 0) versions = both;
    else {
      known.clear();
      const start = changeBefore(records, i, from, own);
      runs.push({ from, to: start, versions: yield* narrowed(records, from, start) });
      from = start;
      versions = new Set(yield* narrowed(records, start, i + 1));
    }
  }
  if (records.length > 0) runs.push({ from, to: records.length, versions: [...(versions ?? [])] });
  return runs;
}

function versionsOfRecord(record: LogRecord): Releases {
  if (record.kind === "server-start") {
    const { version } = record.fields;
    if (typeof version === "string") return new Set([version]);
  }
  const { source } = record;
  return (source && linesOf(source.file).get(source.line)) ?? NONE;
}

const NONE: Releases = new Set();

/**
 * Where the release changed that wrote record `i`: the first start in the records before it that this release can have
 * written too, and behind the last stop; `i` itself where there is none.
 */
function changeBefore(
  records: readonly LogRecord[],
  i: number,
  from: number,
  own: Releases,
): number {
  let change = i;
  let left = own;
  for (let k = i - 1; k > from; k--) {
    const record = records[k] as LogRecord;
    const its = versionsOfRecord(record);
    if (its.size > 0) left = common(left, its);
    if (left.size === 0 || record.kind === "server-stop") break;
    if (record.kind === "server-start") change = k;
  }
  return change;
}

/** The releases that can have written all of these records. */
function* narrowed(records: readonly LogRecord[], from: number, to: number): Steps<string[]> {
  let versions: Releases | null = null;
  for (let i = from; i < to; i++) {
    if (i % PIECE === PIECE - 1) yield;
    const own = versionsOfRecord(records[i] as LogRecord);
    if (own.size > 0) versions = versions === null ? own : common(versions, own);
  }
  return [...(versions ?? [])];
}

const common = (one: Releases, other: Releases): Releases =>
  new Set([...one].filter((release) => other.has(release)));
