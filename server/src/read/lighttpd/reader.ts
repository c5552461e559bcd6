import { type EnvelopeOf, noEnvelope } from "../envelope";
import { type Lines, lineText } from "../lines";
import { type FormatReader, type Output, type Pass, passOn, STOPPED } from "../output";
import { Recurring } from "../recurring";
import { isStep, type Steps } from "../steps";
import { afterBlanks, afterStrays, isOfOtherFormat, isWholeLog } from "../strays";
import { type Head, isCutHead, scanHead, type Writers, writerOf } from "./head";
import { type Entry, lighttpdRecord, strayRecord } from "./record";

/** Reads lighttpd's error log, 1.3 and 1.4, one entry a line. */
export class LighttpdReader implements FormatReader {
  private readonly lines: Lines;
  private readonly output: Output;
  private readonly envelopeOf: EnvelopeOf;
  private readonly writers: Writers = new Recurring(writerOf);
  private readonly pass: Pass;
  /** The line last looked at: each is asked about more than once. */
  private scanned: { line: number; head: Head | null } | null = null;
  private wholeLog: boolean | null = null;

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

  private step(i: number, first: number): number {
    const head = this.headAt(i);
    if (head !== null) return this.addEntry(i, head);
    if (i === first) return i;
    if (isCutHead(lineText(this.lines, i))) return this.addCut(i);
    const next = this.afterOwnStrays(i);
    for (let stray = i; stray < next; stray++) {
      this.output.records.push(strayRecord(this.entryAt(stray)));
    }
    return next > i ? next : afterBlanks(this.lines, i, this.startsEntry);
  }

  private readonly startsEntry = (i: number): boolean => this.headAt(i) !== null;

  /** Up to 1.4.55 the second and later lines of what an application wrote stand there as they are. */
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
    const line = lineText(this.lines, i);
    return line !== "" && !isOfOtherFormat(line);
  };

  private headAt(i: number): Head | null {
    const code = this.lines.text.charCodeAt(this.lines.starts[i] as number);
    // A digit, an opening bracket, or a blank in front of them.
    const mayStart = code === 9 || code === 32 || code === 40 || (code >= 48 && code <= 57);
    if (!mayStart) return null;
    if (this.scanned?.line !== i)
      this.scanned = { line: i, head: scanHead(this.lines, i, this.writers) };
    return this.scanned.head;
  }

  private entryAt(i: number): Entry {
    const span = { from: this.lines.starts[i] as number, to: this.lines.ends[i] as number };
    const text = this.lines.text.slice(span.from, span.to);
    return { document: this.lines.text, text, span, envelope: this.envelopeOf(i) };
  }

  private addEntry(i: number, head: Head): number {
    this.output.records.push(lighttpdRecord(this.entryAt(i), head, this.output.problems));
    return i + 1;
  }

  private addCut(i: number): number {
    const entry = this.entryAt(i);
    const message = "This entry breaks off inside its header.";
    this.output.problems.push({ code: "truncated-record", message, span: entry.span });
    this.output.records.push({ ...strayRecord(entry), kind: "other" });
    return i + 1;
  }

  private endSection(first: number, last: number): void {
    const span = { from: this.lines.starts[first] as number, to: this.lines.ends[last] as number };
    this.output.sections.push({ kind: "lighttpd-error-log", span });
  }
}
