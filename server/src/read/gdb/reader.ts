import { skipBlanks } from "../chars";
import { Frame } from "../frame";
import { isBlankLine, type Lines, lineText } from "../lines";
import type { FormatReader, Output } from "../output";
import type { Span } from "../span";
import {
  attachedTo,
  coreProgram,
  gdbVersion,
  loadedProgram,
  mergeIdentity,
  NOBODY,
  stopSignal,
  type ThreadIdentity,
  threadIdentity,
} from "./headers";
import { type LineKind, lineKind, promptLength } from "./lineKind";
import { OpenProcess } from "./processes";
import { scanFrame } from "./scanFrame";
import { separatorPid } from "./separator";
import { glance, type Print } from "./stacks";
import { GdbTables } from "./tables";

/** As many lines of a program's own output may stand between two lines of gdb's. */
const MOST_FOREIGN_LINES = 8;

/** An answer that is longer than this is not taken for one. */
const LONGEST_ANSWER = 400;

/** Commands whose answers have blank lines and no fixed form. */
const FREE_ANSWERS =
  /^(?:info (?!threads|sharedlibrary|registers|locals|args)|list\b|l\b|disas|ptype|show |help|x\/|thread find|source |python)/;

/** Kinds that only gdb prints; where one follows, weaker lines before it are gdb's too. */
const PROOFS: ReadonlySet<LineKind> = new Set([
  "frame",
  "bare-frame",
  "thread",
  "banner",
  "attach",
  "core",
  "event",
  "current",
  "prompt",
]);

/** Reads gdb's output: sessions with all that gdb prints around stacks, and loose backtraces. */
export class GdbReader implements FormatReader {
  private readonly lines: Lines;
  private readonly output: Output;
  private readonly tables: GdbTables;
  private process: OpenProcess | null = null;
  private print: Print | null = null;
  /** The line before this one ended a command's answer or typed one; free text may follow it. */
  private answering = false;
  /** Up to this line, whatever stands there is the answer to a command that prints free text. */
  private freeUntil = 0;
  /** Has the section anything but frames and thread headers? */
  private isSession = false;

  constructor(lines: Lines, output: Output) {
    this.lines = lines;
    this.output = output;
    this.tables = new GdbTables(lines, output);
  }

  read(at: number): number {
    if (!this.startsHere(at)) return at;
    this.isSession = false;
    let last = at;
    for (let i = at; i < this.lines.count; i++) {
      if (isBlankLine(this.lines, i)) {
        if (this.print?.identity === NOBODY) this.closePrint();
        this.answering &&= i < this.freeUntil;
        if (i < this.freeUntil) last = i;
        continue;
      }
      if (!this.take(i, last)) break;
      last = i;
    }
    this.closeSection(at, last);
    return last + 1;
  }

  finish(): void {
    this.closeProcess();
  }

  private closeSection(first: number, last: number): void {
    const span = { from: this.start(first), to: this.end(last) };
    this.output.sections.push({ kind: this.isSession ? "gdb-session" : "backtrace", span });
    this.process?.extend(span.to);
    this.answering = false;
    // Loose traces with prose between them are of different processes, as far as anybody can tell.
    if (this.process && !this.process.hasPrompt && !this.process.isSession) this.closeProcess();
  }

  /** Lines that cannot be anything but gdb's open a section; weaker ones are only taken inside. */
  private startsHere(at: number): boolean {
    switch (this.kind(at)) {
      case "frame":
        return this.scan(at)?.isCertain ?? false;
      case "bare-frame": {
        const frame = this.scan(at);
        return frame?.isWhole === true && frame.parts.functionFrom >= 0;
      }
      case "separator":
      case "notice":
      case "program":
      case "banner-rest":
        return this.leadsToGdb(at);
      case "thread":
      case "banner":
      case "attach":
      case "core":
      case "event":
      case "current":
      case "prompt":
      case "backtrace-end":
        return true;
      case "stop":
        return /\bsignal (?:SIG|\d)/.test(lineText(this.lines, at));
      case "row":
        return lineText(this.lines, at).includes("Thread 0x");
      case "table":
        return true;
      default:
        return false;
    }
  }

  /** A separator is one of ours where gdb's words follow within a few lines. */
  private leadsToGdb(at: number): boolean {
    for (let i = at + 1; i < Math.min(this.lines.count, at + 6); i++) {
      if (PROOFS.has(this.kind(i))) return true;
    }
    return false;
  }

  /** Reads the line `i`; false where it is not gdb's. */
  private take(i: number, last: number): boolean {
    const kind = this.kind(i);
    switch (kind) {
      case "frame":
        return this.takeFrame(i, this.start(i));
      case "thread":
        this.openThread(i);
        return true;
      case "prompt":
        this.takePrompt(i);
        return true;
      case "separator":
        return this.takeSeparator(i);
      case "bare-frame":
        return this.takeGlance(i);
      case "no-locals":
        this.addLocals(i);
        return true;
      case "backtrace-end":
        this.endStack(i);
        return true;
      case "indented":
        return this.takeIndented(i, last);
      case "source":
        return true;
      case "other":
        return this.takeOther(i, last);
      default:
        return this.takeAround(i, kind);
    }
  }

  /** What gdb prints around stacks. */
  private takeAround(i: number, kind: LineKind): boolean {
    const line = lineText(this.lines, i).trimStart();
    this.isSession = true;
    this.answering = false;
    switch (kind) {
      case "banner":
        this.openHead("banner", i).gdb = gdbVersion(line);
        break;
      case "attach":
        this.attach(line, i);
        break;
      case "core":
        this.openHead("core", i).program = coreProgram(line);
        break;
      case "program":
        this.loadProgram(line, i);
        break;
      case "stop":
        this.stop(line, i);
        break;
      case "event":
        this.takeEvent(line, i);
        break;
      case "current":
        this.select(line, i);
        break;
      case "detach":
        this.detach(line, i);
        break;
      case "result":
        this.closePrint();
        break;
      case "table":
      case "row":
      case "registers":
        this.current(i).prints.push(...this.tables.take(i, kind));
        break;
    }
    this.current(i).isSession = true;
    this.current(i).extend(this.end(i));
    return true;
  }

  // Heads

  /** The process that a line of the given kind belongs to: a new one where this one has had such a line, or stacks. */
  private openHead(kind: string, i: number): OpenProcess {
    const { process } = this;
    if (process && (process.seen.has(kind) || process.hasStacks || this.print || process.isOver)) {
      this.closeProcess();
    }
    const open = this.current(i);
    open.seen.add(kind);
    return open;
  }

  private takeSeparator(i: number): boolean {
    if (!this.leadsToGdb(i)) return false;
    this.closeProcess();
    this.isSession = true;
    const process = this.current(i);
    process.pid = separatorPid(this.lines.text, this.start(i), this.end(i)) ?? null;
    process.seen.add("separator");
    process.isSession = true;
    process.extend(this.end(i));
    return true;
  }

  private attach(line: string, i: number): void {
    const { pid, program } = attachedTo(line);
    const process = this.openHead("attach", i);
    process.pid = pid ?? process.pid;
    process.program = program ?? process.program;
  }

  private loadProgram(line: string, i: number): void {
    const program = loadedProgram(line);
    if (program !== null && this.process?.isOver) this.closeProcess();
    this.current(i).program ??= program;
  }

  private detach(line: string, i: number): void {
    this.closePrint();
    const { pid, program } = attachedTo(line);
    const process = this.current(i);
    process.pid ??= pid;
    process.program ??= program;
    process.isOver = true;
  }

  private takeEvent(line: string, i: number): void {
    const isStart = line.startsWith("[New LWP ") || line.startsWith("[Thread debugging using");
    const { process } = this;
    if (isStart && process && !process.hasPrompt && (process.hasStacks || this.print)) {
      this.closeProcess();
    }
    if (line.startsWith("[Inferior ")) {
      const open = this.current(i);
      open.pid ??= attachedTo(line).pid;
      this.closePrint();
      open.isOver = /detached|exited|killed/.test(line);
    }
  }

  private stop(line: string, i: number): void {
    this.closePrint();
    const stopped = stopSignal(line);
    if (stopped === null) return;
    const process = this.current(i);
    const identity = line.startsWith("Thread ") ? threadIdentity(line) : NOBODY;
    if (identity !== NOBODY) process.selected = identity;
    if (!stopped.isFatal && process.signal !== null) return;
    process.signal = stopped.signal;
    process.struck = stopped.isFatal ? identity : null;
    process.struckAt = this.end(i);
  }

  /** `[Switching to thread 2 (...)]` comes before the frame, `[Current thread is 1 (...)]` after it. */
  private select(line: string, i: number): void {
    const identity = threadIdentity(line);
    const process = this.current(i);
    process.selected = identity;
    if (line.startsWith("[Switching")) this.closePrint();
    else if (this.print) this.print.identity = mergeIdentity(this.print.identity, identity);
    if (process.struck && process.struck.lwp === null) {
      process.struck = mergeIdentity(process.struck, identity);
    }
  }

  // Stacks

  private openThread(i: number): void {
    this.closePrint();
    const identity = threadIdentity(lineText(this.lines, i).trimStart());
    if (this.startsAnotherListing(identity)) this.closeProcess();
    this.openPrint(identity, { from: this.start(i), to: this.end(i) }, false, true);
    this.current(i).extend(this.end(i));
  }

  /** `thread apply all` counts down to 1: a higher number behind it, unseen so far, is of another process. */
  private startsAnotherListing(identity: ThreadIdentity): boolean {
    const { process } = this;
    if (!process || process.hasPrompt || process.seen.has("attach")) return false;
    const listed = process.prints.filter((print) => print.hasHeader);
    const last = listed[listed.length - 1]?.identity.number;
    if (last !== 1 || identity.number === null || identity.number <= 1) return false;
    return !listed.some((print) => print.identity.lwp === identity.lwp);
  }

  private takeFrame(i: number, from: number): boolean {
    const scanned = scanFrame(
      this.lines.text,
      skipBlanks(this.lines.text, from, this.end(i)),
      this.end(i),
    );
    if (scanned === null) return false;
    const frame = new Frame(this.lines.text, scanned.parts);
    const isNext = frame.number === this.nextNumber();
    if (!scanned.isCertain && !isNext && !scanned.isWhole) return false;
    if (scanned.isSignalHandler) frame.kind = "signal-handler";
    if (!isNext) this.startStack(i, frame);
    const print = this.print as Print;
    // Frames that follow each other are a backtrace, even with source lines between them (`set print frame-info`).
    if (isNext) print.isGlance = false;
    print.frames.push(frame);
    print.span = { from: print.span.from, to: this.end(i) };
    if (!scanned.isWhole) this.truncated(frame);
    this.current(i).extend(this.end(i));
    this.answering = false;
    return true;
  }

  private nextNumber(): number | null {
    const { print } = this;
    if (print === null) return null;
    const last = print.frames[print.frames.length - 1];
    return last === undefined ? 0 : last.number === null ? null : last.number + 1;
  }

  /** A frame that does not go on with the open stack starts one of its own, unless frames are missing between them. */
  private startStack(i: number, frame: Frame): void {
    const { print } = this;
    const last = print?.frames[print.frames.length - 1];
    if (print !== null && last === undefined) {
      print.isGlance = this.isGlanceAt(i);
      return;
    }
    const isLater = frame.number !== null && (last?.number ?? -1) < frame.number;
    if (print !== null && isLater && !this.isGlanceAt(i)) return;
    this.closePrint();
    if (this.process?.isOver) this.closeProcess();
    this.openPrint(this.process?.selected ?? NOBODY, frame.span, this.isGlanceAt(i));
  }

  /** gdb shows the source line behind `frame N`, `up` and a stop, never inside a backtrace. */
  private isGlanceAt(i: number): boolean {
    return i + 1 < this.lines.count && this.kind(i + 1) === "source";
  }

  private openPrint(
    identity: ThreadIdentity,
    span: Span,
    isGlance: boolean,
    hasHeader = false,
  ): void {
    this.print = { identity, span, frames: [], ends: "complete", isGlance, hasHeader };
  }

  private truncated(frame: Frame): void {
    this.output.problems.push({
      code: "truncated-frame",
      message: "The text of this frame breaks off.",
      span: frame.span,
    });
    if (this.print) this.print.ends = "cut";
  }

  /** The frame that gdb prints at a stop, without a number. */
  private takeGlance(i: number): boolean {
    const scanned = this.scan(i);
    if (scanned === null || !scanned.isCertain) return false;
    this.closePrint();
    const process = this.current(i);
    const frame = new Frame(this.lines.text, scanned.parts);
    const identity = this.tables.brokenRow(i) ?? process.selected;
    process.prints.push(glance(identity, frame));
    process.extend(this.end(i));
    this.isSession ||= process.isSession;
    return true;
  }

  private endStack(i: number): void {
    const { print } = this;
    if (print === null) return;
    const line = lineText(this.lines, i).trim();
    const span = { from: this.start(i), to: this.end(i) };
    print.ends = line.startsWith("(More") || line.startsWith("Backtrace limit") ? "cut" : "corrupt";
    print.span = { from: print.span.from, to: span.to };
    if (print.ends === "corrupt") {
      this.output.problems.push({ code: "corrupt-stack", message: line, span });
    }
  }

  private addLocals(i: number): void {
    const frame = this.print?.frames[this.print.frames.length - 1];
    if (!frame || !this.print) return;
    const line = lineText(this.lines, i).trim();
    const isNone = line.startsWith("No locals") || line.startsWith("No symbol table");
    const from = isNone ? this.end(i) : this.start(i);
    frame.localsSpan = { from: frame.localsSpan?.from ?? from, to: this.end(i) };
    this.print.span = { from: this.print.span.from, to: this.end(i) };
  }

  private takeIndented(i: number, last: number): boolean {
    const frame = this.print?.frames[this.print.frames.length - 1];
    if (frame && last === i - 1 && / = /.test(lineText(this.lines, i))) {
      this.addLocals(i);
      return true;
    }
    return this.takeOther(i, last);
  }

  // Prompts and free text

  private takePrompt(i: number): void {
    const { text } = this.lines;
    const to = this.end(i);
    let at = skipBlanks(text, this.start(i), to);
    this.isSession = true;
    this.closePrint();
    this.current(i).hasPrompt = true;
    this.current(i).isSession = true;
    while (at < to && promptLength(text, at) > 0) {
      const from = at;
      at += promptLength(text, at);
      const after = skipBlanks(text, at, to);
      const isTyped = after < to && promptLength(text, after) === 0 && !this.isAnswer(after, to);
      const command = isTyped ? { from: after, to } : { from: at, to: at };
      if (isTyped && FREE_ANSWERS.test(text.slice(after, to))) this.freeUntil = this.nextPrompt(i);
      this.output.prompts.push({ span: { from, to: at }, command });
      at = isTyped ? to : after;
    }
    this.current(i).extend(to);
    if (at < to) this.takeAnswer(i, at);
    this.answering = true;
  }

  /** The line of the next prompt, if it is near enough for what lies between to be an answer. */
  private nextPrompt(i: number): number {
    for (let next = i + 1; next < Math.min(this.lines.count, i + LONGEST_ANSWER); next++) {
      if (this.kind(next) === "prompt") return next;
    }
    return 0;
  }

  /** Over a pipe nothing is echoed, and the answer follows the prompt on its line. */
  private isAnswer(at: number, to: number): boolean {
    const kind = lineKind(this.lines.text, at, to);
    return kind !== "other" && kind !== "indented" && kind !== "blank";
  }

  private takeAnswer(i: number, at: number): void {
    const to = this.end(i);
    const kind = lineKind(this.lines.text, at, to);
    if (kind === "frame") this.takeFrame(i, at);
    else if (kind === "no-locals") this.addLocals(i);
    else if (kind === "attach") this.attach(this.lines.text.slice(at, to), i);
    else if (kind === "current") this.select(this.lines.text.slice(at, to), i);
    else if (kind === "stop") this.stop(this.lines.text.slice(at, to), i);
    else if (kind === "detach") this.detach(this.lines.text.slice(at, to), i);
    else if (kind === "table" || kind === "row") this.tables.take(i, kind);
  }

  /** Text that is nobody's: an answer to a command, or a few lines that the program printed. */
  private takeOther(i: number, last: number): boolean {
    if (this.looksLikeFrame(i)) return this.takeGlance(i);
    const isAdjacent = last === i - 1;
    if (this.answering && isAdjacent) return true;
    if (!this.isSession || !isAdjacent) return false;
    if (/^\w[\w.]* = /.test(lineText(this.lines, i))) return true;
    for (let next = i + 1; next < Math.min(this.lines.count, i + 1 + MOST_FOREIGN_LINES); next++) {
      const kind = this.kind(next);
      if (kind !== "other" && kind !== "indented") return kind !== "blank" || this.gdbFollows(next);
    }
    return false;
  }

  private gdbFollows(blank: number): boolean {
    const kind = blank + 1 < this.lines.count ? this.kind(blank + 1) : "blank";
    return kind === "stop" || kind === "event" || kind === "current" || kind === "thread";
  }

  /** The frame at a stop has no address where the program stands at the start of a line: `main () at a.c:7`. */
  private looksLikeFrame(i: number): boolean {
    const line = lineText(this.lines, i);
    if (!this.isSession || !/ at \S.*:\d+$/.test(line.slice(-300))) return false;
    const frame = this.scan(i);
    return frame !== null && frame.isWhole && frame.isCertain;
  }

  // Housekeeping

  private current(i: number): OpenProcess {
    this.process ??= new OpenProcess(this.start(i));
    return this.process;
  }

  private closePrint(): void {
    const { print } = this;
    this.print = null;
    if (print === null || print.frames.length === 0) return;
    this.process ??= new OpenProcess(print.span.from);
    this.process.extend(print.span.to);
    this.process.prints.push(print);
  }

  private closeProcess(): void {
    this.closePrint();
    this.process?.finish(this.output);
    this.process = null;
  }

  private kind(i: number): LineKind {
    return lineKind(this.lines.text, this.start(i), this.end(i));
  }

  private scan(i: number) {
    const from = skipBlanks(this.lines.text, this.start(i), this.end(i));
    return scanFrame(this.lines.text, from, this.end(i));
  }

  private start(i: number): number {
    return this.lines.starts[i] as number;
  }

  private end(i: number): number {
    return this.lines.ends[i] as number;
  }
}
