import { OPEN_BRACKET, OPEN_PAREN, skipBlanks } from "../chars";
import { type EnvelopeOf, noEnvelope } from "../envelope";
import { type Lines, lineText } from "../lines";
import { type FormatReader, type Output, type Pass, passOn, STOPPED } from "../output";
import { isStep, type Steps } from "../steps";
import { afterBlanks, afterStrays, isOfOtherFormat, isWholeLog } from "../strays";
import { Groups, Head, scanHead } from "./head";
import { apacheRecord } from "./record";
import { isContinuation, isKnownStderr } from "./stderr";

const LETTER_A = 65;

/** A message does not go on for more lines than this. */
const MOST_LINES = 2000;

/** Reads Apache's error log, 1.3 to 2.4, with the lines that others write into it. */
export class ApacheReader implements FormatReader {
  private readonly lines: Lines;
  private readonly output: Output;
  private readonly envelopeOf: EnvelopeOf;
  private readonly groups = new Groups();
  private readonly pass: Pass;
  private wholeLog: boolean | null = null;
  /** The head last scanned: a line is asked about when the entry before it ends, and again when it starts one. */
  private scanned: { line: number; head: Head } | null = null;

  constructor(
    lines: Lines,
    output: Output,
    envelopeOf: EnvelopeOf = noEnvelope,
    pass: Pass = passOn,
  ) {
    this.pass = pass;
    this.lines = lines;
    this.output = output;
    this.envelopeOf = envelopeOf;
  }

  read(at: number): number | Steps<number> {
    return this.startsEntry(at) ? this.readSection(at) : at;
  }

  private *readSection(at: number): Steps<number> {
    let i = at;
    for (let last = -1; i < this.lines.count && i !== last; ) {
      last = i;
      if (isStep(i)) yield;
      if (i > at && this.startsEntry(i) && this.pass(i, at)) return STOPPED;
      i = this.step(i, at);
    }
    this.endSection(at, i - 1);
    return i;
  }

  finish(): void {}

  /** Takes the entry at the line `i`; what may stand between two entries counts only behind the first one. */
  private step(i: number, first: number): number {
    const head = this.headAt(i, i > first);
    if (head !== null) return this.addEntry(i, head);
    if (i === first) return i;
    if (isKnownStderr(this.textOf(i))) return this.addEntry(i, new Head(), "stderr");
    if (this.isCut(i)) return this.addCut(i);
    const next = this.afterOwnStrays(i);
    for (let stray = i; stray < next; ) stray = this.addEntry(stray, new Head(), "stderr");
    return next > i ? next : afterBlanks(this.lines, i, this.startsEntry);
  }

  private readonly startsEntry = (i: number): boolean => this.headAt(i, false) !== null;

  /** Text without a header between two entries, where the whole text is a log. */
  private afterOwnStrays(i: number): number {
    return this.isWholeLog() ? afterStrays(this.lines, i, this.isStray, this.startsEntry) : i;
  }

  /** Is the whole text such a log? */
  isWholeLog(): boolean {
    this.wholeLog ??= isWholeLog(this.lines, this.startsEntry);
    return this.wholeLog;
  }

  /** Says so of a text of which these lines are a part. */
  setWholeLog(isWhole: boolean): void {
    this.wholeLog = isWhole;
  }

  private readonly isStray = (i: number): boolean => {
    const line = this.textOf(i);
    return line !== "" && !isOfOtherFormat(line);
  };

  private textOf(i: number): string {
    return lineText(this.lines, i);
  }

  /** The head of the entry that starts on the line, or null where none does for certain. */
  private headAt(i: number, isInside: boolean): Head | null {
    const { text, starts, ends } = this.lines;
    const code = text.charCodeAt(skipBlanks(text, starts[i] as number, ends[i] as number));
    if (code !== OPEN_BRACKET && code !== OPEN_PAREN && code !== LETTER_A) return null;
    const head = this.scan(i);
    if (isCertain(head) || this.isFromApache(i, head)) return head;
    return isInside && head.timeStyle === "ctime" && !this.isCut(i) ? head : null;
  }

  private scan(i: number): Head {
    if (this.scanned?.line !== i)
      this.scanned = { line: i, head: scanHead(this.textOf(i), this.groups) };
    return this.scanned.head;
  }

  /** In syslog's lines the time is in front, and the program's name tells what the rest is. */
  private isFromApache(i: number, head: Head): boolean {
    if (head.severity === null) return false;
    return /^(?:httpd|apache2?)\b/.test(this.envelopeOf(i)?.unit ?? "");
  }

  private addEntry(first: number, head: Head, fallback = "other"): number {
    const after = this.entryEnd(first);
    const span = {
      from: this.lines.starts[first] as number,
      to: this.lines.ends[after - 1] as number,
    };
    const entry = {
      document: this.lines.text,
      text: this.lines.text.slice(span.from, span.to),
      span,
      firstEnd: (this.lines.ends[first] as number) - span.from,
      envelope: this.envelopeOf(first),
    };
    const record = apacheRecord(entry, head, this.output.problems);
    const kind = record.kind === "other" ? fallback : record.kind;
    this.output.records.push(kind === record.kind ? record : { ...record, kind });
    return after;
  }

  /** The first line behind the entry. */
  private entryEnd(first: number): number {
    const most = Math.min(this.lines.count, first + MOST_LINES);
    let i = first + 1;
    while (i < most && this.goesOn(i, first)) i++;
    return i;
  }

  private goesOn(i: number, first: number): boolean {
    if (this.startsEntry(i)) return false;
    const before = i === first + 1 ? this.textOf(first).trimEnd() : "";
    return isContinuation(this.textOf(i), before);
  }

  /** A header that breaks off: the log was cut while it was written. */
  private isCut(i: number): boolean {
    return /^\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b[^\]]*(?:$|\] \[[^\]]*$)/.test(this.textOf(i));
  }

  private addCut(i: number): number {
    const span = { from: this.lines.starts[i] as number, to: this.lines.ends[i] as number };
    const message = "This entry breaks off inside its header.";
    this.output.problems.push({ code: "truncated-record", message, span });
    return this.addEntry(i, scanHead(this.textOf(i), this.groups));
  }

  private endSection(first: number, last: number): void {
    const span = { from: this.lines.starts[first] as number, to: this.lines.ends[last] as number };
    this.output.sections.push({ kind: "apache-error-log", span });
  }
}

/** Does nothing but Apache write such a header? dmesg -T has the same time, other programs have the same levels. */
function isCertain(head: Head): boolean {
  if (head.severity === null) return head.timeStyle === null && head.code !== null;
  if (head.timeStyle === "ctime") return true;
  return (
    head.pid !== null || head.peer !== null || (head.timeStyle === "iso" && head.module !== null)
  );
}
