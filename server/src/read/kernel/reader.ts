import { codeTable } from "../chars";
import { type EnvelopeOf, noEnvelope } from "../envelope";
import type { Lines } from "../lines";
import type { LogRecord, Problem } from "../model";
import { type FormatReader, type Output, type Pass, passOn, STOPPED } from "../output";
import { lastAtOrBefore } from "../span";
import { isStep, type Steps } from "../steps";
import type { ReportKind } from "./data";
import { headlineAt, phraseKindOf } from "./headline";
import {
  bodyOf,
  callerOfLine,
  isStamped,
  type KernelLine,
  kernelLine,
  promptedLines,
} from "./line";
import { isOomKind, OomReport } from "./oom";
import { Faults } from "./openFault";
import { PhraseLines } from "./phrases";
import type { OpenRecord } from "./record";
import { Report } from "./report";
import { isFaultPhrase } from "./userFault";
import { readStamp, type When } from "./when";
import { Words } from "./words";

/** Lines of anybody after which an open record is closed. */
const MOST_LINES_BETWEEN = 400;

/** A rule above a headline belongs to the report if no more lines than this lie between. */
const MOST_LINES_TO_HEADLINE = 4;

const OPENINGS = ["------------[ cut here", "========", "8<--- cut here"];

const mayOpen = codeTable("-=8");

/** Is it a rule above a headline? */
const isRule = ({ text, body }: KernelLine): boolean =>
  mayOpen[text.charCodeAt(body)] === 1 && OPENINGS.some((start) => text.startsWith(start, body));

interface Open {
  readonly record: OpenRecord;
  readonly isKernel: boolean;
  readonly callers: string[];
  stray: number;
  last: number;
  isClosed: boolean;
}

/** Reads the kernel's messages as dmesg, syslog, the journal or a serial console keep them. */
export class KernelReader implements FormatReader {
  private readonly lines: Lines;
  private readonly output: Output;
  private readonly envelopeOf: EnvelopeOf;
  private readonly pass: Pass;
  private readonly isNoOthers: (line: number) => boolean;
  private readonly faults: Faults;
  private readonly words: Words;
  /** No open record can be closed for the lines that lie behind it in front of this one. */
  private sweepAt = 0;
  /** The first line of the open section. */
  private first = 0;
  /** Has the reading come by the place where it ends? */
  private isStopped = false;
  /** Looked for when the first line that may be the kernel's is met: most texts have none. */
  private phrases: PhraseLines | null = null;
  private prompted: ReadonlySet<number> | null = null;
  /** By caller: reports of several processors may stand one inside the other. */
  private readonly open = new Map<string, Open>();
  /** The last rule (`cut here`, `=====`) that opens a report, by caller. */
  private readonly openings = new Map<string, KernelLine>();

  /** `isNoOthers` tells of a line that none of the readers that are asked before this one would start at it. */
  constructor(
    lines: Lines,
    output: Output,
    envelopeOf: EnvelopeOf = noEnvelope,
    pass: Pass = passOn,
    isNoOthers: (line: number) => boolean = () => true,
  ) {
    this.lines = lines;
    this.output = output;
    this.envelopeOf = envelopeOf;
    this.pass = pass;
    this.isNoOthers = isNoOthers;
    this.faults = new Faults(lines.text);
    this.words = new Words(lines.text);
  }

  read(at: number): number | Steps<number> {
    this.first = at;
    if (!this.takeLine(at)) return this.isStopped ? STOPPED : at;
    return this.readSection(at);
  }

  /** The first line has been taken. */
  private *readSection(at: number): Steps<number> {
    let after = at + 1;
    for (; after < this.lines.count; after++) {
      if (isStep(after)) yield;
      if (this.open.size === 0 && this.pass(after, at, this.isStart)) return STOPPED;
      if (!this.takeLine(after)) break;
    }
    if (this.isStopped) return STOPPED;
    const span = {
      from: this.lines.starts[at] as number,
      to: this.lines.ends[after - 1] as number,
    };
    this.output.sections.push({ kind: "kernel-log", span });
    return after;
  }

  /** Is the line the kernel's for itself, whatever stands before it? */
  private readonly isStart = (index: number): boolean =>
    this.isNoOthers(index) && isStamped(this.lineAt(index));

  isIdle(line: number): boolean {
    // Where another format has read so much, the end of a report has gone by unseen.
    if (line >= this.sweepAt) this.sweep(line);
    return this.open.size === 0 && !this.hasOpening(line);
  }

  /** Is nothing open but a record of the caller, which a new one of his ends? */
  private isIdleBut(caller: string, line: number): boolean {
    const others = this.open.size - (this.open.has(caller) ? 1 : 0);
    return others === 0 && !this.hasOpening(line);
  }

  /** Stands a rule so near above the line that a report may start with it? */
  private hasOpening(line: number): boolean {
    for (const opening of this.openings.values())
      if (line - opening.index <= MOST_LINES_TO_HEADLINE) return true;
    return false;
  }

  finish(): void {
    for (const open of [...this.open.values()]) this.close(open);
  }

  private lineAt(index: number): KernelLine {
    this.prompted ??= promptedLines(this.lines);
    return kernelLine(this.lines, index, this.prompted.has(index));
  }

  /** False where the line is none of the kernel's, or the reading has ended. */
  private takeLine(index: number): boolean {
    if (index >= this.sweepAt) this.sweep(index);
    if (this.open.size === 0 && this.isEmpty(index)) return this.isSaidToBeKernel(index);
    const line = this.lineAt(index);
    const isKernel = isStamped(line) || this.isSaidToBeKernel(index);
    if (this.takeHeadline(line, isKernel)) return !this.isStopped;
    const isOpening = isRule(line);
    if (this.open.size === 0 && !isOpening) return isKernel;
    const caller = callerOfLine(line);
    if (this.continueRecord(line, caller, isKernel)) return true;
    if (isOpening && isKernel) this.openings.set(caller, line);
    return isKernel;
  }

  private isEmpty(index: number): boolean {
    return (this.lines.ends[index] as number) <= (this.lines.starts[index] as number);
  }

  /** Does the prefix that syslog put before the line name the kernel? */
  private isSaidToBeKernel(index: number): boolean {
    return this.envelopeOf(index)?.unit === "kernel";
  }

  private takeHeadline(line: KernelLine, isKernel: boolean): boolean {
    this.phrases ??= new PhraseLines(this.lines);
    const phrase = this.phrases.at(line.index);
    const kind =
      headlineAt(line.text, line.body, line.to, isKernel) ??
      (phrase === undefined ? null : phraseKindOf(phrase, bodyOf(line)));
    if (kind === null && phrase === undefined) return false;
    const caller = callerOfLine(line);
    if (kind !== null && this.followsOpen(kind, line, caller)) return true;
    const isApart = this.isIdleBut(caller, line.index);
    const problems: Problem[] = [];
    const record = kind
      ? this.newReport(kind, line, caller, problems)
      : this.newFault(line, phrase ?? "", problems);
    if (record === null) return false;
    const before = this.open.get(caller);
    if (before) this.close(before);
    this.isStopped = isApart && this.pass(line.index, this.first, this.isNoOthers);
    if (this.isStopped) return true;
    this.output.problems.push(...problems);
    this.start(record, line, caller, isKernel);
    return true;
  }

  private followsOpen(kind: ReportKind, line: KernelLine, caller: string): boolean {
    const open = this.open.get(caller);
    if (open === undefined || !open.record.follow(kind, line)) return false;
    open.last = line.index;
    open.stray = 0;
    return true;
  }

  private newReport(
    kind: ReportKind,
    line: KernelLine,
    caller: string,
    problems: Problem[],
  ): OpenRecord {
    const opening = this.openings.get(caller);
    const isNear = opening !== undefined && line.index - opening.index <= MOST_LINES_TO_HEADLINE;
    this.openings.delete(caller);
    const report = new Report(
      kind,
      line,
      isNear ? opening.from : line.from,
      this.when(line, problems),
      this.words,
    );
    return isOomKind(kind) ? new OomReport(report, this.output, bodyOf(line), this.words) : report;
  }

  private newFault(line: KernelLine, phrase: string, problems: Problem[]): OpenRecord | null {
    if (!isFaultPhrase(phrase)) return null;
    return this.faults.at(line, phrase, problems);
  }

  private when(line: KernelLine, problems: Problem[]): When {
    const said = readStamp(line.text, line.from, line.message, problems);
    return { ...said, time: said.time ?? this.envelopeOf(line.index)?.time ?? null };
  }

  private start(record: OpenRecord, line: KernelLine, caller: string, isKernel: boolean): void {
    this.open.set(caller, {
      record,
      isKernel,
      callers: [caller],
      stray: 0,
      last: line.index,
      isClosed: false,
    });
  }

  private continueRecord(line: KernelLine, caller: string, isKernel: boolean): boolean {
    const open = this.open.get(caller) ?? this.adopt(line, caller);
    if (open === undefined || (open.isKernel && !isKernel)) return false;
    if (open.record.take(line)) {
      open.last = line.index;
      open.stray = 0;
      return true;
    }
    open.stray++;
    if (open.stray > open.record.patience) this.close(open);
    return false;
  }

  /** A stuck processor's stack is printed on its own behalf, but belongs to the report that asked for it. */
  private adopt(line: KernelLine, caller: string): Open | undefined {
    if (!line.text.startsWith("NMI backtrace for cpu", line.body)) return undefined;
    const [asking, ...others] = new Set(this.open.values());
    if (asking === undefined || others.length > 0) return undefined;
    this.open.set(caller, asking);
    asking.callers.push(caller);
    return asking;
  }

  private sweep(index: number): void {
    let oldest = index;
    for (const open of this.open.values())
      if (index - open.last > MOST_LINES_BETWEEN) this.close(open);
      else oldest = Math.min(oldest, open.last);
    this.sweepAt = oldest + MOST_LINES_BETWEEN + 1;
  }

  private close(closing: Open): void {
    if (closing.isClosed) return;
    closing.isClosed = true;
    for (const caller of closing.callers)
      if (this.open.get(caller) === closing) this.open.delete(caller);
    insertInOrder(this.output.records, closing.record.finish());
  }
}

/** Reports end later than they start: another one may have begun and ended in between. */
function insertInOrder(records: LogRecord[], record: LogRecord): void {
  const last = records[records.length - 1];
  if (last === undefined || last.span.from <= record.span.from) {
    records.push(record);
    return;
  }
  const before = lastAtOrBefore(records, record.span.from, (other) => other.span.from);
  records.splice(before + 1, 0, record);
}
