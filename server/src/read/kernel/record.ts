import type { LogRecord } from "../model";
import type { ReportKind } from "./data";
import type { KernelLine } from "./line";
import type { When } from "./when";

export type FieldValue = string | number | boolean | null;
export type Fields = Record<string, FieldValue>;

/** A record that later lines may still belong to. */
export interface OpenRecord {
  /** Lines of its caller that do not belong to it, after which it is over. */
  readonly patience: number;
  /** Takes the line if it belongs to the record. */
  take(line: KernelLine): boolean;
  /** Takes a headline that only goes on with the record: the panic behind an oops. */
  follow(kind: ReportKind, line: KernelLine): boolean;
  finish(): LogRecord;
}

/** What every kernel record has. */
export interface RecordParts {
  readonly kind: string;
  readonly message: string;
  readonly fields: Fields;
  readonly span: LogRecord["span"];
  readonly crash: boolean;
  readonly source?: LogRecord["source"];
  readonly frames?: LogRecord["frames"];
  readonly culprit?: LogRecord["culprit"];
}

export function newRecord(when: When, parts: RecordParts): LogRecord {
  const { kind, message, fields, span, crash, source, frames, culprit } = parts;
  const { pid } = fields;
  if (when.uptime !== null) fields.uptime = when.uptime;
  return {
    format: "kernel",
    kind,
    time: when.time,
    severity: when.severity,
    pid: typeof pid === "number" ? pid : null,
    tid: when.caller?.startsWith("T") ? when.caller.slice(1) : null,
    module: null,
    source: source ?? null,
    code: null,
    message,
    fields,
    span,
    crash,
    frames: frames ?? null,
    culprit: culprit ?? null,
  };
}
