import type { EntryRows } from "../entryRows";
import { FROM, LogEntry } from "../logEntry";
import { reportNamed } from "./data";
import type { Fields } from "./record";
import { FAULT_PHRASES, type FaultPhrase, readFault, threadNumber } from "./userFault";
import { readStamp, type When } from "./when";

// The columns behind those of all entries.
/** Where the stamp ends, where the text behind it begins and ends, and where a `Code:` line's bytes stand. */
export const STAMP_TO = 2;
export const BODY = 3;
export const BODY_TO = 4;
export const BYTES = 5;
export const BYTES_TO = 6;
/** The number of its words in FAULT_PHRASES. */
export const PHRASE = 7;
/** The number of its kind in FAULT_KINDS. */
export const KIND = 8;

/** How many columns a row of a fault has. */
export const WIDTH = 9;

export const FAULT_KINDS = ["segfault", "general-protection", "trap"];

const isCrash = FAULT_KINDS.map((kind) => reportNamed(kind)?.crash ?? true);

/** A program's fault in the kernel's log. */
export class FaultEntry extends LogEntry {
  get format(): string {
    return "kernel";
  }

  get kind(): string {
    return FAULT_KINDS[this.rows.number(this.row, KIND)] as string;
  }

  get crash(): boolean {
    return isCrash[this.rows.number(this.row, KIND)] as boolean;
  }

  get time(): string | null {
    return this.when.time;
  }

  get severity(): string | null {
    return this.when.severity;
  }

  get pid(): number | null {
    return threadNumber(this.message, this.phrase);
  }

  get tid(): string | null {
    const { caller } = this.when;
    return caller?.startsWith("T") ? caller.slice(1) : null;
  }

  get module(): null {
    return null;
  }

  get source(): null {
    return null;
  }

  get code(): null {
    return null;
  }

  get message(): string {
    return this.slice(BODY, BODY_TO);
  }

  readFields(): Fields {
    const { message } = this;
    const fault = readFault(message, this.phrase, this.span, []);
    const fields: Fields = { title: message, ...fault?.fields };
    if (this.place(BYTES) >= 0) fields.code = this.slice(BYTES, BYTES_TO).trim();
    const { uptime } = this.when;
    if (uptime !== null) fields.uptime = uptime;
    return fields;
  }

  protected inRows(rows: EntryRows, row: number): LogEntry {
    return new FaultEntry(rows, row);
  }

  private get when(): When {
    return readStamp(this.rows.text, this.place(FROM), this.place(STAMP_TO), []);
  }

  private get phrase(): FaultPhrase {
    return FAULT_PHRASES[this.rows.number(this.row, PHRASE)] as FaultPhrase;
  }

  private place(column: number): number {
    return this.rows.place(this.row, column);
  }

  private slice(from: number, to: number): string {
    return this.rows.text.slice(this.place(from), this.place(to));
  }
}
