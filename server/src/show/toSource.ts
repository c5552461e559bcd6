import { culpritIndex, type ExtraMachinery } from "../frames/culprit";
import type { Frame } from "../read/frame";
import type { LogRecord, Problem, Process, Reading, Section, Table, Thread } from "../read/model";
import { place } from "../read/place";
import { type Position, Positions, type Range } from "../read/positions";
import type { Span } from "../read/span";
import type { NamedValue } from "../read/values";
import type {
  ReportFrame,
  ReportProblem,
  ReportProcess,
  ReportRecord,
  ReportSection,
  ReportTable,
  ReportThread,
  ReportValue,
  Source,
} from "./report";

export type ToRange = (span: Span) => Range;

/** The public form of a reading. `extraMachinery` names functions of the user's that are never at fault. */
export function toSource(path: string, reading: Reading, extraMachinery?: ExtraMachinery): Source {
  const range = ranges(reading);
  const source = { path, sections: [], processes: [], records: [], tables: [], problems: [] };
  const lists: Record<ReportItem["type"], object[]> = {
    section: source.sections,
    process: source.processes,
    record: source.records,
    table: source.tables,
    problem: source.problems,
  };
  for (const section of reading.sections) lists.section.push(toSection(section, range));
  for (const { type, item } of reportItems(reading, range, extraMachinery)) lists[type].push(item);
  return source;
}

/** Places in a reading's text, or in the whole that its text begins at `at` of. */
export function ranges(reading: Reading, at?: Position): ToRange {
  const positions = new Positions(reading.text, at);
  return (span) => positions.range(place(reading, span));
}

/** One thing that a reading says, in its public form. */
export type ReportItem =
  | { readonly type: "section"; readonly item: ReportSection }
  | { readonly type: "process"; readonly item: ReportProcess }
  | { readonly type: "record"; readonly item: ReportRecord }
  | { readonly type: "table"; readonly item: ReportTable }
  | { readonly type: "problem"; readonly item: ReportProblem };

/** All but the sections, one after the other, so that nobody need hold them all. */
export function* reportItems(
  reading: Reading,
  range: ToRange,
  extraMachinery?: ExtraMachinery,
): Generator<ReportItem> {
  for (const process of reading.processes)
    yield { type: "process", item: toProcess(process, range, extraMachinery) };
  for (const record of reading.records) yield { type: "record", item: toRecord(record, range) };
  for (const table of reading.tables) yield { type: "table", item: toTable(table, range) };
  for (const problem of reading.problems)
    yield { type: "problem", item: toProblem(problem, range) };
}

const toSection = ({ kind, span }: Section, range: ToRange): ReportSection => ({
  kind,
  range: range(span),
});

/** The public form of a problem. */
export const toProblem = ({ code, message, span }: Problem, range: ToRange): ReportProblem => ({
  code,
  message,
  range: range(span),
});

function toProcess(process: Process, range: ToRange, extra?: ExtraMachinery): ReportProcess {
  const { pid, program, signal, gdb } = process;
  const threads = process.threads.map((thread) => toThread(thread, range, extra));
  return { pid, program, signal, gdb, range: range(process.span), threads };
}

function toThread(thread: Thread, range: ToRange, extra?: ExtraMachinery): ReportThread {
  const { number, id, lwp, name, crashed, ends } = thread;
  const culprit = culpritIndex(thread.frames, extra);
  const frames = thread.frames.map((frame) => toFrame(frame, range));
  return { number, id, lwp, name, crashed, range: range(thread.span), frames, culprit, ends };
}

function toFrame(frame: Frame, range: ToRange): ReportFrame {
  return {
    number: frame.number,
    kind: frame.kind,
    address: frame.address,
    function: frame.function,
    offset: frame.offset,
    arguments: toValues(frame.arguments),
    file: frame.file,
    line: frame.line,
    library: frame.library,
    locals: toValues(frame.locals),
    range: range(frame.span),
  };
}

const toValues = (values: readonly NamedValue[] | null): ReportValue[] | null =>
  values?.map(({ name, value }) => ({ name, value })) ?? null;

/** Written out: most of a log's report is records, and a copy of what is left of an object takes three times as long. */
function toRecord(record: LogRecord, range: ToRange): ReportRecord {
  return {
    format: record.format,
    kind: record.kind,
    time: record.time,
    severity: record.severity,
    pid: record.pid,
    tid: record.tid,
    module: record.module,
    source: record.source,
    code: record.code,
    message: record.message,
    fields: record.fields,
    crash: record.crash,
    culprit: record.culprit,
    frames: record.frames?.map((frame) => toFrame(frame, range)) ?? null,
    range: range(record.span),
  };
}

/** The public form of a table. */
export function toTable(table: Table, range: ToRange): ReportTable {
  return {
    kind: table.kind,
    columns: table.columns,
    rows: table.rows.map((row) => ({
      cells: row.cells.map((cell) => cell.text),
      range: range(row.span),
    })),
    range: range(table.span),
  };
}
