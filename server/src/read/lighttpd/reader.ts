import files from "knowledge:lighttpd/kinds";
import { skipSpacesBack } from "../chars";
import { EntryRows } from "../entryRows";
import { type Lines, lineText } from "../lines";
import { FROM, TO } from "../logEntry";
import { hasLongNumber } from "../longNumbers";
import { kindFinder, Message } from "../messageKinds";
import type { ProblemCode } from "../model";
import { type FormatReader, type Output, type Pass, passOn, STOPPED } from "../output";
import { KIND, MESSAGE, MESSAGE_TO, OTHER, STDERR } from "../serverEntry";
import { isStep, type Steps } from "../steps";
import { afterBlanks, afterStrays, isOfOtherFormat, isWholeLog } from "../strays";
import { Head, isCutHead, moduleSpan, scanHead } from "./head";
import { LighttpdEntry, lighttpdKindNumbers, putHead, WIDTH } from "./record";

const LOST_NUMBER = "A number of this entry is too large to be one.";

const kindOf = kindFinder(files);

/** Reads lighttpd's error log, 1.3 and 1.4, one entry a line. */
export class LighttpdReader implements FormatReader {
  private readonly lines: Lines;
  private readonly output: Output;
  private readonly pass: Pass;
  /** The line last looked at, and its head if it starts an entry: each is asked about more than once. */
  private scanned = -1;
  private isEntry = false;
  private readonly head = new Head();
  private rows: EntryRows;
  private readonly message = new Message();
  private wholeLog: boolean | null = null;

  constructor(lines: Lines, output: Output, pass: Pass = passOn) {
    this.pass = pass;
    this.lines = lines;
    this.output = output;
    this.rows = EntryRows.of(lines.text, WIDTH);
  }

  read(at: number): number | Steps<number> {
    return this.startsHere(at) ? this.readSection(at) : at;
  }

  private *readSection(at: number): Steps<number> {
    let i = at;
    for (let last = -1; i < this.lines.count && i !== last; ) {
      last = i;
      if (isStep(i)) yield;
      if (i > at && this.startsHere(i) && this.pass(i, at)) return STOPPED;
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
    for (let stray = i; stray < next; stray++) this.addEntry(stray, null, STDERR);
    return next > i ? next : afterBlanks(this.lines, i, this.startsHere);
  }

  readonly startsHere = (i: number): boolean => this.headAt(i) !== null;

  /** Up to 1.4.55 the second and later lines of what an application wrote stand there as they are. */
  private afterOwnStrays(i: number): number {
    return this.isWholeLog() ? afterStrays(this.lines, i, this.isStray, this.startsHere) : i;
  }

  /** Is the whole text such a log? */
  isWholeLog(): boolean {
    this.wholeLog ??= isWholeLog(this.lines, this.startsHere);
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
    if (this.scanned !== i) {
      this.scanned = i;
      const { text, starts, ends } = this.lines;
      const from = starts[i] as number;
      const code = text.charCodeAt(from);
      // A digit, an opening bracket, or a blank in front of them.
      const mayStart = code === 9 || code === 32 || code === 40 || (code >= 48 && code <= 57);
      this.isEntry = mayStart && scanHead(text, from, ends[i] as number, this.head);
    }
    return this.isEntry ? this.head : null;
  }

  private addEntry(i: number, head: Head | null, fallback = OTHER): number {
    this.rows = this.rows.withRoom();
    const { rows } = this;
    const { text, starts, ends } = this.lines;
    const [from, to] = [starts[i] as number, ends[i] as number];
    const start = head?.messageFrom ?? from;
    const end = skipSpacesBack(text, start, to);
    const row = rows.add();
    if (head !== null) putHead(rows, row, head);
    rows.set(row, FROM, from);
    rows.set(row, TO, to);
    rows.set(row, MESSAGE, start);
    rows.set(row, MESSAGE_TO, end);
    rows.set(row, KIND, head === null ? fallback : this.kindOf(head, end));
    const entry = new LighttpdEntry(rows, row);
    this.output.records.push(entry);
    if (head !== null) this.reportTime(head);
    if (hasLongNumber(text, from, to) && entry.hasLostNumber)
      this.report("number-too-large", LOST_NUMBER, from, to);
    return i + 1;
  }

  private kindOf({ writerFrom, writerTo, messageFrom }: Head, messageTo: number): number {
    const { message } = this;
    const { text } = this.lines;
    message.place(text, messageFrom, messageTo);
    message.placeFile(text, ...moduleSpan(text, writerFrom, writerTo));
    const kind = kindOf(message);
    return kind === null ? OTHER : lighttpdKindNumbers.of(kind);
  }

  private addCut(i: number): number {
    const { starts, ends } = this.lines;
    const message = "This entry breaks off inside its header.";
    this.report("truncated-record", message, starts[i] as number, ends[i] as number);
    return this.addEntry(i, null);
  }

  private reportTime({ timeFrom, timeTo, day }: Head): void {
    if (timeFrom < 0 || day > 0) return;
    const message = `The calendar has no ${this.lines.text.slice(timeFrom, timeTo)}.`;
    this.report("impossible-date", message, timeFrom, timeTo);
  }

  private report(code: ProblemCode, message: string, from: number, to: number): void {
    this.output.problems.push({ code, message, span: { from, to } });
  }

  private endSection(first: number, last: number): void {
    const span = { from: this.lines.starts[first] as number, to: this.lines.ends[last] as number };
    this.output.sections.push({ kind: "lighttpd-error-log", span });
  }
}
