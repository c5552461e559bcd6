import files from "knowledge:apache/kinds";
import { DIGIT_0, OPEN_BRACKET, OPEN_PAREN, skipBlanks, skipSpacesBack } from "../chars";
import { EntryRows } from "../entryRows";
import { type EnvelopeOf, noEnvelope } from "../envelope";
import { type Lines, lineText } from "../lines";
import { FROM, TO } from "../logEntry";
import { hasLongNumber } from "../longNumbers";
import { kindFinder, Message } from "../messageKinds";
import type { ProblemCode } from "../model";
import { type FormatReader, type Output, type Pass, passOn, STOPPED } from "../output";
import type { Occurrences } from "../phrase";
import { KIND, MESSAGE, MESSAGE_TO, OTHER, STDERR } from "../serverEntry";
import { isStep, type Steps } from "../steps";
import { afterBlanks, afterStrays, isOfOtherFormat, isWholeLog } from "../strays";
import { CODE_LENGTH, Head, scanHead } from "./head";
import { ApacheEntry, apacheKindNumbers, putHead, refererIn, splitReferer, WIDTH } from "./record";
import { isContinuation, isKnownStderr } from "./stderr";

const LETTER_A = 65;
const LOST_NUMBER = "A number of this entry is too large to be one.";

const kindOf = kindFinder(files);

/** A message does not go on for more lines than this. */
const MOST_LINES = 2000;

/** Reads Apache's error log, 1.3 to 2.4, with the lines that others write into it. */
export class ApacheReader implements FormatReader {
  private readonly lines: Lines;
  private readonly output: Output;
  private readonly envelopeOf: EnvelopeOf;
  private readonly pass: Pass;
  private wholeLog: boolean | null = null;
  /** The line last scanned, and its head: it is asked about when the entry before it ends, and again when it starts one. */
  private scanned = -1;
  private readonly head = new Head();
  private rows: EntryRows;
  private readonly message = new Message();
  private readonly referer: Occurrences;

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
    this.rows = EntryRows.of(lines.text, WIDTH);
    this.referer = refererIn(lines.text);
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

  /** Takes the entry at the line `i`; what may stand between two entries counts only behind the first one. */
  private step(i: number, first: number): number {
    const head = this.headAt(i, i > first);
    if (head !== null) return this.addEntry(i, head);
    if (i === first) return i;
    if (isKnownStderr(this.textOf(i))) return this.addEntry(i, null, STDERR);
    if (this.isCut(i)) return this.addCut(i);
    const next = this.afterOwnStrays(i);
    for (let stray = i; stray < next; ) stray = this.addEntry(stray, null, STDERR);
    return next > i ? next : afterBlanks(this.lines, i, this.startsHere);
  }

  readonly startsHere = (i: number): boolean => this.headAt(i, false) !== null;

  /** Text without a header between two entries, where the whole text is a log. */
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
    if (this.scanned !== i) {
      this.scanned = i;
      const { text, starts, ends } = this.lines;
      scanHead(text, starts[i] as number, ends[i] as number, this.head);
    }
    return this.head;
  }

  /** In syslog's lines the time is in front, and the program's name tells what the rest is. */
  private isFromApache(i: number, head: Head): boolean {
    if (head.severity < 0) return false;
    return /^(?:httpd|apache2?)\b/.test(this.envelopeOf(i)?.unit ?? "");
  }

  /** Adds the entry at the line, and returns the line behind it. */
  private addEntry(first: number, head: Head | null, fallback = OTHER): number {
    const row = this.addHead(first, head);
    const after = this.entryEnd(first);
    const { rows } = this;
    const { text, starts, ends } = this.lines;
    const [from, to] = [starts[first] as number, ends[after - 1] as number];
    rows.set(row, TO, to);
    this.placeMessage(row, ends[first] as number, to);
    const kind = kindOf(this.message);
    rows.set(row, KIND, kind === null ? fallback : apacheKindNumbers.of(kind));
    const entry = new ApacheEntry(rows, row);
    this.output.records.push(entry);
    if (hasLongNumber(text, from, to) && entry.hasLostNumber)
      this.report("number-too-large", LOST_NUMBER, from, to);
    return after;
  }

  /** Takes a row for what stands in front of a message: whoever looks for the entry's end scans other heads. */
  private addHead(first: number, head: Head | null): number {
    this.rows = this.rows.withRoom();
    const { rows, message } = this;
    const { text, starts } = this.lines;
    const row = rows.add();
    rows.set(row, FROM, starts[first] as number);
    rows.set(row, MESSAGE, starts[first] as number);
    if (head !== null) {
      putHead(rows, row, head);
      this.reportTime(head);
    }
    message.code = head === null ? -1 : codeNumber(text, head);
    message.errno = head?.errno ?? null;
    message.placeFile(text, head?.moduleFrom ?? 0, head?.moduleTo ?? 0);
    return row;
  }

  /** Where the message ends, and where it stands for those who name its kind. */
  private placeMessage(row: number, firstEnd: number, to: number): void {
    const { text } = this.lines;
    const from = this.rows.place(row, MESSAGE);
    if (this.referer.isWithin(from, firstEnd)) {
      const { message } = splitReferer(text, from, firstEnd, to);
      this.message.place(message, 0, message.length);
    } else {
      const end = skipSpacesBack(text, from, to);
      this.rows.set(row, MESSAGE_TO, end);
      this.message.place(text, from, end);
    }
  }

  private reportTime({ timeStyle, timeFrom, timeTo, day }: Head): void {
    if (timeStyle === null || day > 0) return;
    const message = `The calendar has no ${this.lines.text.slice(timeFrom, timeTo)}.`;
    this.report("impossible-date", message, timeFrom, timeTo);
  }

  private report(code: ProblemCode, message: string, from: number, to: number): void {
    this.output.problems.push({ code, message, span: { from, to } });
  }

  /** The first line behind the entry. */
  private entryEnd(first: number): number {
    const most = Math.min(this.lines.count, first + MOST_LINES);
    let i = first + 1;
    while (i < most && this.goesOn(i, first)) i++;
    return i;
  }

  private goesOn(i: number, first: number): boolean {
    if (this.startsHere(i)) return false;
    const before = i === first + 1 ? this.textOf(first).trimEnd() : "";
    return isContinuation(this.textOf(i), before);
  }

  /** A header that breaks off: the log was cut while it was written. */
  private isCut(i: number): boolean {
    return /^\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b[^\]]*(?:$|\] \[[^\]]*$)/.test(this.textOf(i));
  }

  private addCut(i: number): number {
    const message = "This entry breaks off inside its header.";
    const { starts, ends } = this.lines;
    this.report("truncated-record", message, starts[i] as number, ends[i] as number);
    return this.addEntry(i, this.scan(i));
  }

  private endSection(first: number, last: number): void {
    const span = { from: this.lines.starts[first] as number, to: this.lines.ends[last] as number };
    this.output.sections.push({ kind: "apache-error-log", span });
  }
}

/** 558 of `AH00558`; -1 where the head has no code. */
function codeNumber(text: string, { codeFrom }: Head): number {
  if (codeFrom < 0) return -1;
  let number = 0;
  for (let at = codeFrom + 2; at < codeFrom + CODE_LENGTH; at++)
    number = number * 10 + text.charCodeAt(at) - DIGIT_0;
  return number;
}

/** Does nothing but Apache write such a header? dmesg -T has the same time, other programs have the same levels. */
function isCertain(head: Head): boolean {
  if (head.severity < 0) return head.timeStyle === null && head.codeFrom >= 0;
  if (head.timeStyle === "ctime") return true;
  return (
    head.pidFrom >= 0 || head.peerFrom >= 0 || (head.timeStyle === "iso" && head.moduleFrom >= 0)
  );
}
