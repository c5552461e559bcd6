import type { LogRecord, Process, Reading } from "../read/model";
import { contains, type Span } from "../read/span";
import { entryAt } from "./entries/entry";
import { mentionsOf, type Subject, subjectsOf } from "./entries/mentions";

/** What a process id in a log entry leads to: the id itself, and where else the text tells of that process. */
export interface SameProcess {
  readonly span: Span;
  readonly targets: readonly Span[];
}

/** More places than this are no answer to a click. */
const MOST_TARGETS = 50;

/**
 * From the process id at the offset to the backtrace of that process, and to what other logs of the document say of its
 * end: Apache's "exit signal" leads to the kernel's segfault and the other way round. Null where there is nothing else.
 */
export function sameProcess(reading: Reading, offset: number): SameProcess | null {
  const entry = entryAt(reading, offset);
  const subject = entry && processSubject(reading, entry, offset);
  if (!entry || !subject) return null;
  const pid = Number(subject.subject.text);
  const traced = reading.processes.filter((process) => process.pid === pid).map(processPlace);
  const told = reading.records.filter((record) => tellsOf(record, entry, subject.subject));
  const targets = [...traced, ...told.map((record) => record.span)].slice(0, MOST_TARGETS);
  return targets.length > 0 ? { span: subject.span, targets } : null;
}

function processSubject(reading: Reading, entry: LogRecord, offset: number) {
  for (const subject of subjectsOf(entry)) {
    if (subject.role !== "process") continue;
    const span = mentionsOf(reading, entry, subject).find((mention) => touches(mention, offset));
    if (span) return { subject, span };
  }
  return null;
}

const touches = (span: Span, offset: number): boolean =>
  contains(span, offset) || span.to === offset;

const processPlace = ({ head, span }: Process): Span => head ?? span;

/** Entries of the same log with the same process are many and say little; a crash of it is worth going to. */
function tellsOf(record: LogRecord, entry: LogRecord, subject: Subject): boolean {
  if (record === entry || (record.format === entry.format && !record.crash)) return false;
  return subjectsOf(record).some(({ role, text }) => role === "process" && text === subject.text);
}
