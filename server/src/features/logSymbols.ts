import { frameLabel } from "../find/groups";
import { releaseStretches } from "../find/lighttpdStretches";
import type { LogRecord, Reading, Section } from "../read/model";
import type { Span } from "../read/span";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import { headlineSpan } from "./entries/entry";
import { releaseNames } from "./entries/releases";
import { type EntryRun, runPeriod, runTitle, sectionRuns } from "./entries/runs";
import type { OutlineSymbol } from "./symbols";

/** More entries than this make no overview; crashes are kept first. */
const MOST_ENTRIES = 200;

/** A log with its crashes, failures and restarts; null for a section without entries. */
export function logSymbol(reading: Reading, section: Section): OutlineSymbol | null {
  const found = sectionRuns(reading).get(section);
  if (found === undefined) return null;
  const { kind, span } = section;
  const { records } = found;
  const runs = mostTelling(found.runs).map((run) => runSymbol(reading, run, span.to));
  const children = [...runs, ...changeSymbols(reading, records)].sort(
    (one, other) => one.span.from - other.span.from,
  );
  const name = kind.replaceAll("-", " ");
  const nameSpan = nameIn(span, headlineSpan(reading, records[0] as LogRecord));
  return { kind: "section", name, detail: logDetail(records), span, nameSpan, children };
}

function logDetail(records: readonly LogRecord[]): string {
  const count = plural(records.length, ["entry", "entries"]);
  const crashes = records.filter(({ crash }) => crash).length;
  return crashes === 0 ? count : `${count} · ${plural(crashes, ["crash", "crashes"])}`;
}

function mostTelling(runs: readonly EntryRun[]): readonly EntryRun[] {
  if (runs.length <= MOST_ENTRIES) return runs;
  const grave = (run: EntryRun) => (run.entries[0]?.crash ? 0 : 1);
  return runs.toSorted((one, other) => grave(one) - grave(other)).slice(0, MOST_ENTRIES);
}

/** A report of the kernel may go on behind lines of others, which end its section; the entry ends there too. */
function runSymbol(reading: Reading, run: EntryRun, end: number): OutlineSymbol {
  const first = run.entries[0] as LogRecord;
  const last = run.entries[run.entries.length - 1] as LogRecord;
  const detail = [culpritName(first), runPeriod(run)].filter((part) => part !== null).join(" · ");
  const to = Math.min(end, Math.max(first.span.to, last.span.to));
  const span = { from: first.span.from, to };
  const nameSpan = nameIn(span, headlineSpan(reading, first));
  return { kind: "entry", name: runTitle(run), detail, span, nameSpan, children: [] };
}

const nameIn = (span: Span, name: Span): Span =>
  span.from <= name.from && name.to <= span.to ? name : span;

function culpritName({ frames, culprit }: LogRecord): string | null {
  const frame = culprit === null ? undefined : frames?.[culprit];
  return frame ? printable(shorten(frameLabel(frame), 80)) : null;
}

/** Where the server was changed for another release. */
function changeSymbols(reading: Reading, records: readonly LogRecord[]): OutlineSymbol[] {
  const changes = releaseStretches(reading).filter(({ before }) => before !== null);
  if (changes.length === 0) return [];
  const own = new Set(records);
  return changes
    .filter(({ first }) => own.has(first))
    .map(({ first: { span }, releases, before }) => ({
      kind: "entry",
      name: `lighttpd ${releaseNames(releases)}`,
      detail: `before: ${releaseNames(before ?? [])}`,
      span,
      nameSpan: span,
      children: [],
    }));
}

/** A listing of ps or ipcs with the number of its rows; null for other sections. */
export function tableSymbol({ tables }: Reading, { kind, span }: Section): OutlineSymbol | null {
  const own = tables.filter(
    (table) => table.kind === kind && span.from <= table.span.from && table.span.to <= span.to,
  );
  const nameSpan = own[0]?.span;
  if (nameSpan === undefined) return null;
  const rows = own.reduce((sum, table) => sum + table.rows.length, 0);
  const name = kind.replaceAll("-", " ");
  return {
    kind: "table",
    name,
    detail: plural(rows, ["row", "rows"]),
    span,
    nameSpan,
    children: [],
  };
}
