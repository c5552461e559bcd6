import files from "knowledge:apache/kinds";
import type { Envelope } from "../envelope";
import { hasNull, kindFinder, type MessageKind, messageFields, safe } from "../messageKinds";
import type { LogRecord, Problem } from "../model";
import { signalName } from "../signals";
import type { Span } from "../span";
import { ahCode, mpmOf } from "./codes";
import type { Head } from "./head";

/** Where an entry stands: its lines, and the end of the first one. */
export interface Entry {
  /** The clean text that the entry is of. */
  readonly document: string;
  readonly text: string;
  readonly span: Span;
  readonly firstEnd: number;
  readonly envelope: Envelope | null;
}

type Fields = Record<string, string | number | boolean | null>;

/** The data of knowledge/apache/kinds. */
export const apacheKinds: readonly MessageKind[] = files.flatMap((file) => file.kinds);

const kindOf = kindFinder(files);

const NO_FIELDS: Fields = {};

/** Makes the record of an entry. What cannot be right is null in it and goes to the problems. */
export function apacheRecord(entry: Entry, head: Head, problems: Problem[]): LogRecord {
  const { message, referer } = splitReferer(entry, head);
  const errno = head.errno === null ? null : safe(head.errno);
  // A message whose referer was taken out stands nowhere in one piece.
  const whole = referer === null ? entry.document : message;
  const start = referer === null ? entry.span.from + head.messageFrom : 0;
  const to = start + message.length;
  const { code, module } = head;
  const kind = kindOf({ text: message, code, errno, file: module, whole, from: start, to });
  const found = kind === null ? NO_FIELDS : messageFields(kind, message);
  reportTime(entry, head, problems);
  if (hasLostNumber(head, found)) {
    const text = "A number of this entry is too large to be one.";
    problems.push({ code: "number-too-large", message: text, span: entry.span });
  }
  return {
    format: "apache",
    kind: kind?.kind ?? "other",
    time: head.timeStyle === null ? (entry.envelope?.time ?? null) : head.time,
    severity: head.severity,
    pid: head.pid === null ? (entry.envelope?.pid ?? null) : safe(head.pid),
    tid: head.tid,
    module: head.module,
    source: sourceOf(head),
    code: head.code,
    message,
    fields: addFields(headFields(head, errno, referer), found),
    span: entry.span,
    crash: kind?.crash ?? false,
    frames: null,
    culprit: null,
  };
}

/** Takes `, referer: http://...` off the first line of the message. */
function splitReferer(entry: Entry, head: Head): { message: string; referer: string | null } {
  const first = entry.text.slice(head.messageFrom, entry.firstEnd);
  const rest = entry.text.slice(entry.firstEnd);
  const at = first.lastIndexOf(REFERER);
  // What is put together out of two pieces is copied later on: most entries have one.
  if (at < 0) return { message: (rest === "" ? first : first + rest).trimEnd(), referer: null };
  const referer = first.slice(at + REFERER.length).trim();
  return { message: (first.slice(0, at) + rest).trimEnd(), referer };
}

const REFERER = ", referer: ";

function reportTime(entry: Entry, head: Head, problems: Problem[]): void {
  if (head.timeStyle === null || head.time !== null) return;
  const { from, to } = head.timeSpan;
  problems.push({
    code: "impossible-date",
    message: `The calendar has no ${entry.text.slice(from, to)}.`,
    span: { from: entry.span.from + from, to: entry.span.from + to },
  });
}

function hasLostNumber(head: Head, found: Fields): boolean {
  return (
    isTooLarge(head.pid) ||
    isTooLarge(head.errno) ||
    isTooLarge(head.source?.line ?? null) ||
    hasNull(found)
  );
}

const isTooLarge = (digits: string | null): boolean => digits !== null && safe(digits) === null;

function sourceOf({ source }: Head): LogRecord["source"] {
  const line = source === null ? null : safe(source.line);
  return source === null || line === null ? null : { file: source.file, line };
}

function headFields(head: Head, errno: number | null, referer: string | null): Fields {
  const fields: Fields = {};
  if (errno !== null) fields.errno = errno;
  if (head.errorText !== null) fields.error = head.errorText;
  if (head.peer !== null) addPeer(fields, head);
  if (referer !== null) fields.referer = referer;
  if (head.requestId !== null) fields.requestId = head.requestId;
  if (head.connectionId !== null) fields.connectionId = head.connectionId;
  const mpm = mpmOf(head.module) ?? (head.module === null ? mpmOfCode(head.code) : null);
  if (mpm !== null) fields.mpm = mpm;
  return fields;
}

/** Only the codes of the MPMs themselves tell which one runs, and they are all that a bare line has. */
const mpmOfCode = (code: string | null): string | null =>
  code === null ? null : mpmOf(ahCode(code)?.module ?? null);

/** Since 2.4 the port stands behind the address, also behind one of IPv6 (`::1:33402`). */
function addPeer(fields: Fields, head: Head): void {
  if (head.peer === null) return;
  const { role, address } = head.peer;
  const colon = address.lastIndexOf(":");
  const isOld = head.module === null && head.pid === null;
  const hasPort = /:\d{1,5}$/.test(address) && (!isOld || address.indexOf(":") === colon);
  fields[role] = hasPort ? address.slice(0, colon) : address;
  if (hasPort) fields[`${role}Port`] = Number(address.slice(colon + 1));
}

/** What the message says, and what follows from a field of it alone. */
function addFields(fields: Fields, found: Fields): Fields {
  for (const name in found) fields[name] = found[name] as Fields[string];
  if (typeof found.signal === "number") fields.signalName = signalName(found.signal);
  return fields;
}
