import files from "knowledge:lighttpd/kinds";
import type { EntryRows } from "../entryRows";
import type { LogEntry } from "../logEntry";
import { hasNull, type MessageKind, safe } from "../messageKinds";
import type { LogRecord } from "../model";
import { DAY, KindNumbers, MESSAGE, OWN, ServerEntry, TIME } from "../serverEntry";
import { signalName } from "../signals";
import { type Head, moduleSpan, writerParts } from "./head";

/** Where what wrote the entry stands. */
const WRITER = OWN;
const WRITER_TO = OWN + 1;

/** How many columns a row of lighttpd's has. */
export const WIDTH = OWN + 2;

type Fields = Record<string, string | number | boolean | null>;

/** The data of knowledge/lighttpd/kinds. */
export const lighttpdKinds: readonly MessageKind[] = files.flatMap((file) => file.kinds);

/** lighttpd's kinds, by their numbers. */
export const lighttpdKindNumbers = new KindNumbers(lighttpdKinds);

/** Puts what the head of an entry says into its row. */
export function putHead(rows: EntryRows, row: number, head: Head): void {
  rows.set(row, MESSAGE, head.messageFrom);
  rows.set(row, TIME, head.timeFrom);
  rows.set(row, DAY, head.day);
  rows.set(row, WRITER, head.writerFrom);
  rows.set(row, WRITER_TO, head.writerTo);
}

/** An entry of lighttpd's error log. It tells no severity, and no process id of its own. */
export class LighttpdEntry extends ServerEntry {
  get format(): string {
    return "lighttpd";
  }

  get severity(): null {
    return null;
  }

  get pid(): null {
    return null;
  }

  get tid(): null {
    return null;
  }

  get code(): null {
    return null;
  }

  get module(): string | null {
    const from = this.place(WRITER);
    if (from < 0) return null;
    const { text } = this.rows;
    return text.slice(...moduleSpan(text, from, this.place(WRITER_TO)));
  }

  /** Null where its line is too large a number. */
  get source(): LogRecord["source"] {
    const { writer } = this;
    if (writer === null) return null;
    const { file, line } = writerParts(writer);
    const number = safe(line);
    return number === null ? null : { file, line: number };
  }

  /** Is one of its numbers too large to be one? */
  get hasLostNumber(): boolean {
    return this.writer !== null && (this.source === null || hasNull(this.messageFields()));
  }

  readFields(): Fields {
    const found = this.messageFields();
    const kind = this.messageKind;
    return kind !== null && derivedFrom.has(kind) ? derived(found) : found;
  }

  protected get kinds(): KindNumbers {
    return lighttpdKindNumbers;
  }

  protected inRows(rows: EntryRows, row: number): LogEntry {
    return new LighttpdEntry(rows, row);
  }

  /** What wrote it: `mod_fastcgi.c.2396`. */
  private get writer(): string | null {
    const from = this.place(WRITER);
    return from < 0 ? null : this.rows.text.slice(from, this.place(WRITER_TO));
  }
}

/** The kinds with a field that others follow from. */
const derivedFrom: ReadonlySet<MessageKind> = new Set(
  lighttpdKinds.filter(({ fields = [] }) =>
    fields.some((source) => /<(?:signal|backend|backendPort)>/.test(source)),
  ),
);

/** With what follows from other fields: the signal's name, and the backend's address as the other entries write it. */
function derived(found: Fields): Fields {
  const { signal, backend, backendHost, backendPort } = found;
  const fields = { ...found };
  if (typeof signal === "number") fields.signalName = signalName(signal);
  if (typeof backend === "string" && backend.startsWith("/")) fields.backend = `unix:${backend}`;
  if (typeof backendPort === "number") fields.backend = `tcp:${backendHost}:${backendPort}`;
  return fields;
}
