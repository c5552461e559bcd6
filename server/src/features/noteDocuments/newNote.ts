import { waitingPart } from "../../frames/waiting";
import type { Condition, LogPattern } from "../../match/condition";
import { judge } from "../../notes/judge";
import type { NoteBody, Severity } from "../../notes/note";
import { type NoteDraft, noteText } from "../../notes/noteText";
import { parseNote } from "../../notes/parse";
import type { Frame } from "../../read/frame";
import type { LogRecord, Process, Reading, Thread } from "../../read/model";
import { read } from "../../read/read";
import type { Span } from "../../read/span";
import { printable, shorten } from "../../words/printable";
import { entryAt } from "../entries/entry";
import { frameAt, threadAt } from "../locate";
import { messagePattern } from "./messagePattern";
import { baseName, tellingFrames } from "./tellingFrames";

/** A note to be written: its file's name is its id and `.md`. */
export interface NewNote {
  readonly id: string;
  readonly text: string;
}

/** What the new note is about. */
interface Subject {
  readonly name: string;
  /** What its title says of it, before somebody knows the cause. */
  readonly question: string;
  readonly family: string | null;
  readonly severity: Severity;
  readonly match: Condition;
  readonly sample: string;
  /** Where it stands. */
  readonly span: Span;
  /** A pattern for the line of an entry. */
  readonly line: string | null;
  readonly command: boolean;
}

/**
 * A note from the stack or the log entry at a clean-text offset, with the matcher filled in and the text as its sample;
 * null where there is neither. `taken` are the ids that other notes have.
 */
export function newNote(
  reading: Reading,
  offset: number,
  taken: ReadonlySet<string>,
): NewNote | null {
  const subject = subjectAt(reading, offset);
  if (subject === null) return null;
  const id = uniqueId(subject.name, taken);
  const texts = variants(reading, subject).map((variant) => noteText(draft(id, variant)));
  const text = texts.find(matchesItsSample);
  return text === undefined ? null : { id, text };
}

/**
 * The subject as it is; with more of the text around it, for what is read only in its company; and an entry by its line,
 * which needs nobody to know what it is.
 */
function variants(reading: Reading, subject: Subject): Subject[] {
  const wider = { ...subject, sample: withLinesAround(reading, subject.span) };
  const line = subject.line === null ? [] : [{ ...subject, match: { line: subject.line } }];
  return [subject, wider, ...line];
}

function matchesItsSample(text: string): boolean {
  const { note, file } = parseNote(text);
  if (note === null) return false;
  return file.samples.every(
    (sample) =>
      judge([{ path: "sample", reading: read(sample.text) }], [note]).hypotheses.length > 0,
  );
}

function draft(id: string, subject: Subject): NoteDraft {
  const { question, family, severity, match, sample, command } = subject;
  return {
    front: {
      id,
      title: `TODO: ${shorten(printable(question), 120)}`,
      family: family ?? "other",
      severity,
      confidence: "medium",
      match,
      ...(command && { commands: [COMMAND] }),
    },
    body: BODY,
    sample,
  };
}

const LINES_AROUND = 8;

/** A few lines before and behind, each whole. */
function withLinesAround({ clean: { text } }: Reading, { from, to }: Span): string {
  let [start, end] = [from, Math.min(to, from + LONGEST_SAMPLE)];
  for (let i = 0; i < LINES_AROUND && start > 0; i++)
    start = text.lastIndexOf("\n", Math.max(0, start - 2)) + 1;
  for (let i = 0; i < LINES_AROUND && end < text.length; i++) {
    const newline = text.indexOf("\n", end + 1);
    end = newline < 0 ? text.length : newline;
  }
  return text.slice(start, Math.min(end, start + 2 * LONGEST_SAMPLE));
}

const COMMAND = {
  gdb: "frame ${frame}",
  why: "TODO: what this command shows that decides whether it is this issue.",
};

const BODY: NoteBody = {
  see: "TODO: what people notice, and what the logs and stacks show.",
  why: "TODO: the cause, and how it leads to what is seen.",
  confirm: "TODO: the one thing to look at that tells this cause from others.",
  fix: "TODO: what ends it for good, and what helps until then.",
};

/** Is there a stack or an entry, of which a note could be made? */
export const canBeNoted = (reading: Reading, offset: number): boolean =>
  threadAt(reading, offset) !== null || entryAt(reading, offset) !== null;

function subjectAt(reading: Reading, offset: number): Subject | null {
  const place = frameAt(reading, offset);
  if (place?.record) return reportSubject(reading, place.record);
  const thread = threadAt(reading, offset);
  if (thread) return stackSubject(reading, thread.thread, thread.process);
  const record = entryAt(reading, offset);
  return record && entrySubject(reading, record);
}

function stackSubject(reading: Reading, thread: Thread, process: Process): Subject | null {
  const told = tellingFrames(thread.frames);
  if (told === null) return null;
  const { name, patterns, last } = told;
  const waits = waitingPart(thread.frames) !== null;
  const severity = thread.crashed ? "crash" : waits ? "hang" : "error";
  return {
    name,
    question: stackQuestion(severity, name),
    family: familyOf(process.program ?? thread.frames.at(-1)?.library ?? null),
    severity,
    match: { frames: patterns },
    sample: stackText(reading, thread, last),
    span: thread.span,
    line: null,
    command: true,
  };
}

function stackQuestion(severity: Severity, name: string): string {
  if (severity === "crash") return `why the program crashes in ${name}`;
  return severity === "hang" ? `why threads wait in ${name}` : `what goes wrong in ${name}`;
}

/** A report of the kernel, by the frames of its stack. */
function reportSubject(reading: Reading, record: LogRecord): Subject | null {
  const frames = (record.frames ?? []).filter((frame) => !frame.isUncertain);
  const culprit = record.culprit === null ? undefined : record.frames?.[record.culprit];
  const told = tellingFrames(frames, culprit ? frames.indexOf(culprit) : -1);
  const entry = entrySubject(reading, record);
  if (told === null || entry === null) return entry;
  const log = { log: { format: record.format, kind: record.kind } };
  return {
    ...entry,
    name: told.name,
    question: `what leads to ${record.kind} in ${told.name}`,
    match: { all: [log, { frames: told.patterns }], same: "source" },
    line: null,
  };
}

function entrySubject(reading: Reading, record: LogRecord): Subject | null {
  const { format, kind, crash, severity, message, span } = record;
  const log = entryPattern(record);
  if (log === null) return null;
  const isNamed = !NAMELESS.has(kind);
  return {
    name: isNamed ? `${format} ${kind}` : `${format} ${message.replace(/\d+/g, " ").slice(0, 50)}`,
    question: `what causes this entry of the log of ${format}`,
    family: familyOf(format),
    severity: crash ? "crash" : severity === "warn" ? "warning" : "error",
    match: { log },
    sample: reading.clean.text.slice(span.from, Math.min(span.to, span.from + LONGEST_SAMPLE)),
    span,
    line: messagePattern(message),
    command: false,
  };
}

/** These kinds say nothing of what an entry is about. */
const NAMELESS: ReadonlySet<string> = new Set(["other", "stderr"]);

function entryPattern(record: LogRecord): LogPattern | null {
  const { format, kind, code, message, fields } = record;
  const named: LogPattern = {
    format,
    ...(!NAMELESS.has(kind) && { kind }),
    ...(code !== null && { code }),
  };
  // Of the kernel's numbers even the number of digits varies; what they are about stands in the fields.
  const { process, object } = fields;
  if (format === "kernel" && typeof process === "string") {
    const about = { process, ...(typeof object === "string" && { object }) };
    return isNamePattern(process) ? { ...named, fields: about } : named;
  }
  const pattern = messagePattern(message);
  if (pattern !== null) return { ...named, message: pattern };
  return named.kind === undefined && named.code === undefined ? null : named;
}

/** Does it mean nothing but itself where a pattern is asked for? */
const isNamePattern = (name: string): boolean => /^[\w.+:/-]+$/.test(name);

/** A stack that fills the screen many times says no more at its outer end. */
const MOST_FRAMES = 60;
const LONGEST_SAMPLE = 32 << 10;

function stackText(reading: Reading, { frames, span }: Thread, last: Frame): string {
  const outermost = frames[Math.min(frames.length, MOST_FRAMES) - 1] ?? last;
  const end = Math.max(last.span.to, Math.min(outermost.span.to, span.from + LONGEST_SAMPLE));
  return reading.clean.text.slice(span.from, Math.min(end, span.to)).trimEnd();
}

function familyOf(path: string | null): string | null {
  const name = baseName(path)?.toLowerCase() ?? "";
  return /^[a-z][a-z0-9+-]{0,40}$/.test(name) ? name : null;
}

/** `apc-pthreadmutex-lock`, `apc-pthreadmutex-lock-2`, ... */
function uniqueId(name: string, taken: ReadonlySet<string>): string {
  const id = slug(name);
  if (!taken.has(id)) return id;
  for (let count = 2; ; count++) if (!taken.has(`${id}-${count}`)) return `${id}-${count}`;
}

function slug(name: string): string {
  const words =
    name
      .slice(0, 200)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, 60).replace(/-$/, "") || "note";
}
