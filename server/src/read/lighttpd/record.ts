import files from "knowledge:lighttpd/kinds";
import type { Envelope } from "../envelope";
import { kindFinder, type MessageKind, messageFields, safe } from "../messageKinds";
import type { LogRecord, Problem } from "../model";
import { signalName } from "../signals";
import type { Span } from "../span";
import { type Head, moduleOf } from "./head";

/** Where an entry stands. */
export interface Entry {
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
  const module = moduleOf(head.file);
  const kind = kindOf({ text: message, code: null, errno: null, file: module });
  const fields = kind === null ? {} : messageFields(kind, message);
  const line = safe(head.line);
  reportTime(entry, head, problems);
  if (line === null || Object.values(fields).includes(null)) {
    const text = "A number of this entry is too large to be one.";
    problems.push({ code: "number-too-large", message: text, span: entry.span });
  }
  return {
    ...blankRecord(entry, message),
    kind: kind?.kind ?? "other",
    time: head.stamp === null ? (entry.envelope?.time ?? null) : head.time,
    module,
    source: line === null ? null : { file: head.file, line },
    fields: { ...fields, ...derived(fields) },
    crash: kind?.crash ?? false,
  };
}

/** Text that a program behind the server wrote into its log without a header. */
export const strayRecord = (entry: Entry): LogRecord => ({
  ...blankRecord(entry, entry.text.trimEnd()),
  kind: "stderr",
});

/** lighttpd writes no severity, and no process id of its own. */
const blankRecord = (entry: Entry, message: string): LogRecord => ({
  format: "lighttpd",
  kind: "other",
  time: null,
  severity: null,
  pid: entry.envelope?.pid ?? null,
  tid: null,
  module: null,
  source: null,
  code: null,
  message,
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

/** What follows from other fields: the signal's name, and the backend's address as the other entries write it. */
function derived(fields: LogRecord["fields"]): LogRecord["fields"] {
  const extra: Record<string, string | null> = {};
  if (typeof fields.signal === "number") extra.signalName = signalName(fields.signal);
  const { backend, backendHost, backendPort } = fields;
  if (typeof backend === "string" && backend.startsWith("/")) extra.backend = `unix:${backend}`;
  if (typeof backendPort === "number") extra.backend = `tcp:${backendHost}:${backendPort}`;
  return extra;
}
