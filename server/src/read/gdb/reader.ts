import type { Lines } from "../lines";
import { type FormatReader, type Output, type Pass, passOn, STOPPED } from "../output";
import { isStep, type Steps } from "../steps";
import {
  addLocals,
  endStack,
  openThread,
  startsLooseProcess,
  takeFrame,
  takeGlance,
} from "./frames";
import { coreProgram, NOBODY } from "./headers";
import {
  attach,
  detach,
  loadProgram,
  select,
  startsByEvent,
  stop,
  takeEvent,
  takeSeparator,
} from "./heads";
import type { LineKind } from "./lineKind";
import { takePrompt } from "./prompts";
import { Session } from "./session";

/** As many lines of a program's own output may stand between two lines of gdb's. */
const MOST_FOREIGN_LINES = 8;

/** A line of a server's or the kernel's log is not gdb's, wherever it stands. */
const LOG_LINE =
  /^(?:\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d |\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*: \(|(?:kernel: )?\[ *\d+\.\d{6}\])/;

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
  private readonly session: Session;

  private readonly pass: Pass;

  constructor(lines: Lines, output: Output, pass: Pass = passOn) {
    this.session = new Session(lines, output);
    this.pass = pass;
  }

  read(at: number): number | Steps<number> {
    return this.startsHere(at) ? this.readSection(at) : at;
  }

  private *readSection(at: number): Steps<number> {
    this.session.isSession = false;
    let last = at;
    for (let i = at; i < this.session.lines.count; i++) {
      if (isStep(i)) yield;
      if (this.startsProcess(i)) {
        this.session.closeProcess();
        if (this.pass(i, at)) return STOPPED;
      }
      if (this.session.kind(i) === "blank") {
        if (this.session.print?.identity === NOBODY) this.session.closePrint();
        this.session.answering &&= i < this.session.freeUntil;
        if (i < this.session.freeUntil) last = i;
        continue;
      }
      if (!this.take(i, last)) break;
      last = i;
    }
    this.closeSection(at, last);
    return last + 1;
  }

  /** Does another process begin with the line, whatever stood before it? */
  private startsProcess(i: number): boolean {
    const kind = this.session.kind(i);
    switch (kind) {
      case "separator":
        return this.leadsToGdb(i);
      case "banner":
      case "attach":
      case "core":
        return this.session.startsByHead(kind);
      case "event":
        return startsByEvent(this.session, this.session.text(i).trimStart());
      case "thread":
        return startsLooseProcess(this.session, i);
      default:
        return false;
    }
  }

  isIdle(line: number): boolean {
    return this.session.isIdle(line);
  }

  finish(): void {
    this.session.closeProcess();
  }

  private closeSection(first: number, last: number): void {
    const span = { from: this.session.start(first), to: this.session.end(last) };
    this.session.output.sections.push({
      kind: this.session.isSession ? "gdb-session" : "backtrace",
      span,
    });
    this.session.process?.extend(span.to);
    this.session.answering = false;
    // Loose traces with prose between them are of different processes, as far as anybody can tell.
    if (this.session.process && !this.session.process.hasPrompt && !this.session.process.isSession)
      this.session.closeProcess();
  }
  /** Lines that cannot be anything but gdb's open a section; weaker ones are only taken inside. */
  startsHere(at: number): boolean {
    switch (this.session.kind(at)) {
      case "frame":
        return this.session.scan(at)?.isCertain ?? false;
      case "bare-frame": {
        const frame = this.session.scan(at);
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
        return /\bsignal (?:SIG|\d)/.test(this.session.text(at));
      case "row":
        return this.session.text(at).includes("Thread 0x");
      case "table":
        return true;
      default:
        return false;
    }
  }
  /** A separator is one of ours where gdb's words follow within a few lines. */
  private leadsToGdb(at: number): boolean {
    for (let i = at + 1; i < Math.min(this.session.lines.count, at + 6); i++) {
      if (PROOFS.has(this.session.kind(i))) return true;
    }
    return false;
  }
  /** Reads the line `i`; false where it is not gdb's. */
  private take(i: number, last: number): boolean {
    const kind = this.session.kind(i);
    switch (kind) {
      case "frame":
        return takeFrame(this.session, i, this.session.start(i));
      case "thread":
        openThread(this.session, i);
        return true;
      case "prompt":
        takePrompt(this.session, i);
        return true;
      case "separator":
        if (!this.leadsToGdb(i)) return false;
        takeSeparator(this.session, i);
        return true;
      case "bare-frame":
        return takeGlance(this.session, i);
      case "no-locals":
        addLocals(this.session, i);
        return true;
      case "backtrace-end":
        endStack(this.session, i);
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
    const line = this.session.text(i).trimStart();
    this.session.isSession = true;
    this.session.answering = false;
    switch (kind) {
      case "banner":
        this.session.openHead("banner", i).gdb = this.session.version(line);
        break;
      case "attach":
        attach(this.session, line, i);
        break;
      case "core":
        this.session.openHead("core", i).program = coreProgram(line);
        break;
      case "program":
        loadProgram(this.session, line, i);
        break;
      case "stop":
        stop(this.session, line, i);
        break;
      case "event":
        takeEvent(this.session, line, i);
        break;
      case "current":
        select(this.session, line, i);
        break;
      case "detach":
        detach(this.session, line, i);
        break;
      case "result":
        this.session.closePrint();
        break;
      case "table":
      case "row":
      case "registers":
        this.session.current(i).prints.push(...this.session.tables.take(i, kind));
        break;
    }
    const process = this.session.current(i);
    process.isSession = true;
    const isHead = !process.hasStacks && this.session.print === null;
    if (isHead) process.extendHead(this.session.end(i));
    else process.extend(this.session.end(i));
    return true;
  }
  private takeIndented(i: number, last: number): boolean {
    const frame = this.session.print?.frames[this.session.print.frames.length - 1];
    if (frame && last === i - 1 && / = /.test(this.session.text(i))) {
      addLocals(this.session, i);
      return true;
    }
    return this.takeOther(i, last);
  }
  /** Text that is nobody's: an answer to a command, or a few lines that the program printed. */
  private takeOther(i: number, last: number): boolean {
    if (this.looksLikeFrame(i)) return takeGlance(this.session, i);
    if (LOG_LINE.test(this.session.text(i))) return false;
    const isAdjacent = last === i - 1;
    if (this.session.answering && isAdjacent) return true;
    if (!this.session.isSession || !isAdjacent) return false;
    if (/^\w[\w.]* = /.test(this.session.text(i))) return true;
    return this.leadsBack(i);
  }

  /** Does gdb go on behind a few lines of the program's own output? */
  private leadsBack(i: number): boolean {
    const end = Math.min(this.session.lines.count, i + 1 + MOST_FOREIGN_LINES);
    for (let next = i + 1; next < end; next++) {
      const kind = this.session.kind(next);
      if (kind !== "other" && kind !== "indented") return kind !== "blank" || this.gdbFollows(next);
    }
    return false;
  }

  /** Behind a blank line, only what gdb itself puts behind one counts. */
  private gdbFollows(blank: number): boolean {
    const kind = blank + 1 < this.session.lines.count ? this.session.kind(blank + 1) : "blank";
    return kind === "stop" || kind === "event" || kind === "current" || kind === "thread";
  }
  /** The frame at a stop has no address where the program stands at the start of a line: `main () at a.c:7`. */
  private looksLikeFrame(i: number): boolean {
    const line = this.session.text(i);
    if (!this.session.isSession || !endsWithPlace(line)) return false;
    const frame = this.session.scan(i);
    return frame?.isWhole === true && frame.isCertain;
  }
}

/** Does the line end with a file and a line of it, as a frame does? */
export const endsWithPlace = (line: string): boolean => / at \S.*:\d+$/.test(line.slice(-300));
