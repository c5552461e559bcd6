import { apacheKinds } from "../../read/apache/record";
import { reportNamed } from "../../read/kernel/data";
import { lighttpdKinds } from "../../read/lighttpd/record";
import type { MessageKind } from "../../read/messageKinds";
import type { LogRecord, Reading } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import { recordsOf, textOf } from "../../read/renewal";
import { contains, lastAtOrBefore, type Span } from "../../read/span";
import { printable, shorten } from "../../words/printable";

/** What is known of the kind of a log entry. */
export interface KindKnown {
  /** A sentence or two for the reader of the log. */
  readonly about: string;
  readonly weight: MessageKind["weight"];
}

const byName = (kinds: readonly MessageKind[]): ReadonlyMap<string, KindKnown> =>
  new Map(kinds.map((kind) => [kind.kind, kind]));

const SERVERS: Readonly<Record<string, ReadonlyMap<string, KindKnown>>> = {
  apache: byName(apacheKinds),
  lighttpd: byName(lighttpdKinds),
};

/** What the knowledge base says of the entry's kind, or null. */
export function kindKnown({ format, kind, crash }: LogRecord): KindKnown | null {
  if (format !== "kernel") return SERVERS[format]?.get(kind) ?? null;
  const report = reportNamed(kind);
  if (report === undefined) return null;
  return { about: report.explain, weight: crash ? "failure" : kernelWeight(kind) };
}

const kernelWeight = (kind: string): KindKnown["weight"] =>
  kind === "boot" || kind === "messages-suppressed" ? "information" : "warning";

/** A server or a machine came or went. */
const RESTARTS: ReadonlySet<string> = new Set([
  "boot",
  "graceful-restart",
  "graceful-stop",
  "restart",
  "server-start",
  "server-stop",
  "start",
  "stop",
]);

export const isRestart = ({ kind }: LogRecord): boolean => RESTARTS.has(kind);

/** Does the entry belong into an overview: a crash, a failure, a warning, a restart? */
export function isNoteworthy(record: LogRecord): boolean {
  const weight = kindKnown(record)?.weight;
  return record.crash || weight === "failure" || weight === "warning" || isRestart(record);
}

/** `segfault in haproxy`, `backend-eof on 127.0.0.1:7000`, `child-exit-signal: SIGSEGV`: fit to be shown. */
export const entryTitle = (record: LogRecord): string =>
  printable(shorten(record.kind + subjectOf(record), 120));

function subjectOf({ fields: { process, backend, signalName } }: LogRecord): string {
  if (typeof process === "string") return ` in ${process}`;
  if (typeof backend === "string") return ` on ${backend.replace(/^tcp:/, "")}`;
  return typeof signalName === "string" ? `: ${signalName}` : "";
}

/** The entries that start inside the stretch. */
export function entriesIn({ records }: Reading, span: Span): readonly LogRecord[] {
  const first = lastAtOrBefore(records, span.from - 1, (record) => record.span.from) + 1;
  const last = lastAtOrBefore(records, span.to - 1, (record) => record.span.from);
  return records.slice(first, last + 1);
}

/** The entries that the stretch touches. Only the runs and entries around it are looked at. */
export function entriesTouching(reading: Reading, { from, to }: Span): LogRecord[] {
  const found: LogRecord[] = [];
  const all = recordsOf(reading);
  let before = 0;
  for (const run of all.runs) {
    const { records, shift } = run;
    const first = firstEndingBehind(records, from - shift);
    for (let i = Math.max(first, run.from); i < run.to; i++) {
      const { span } = records[i] as LogRecord;
      if (span.from + shift >= to) return found;
      if (span.to + shift > from) found.push(all.at(before + i - run.from));
    }
    before += run.to - run.from;
  }
  return found;
}

/** The number of the first of the records that may end behind the offset: of some earlier one, or its own, the end does. */
const firstEndingBehind = (records: readonly LogRecord[], offset: number): number =>
  lastAtOrBefore(farthestEnds(records), offset, (end) => end) + 1;

/** How far the records up to each reach: one may hold others. */
const farthestEnds = oncePer((records: readonly LogRecord[]): Int32Array => {
  const ends = new Int32Array(records.length);
  let farthest = 0;
  for (const [i, { span }] of records.entries()) {
    farthest = Math.max(farthest, span.to);
    ends[i] = farthest;
  }
  return ends;
});

/** Reports of the kernel may stand one inside the other, but never many of them. */
const MOST_NESTED = 16;

/** The innermost entry at a clean-text offset. */
export function entryAt(reading: Reading, offset: number): LogRecord | null {
  const records = recordsOf(reading);
  const last = records.lastAt(offset);
  for (let i = last; i >= 0 && i > last - MOST_NESTED; i--) {
    const record = records.at(i);
    if (contains(record.span, offset) || record.span.to === offset) return record;
  }
  return null;
}

/** The line that tells what happened, from its stamp on: in a report of the kernel it may not be the first. */
export function headlineSpan(reading: Reading, { message, span }: LogRecord): Span {
  const text = textOf(reading);
  const first = message.split("\n", 1)[0] ?? "";
  const at = span.from + Math.max(0, text.slice(span.from, span.to).indexOf(first));
  const from = Math.max(span.from, text.lastIndexOf("\n", at) + 1);
  const newline = text.indexOf("\n", at);
  return { from, to: newline < 0 ? span.to : Math.min(span.to, newline) };
}
