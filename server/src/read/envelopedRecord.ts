import type { Envelope } from "./envelope";
import { LogEntry, plainRecord } from "./logEntry";
import type { LogRecord } from "./model";

type Fields = LogRecord["fields"];

/** A record with what the shipper's prefix of its first line knows and it does not. */
export class EnvelopedRecord implements LogRecord {
  readonly record: LogRecord;
  private readonly envelope: Envelope;
  /** The year of a time without one, or null. */
  private readonly year: string | null;
  private kept: Fields | null = null;

  constructor(record: LogRecord, envelope: Envelope, year: string | null) {
    this.record = record;
    this.envelope = envelope;
    this.year = year;
  }

  get format(): string {
    return this.record.format;
  }

  get kind(): string {
    return this.record.kind;
  }

  get time(): string | null {
    return this.record.time ?? this.envelopeTime;
  }

  /** The time, if it was written with its year. */
  get datedTime(): string | null {
    return this.record.time ?? this.envelope.time;
  }

  /** What the envelope says of the time. */
  get envelopeTime(): string | null {
    const { time, yearless } = this.envelope;
    return time ?? (this.year !== null && yearless ? `${this.year}-${yearless}` : null);
  }

  get severity(): string | null {
    return this.record.severity;
  }

  get pid(): number | null {
    return this.record.pid ?? this.envelope.pid;
  }

  get tid(): string | null {
    return this.record.tid;
  }

  get module(): string | null {
    return this.record.module;
  }

  get source(): LogRecord["source"] {
    return this.record.source;
  }

  get code(): string | null {
    return this.record.code;
  }

  get message(): string {
    return this.record.message;
  }

  get fields(): Fields {
    this.kept ??= this.fieldsWithSender();
    return this.kept;
  }

  get host(): string | undefined {
    return this.envelope.host ?? undefined;
  }

  get span(): LogRecord["span"] {
    return this.record.span;
  }

  get crash(): boolean {
    return this.record.crash;
  }

  get frames(): LogRecord["frames"] {
    return this.record.frames;
  }

  get culprit(): number | null {
    return this.record.culprit;
  }

  /** The same around the record as it stands elsewhere. */
  around(record: LogRecord): EnvelopedRecord {
    return new EnvelopedRecord(record, this.envelope, this.year);
  }

  toJSON(): LogRecord {
    return plainRecord(this);
  }

  private fieldsWithSender(): Fields {
    const { host, unit } = this.envelope;
    const { record } = this;
    // One of both keeps them.
    const fields = record instanceof LogEntry ? record.readFields() : record.fields;
    if (host !== null && unit !== null) return { host, unit, ...fields };
    if (host !== null) return { host, ...fields };
    return unit !== null ? { unit, ...fields } : fields;
  }
}
