import files from "knowledge:lighttpd/kinds";
import type { Envelope } from "../envelope";
import { hasNull, kindFinder, type MessageKind, messageFields } from "../messageKinds";
import type { LogRecord, Problem } from "../model";
import { signalName } from "../signals";
import type { Span } from "../span";
import type { Head } from "./head";

type Fields = Record<string, string | number | null>;

/** Where an entry stands. */
export interface Entry {
  /** The clean text that the entry is of. */
  readonly document: string;
  readonly text: string;
  readonly span: Span;
  readonly envelope: Envelope | null;
}

/** The data of knowledge/lighttpd/kinds. */
export const lighttpdKinds: readonly MessageKind[] = files.flatMap((file) => file.kinds);

const kindOf = kindFinder(files);

/** Makes the record of an entry. What cannot be right is null in it and goes to the problems. */
export function lighttpdRecord(entry: Entry, head: Head, problems: Problem[]): LogRecord {
  const message = entry.text.slice(head.messageFrom).trimEnd();
  const { module, source } = head.writer;
  const from = entry.span.from + head.messageFrom;
  const to = from + message.length;
  const whole = entry.document;
  const kind = kindOf({ text: message, code: null, errno: null, file: module, whole, from, to });
  const fields: Fields = kind === null ? {} : messageFields(kind, message);
  reportTime(entry, head, problems);
  if (source === null || hasNull(fields)) {
    const text = "A number of this entry is too large to be one.";
    problems.push({ code: "number-too-large", message: text, span: entry.span });
  }
  if (kind !== null && isDerivedFrom(kind)) derive(fields);
  return {
    format: "lighttpd",
    kind: kind?.kind ?? "other",
    time: head.stamp === null ? (entry.envelope?.time ?? null) : head.time,
    // lighttpd writes no severity, and no process id of its own.
    severity: null,
    pid: entry.envelope?.pid ?? null,
    tid: null,
    module,
    source,
    code: null,
    message,
    fields,
    span: entry.span,
    crash: kind?.crash ?? false,
    frames: null,
    culprit: null,
  };
}

/** Text that a program behind the server wrote into its log without a header. */
export const strayRecord = (entry: Entry): LogRecord => ({
  format: "lighttpd",
  kind: "stderr",
  time: null,
  severity: null,
  pid: entry.envelope?.pid ?? null,
  tid: null,
  module: null,
  source: null,
  code: null,
  message: entry.text.trimEnd(),
  fields: {},
  span: entry.span,
  crash: false,
  frames: null,
  culprit: null,
});

function reportTime(entry: Entry, head: Head, problems: Problem[]): void {
  if (head.stamp === null || head.time !== null) return;
  const { from, to } = head.stamp;
  problems.push({
    code: "impossible-date",
    message: `The calendar has no ${entry.text.slice(from, to)}.`,
    span: { from: entry.span.from + from, to: entry.span.from + to },
  });
}

const derivedFrom: ReadonlySet<MessageKind> = new Set(
  lighttpdKinds.filter(({ fields = [] }) =>
    fields.some((source) => /<(?:signal|backend|backendPort)>/.test(source)),
  ),
);

const isDerivedFrom = (kind: MessageKind): boolean => derivedFrom.has(kind);

/** Adds what follows from other fields: the signal's name, and the backend's address as the other entries write it. */
function derive(fields: Fields): void {
  const { backend, backendHost, backendPort } = fields;
  if (typeof fields.signal === "number") fields.signalName = signalName(fields.signal);
  if (typeof backend === "string" && backend.startsWith("/")) fields.backend = `unix:${backend}`;
  if (typeof backendPort === "number") fields.backend = `tcp:${backendHost}:${backendPort}`;
}
