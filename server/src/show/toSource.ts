import { culpritIndex, type ExtraMachinery } from "../frames/culprit";
import type { Frame } from "../read/frame";
import type { LogRecord, Process, Reading, Table, Thread } from "../read/model";
import { place } from "../read/place";
import { Positions, type Range } from "../read/positions";
import type { Span } from "../read/span";
import type { NamedValue } from "../read/values";
import type {
  ReportFrame,
  ReportProcess,
  ReportRecord,
  ReportTable,
  ReportThread,
  ReportValue,
  Source,
} from "./report";

type ToRange = (span: Span) => Range;

/** The public form of a reading. `extraMachinery` names functions of the user's that are never at fault. */
export function toSource(path: string, reading: Reading, extraMachinery?: ExtraMachinery): Source {
  const positions = new Positions(reading.text);
  const range: ToRange = (span) => positions.range(place(reading, span));
  return {
    path,
    sections: reading.sections.map(({ kind, span }) => ({ kind, range: range(span) })),
    processes: reading.processes.map((process) => toProcess(process, range, extraMachinery)),
    records: reading.records.map((record) => toRecord(record, range)),
    tables: reading.tables.map((table) => toTable(table, range)),
    problems: reading.problems.map(({ code, message, span }) => ({
      code,
      message,
      range: range(span),
    })),
  };
}

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

function toRecord(record: LogRecord, range: ToRange): ReportRecord {
  const { span, frames, ...rest } = record;
  return {
    ...rest,
    frames: frames?.map((frame) => toFrame(frame, range)) ?? null,
    range: range(span),
  };
}

function toTable(table: Table, range: ToRange): ReportTable {
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
