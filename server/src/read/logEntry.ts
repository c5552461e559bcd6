import type { EntryRows } from "./entryRows";
import type { LogRecord } from "./model";
import type { Span } from "./span";

/** The columns that all entries have. */
export const FROM = 0;
export const TO = 1;

type Fields = LogRecord["fields"];

/** A record whose parts are read out of the text when asked for; only the fields are kept then. */
export abstract class LogEntry implements LogRecord {
  protected readonly rows: EntryRows;
  protected readonly row: number;
  private kept: Fields | null = null;

  constructor(rows: EntryRows, row: number) {
    this.rows = rows;
    this.row = row;
  }

  abstract get format(): string;
  abstract get kind(): string;
  abstract get time(): string | null;
  abstract get severity(): string | null;
  abstract get pid(): number | null;
  abstract get tid(): string | null;
  abstract get module(): string | null;
  abstract get source(): LogRecord["source"];
  abstract get code(): string | null;
  abstract get message(): string;
  abstract get crash(): boolean;

  get frames(): LogRecord["frames"] {
    return null;
  }

  get culprit(): number | null {
    return null;
  }

  get fields(): Fields {
    this.kept ??= this.readFields();
    return this.kept;
  }

  get span(): Span {
    const { rows, row } = this;
    return { from: rows.now(rows.place(row, FROM)), to: rows.now(rows.place(row, TO)) };
  }

  /** Getters are no properties of their own to JSON. */
  toJSON(): LogRecord {
    return plainRecord(this);
  }

  /** The same entry in a text that it stands elsewhere in. Its fields are read anew: the old ones may hold an older text. */
  moved(rowsOf: (rows: EntryRows) => EntryRows): LogEntry {
    return this.inRows(rowsOf(this.rows), this.row);
  }

  protected abstract inRows(rows: EntryRows, row: number): LogEntry;
  /** The fields, made anew. */
  abstract readFields(): Fields;
}

/** The record as an object with nothing but its properties. */
export function plainRecord(record: LogRecord): LogRecord {
  const { format, kind, time, severity, pid, tid, module, source, code } = record;
  const { message, fields, span, crash, frames, culprit } = record;
  return {
    format,
    kind,
    time,
    severity,
    pid,
    tid,
    module,
    source,
    code,
    message,
    fields,
    span,
    crash,
    frames,
    culprit,
  };
}
