import { skipBlanks } from "../chars";
import { Frame } from "../frame";
import { type Lines, lineText } from "../lines";
import type { Output } from "../output";
import type { Span } from "../span";
import { gdbVersion, type ThreadIdentity } from "./headers";
import type { LineKind } from "./lineKind";
import { type LineKinds, lineKinds } from "./lineKinds";
import { OpenProcess } from "./processes";
import { type ScannedFrame, scanFrame } from "./scanFrame";
import type { Print } from "./stacks";
import { GdbTables } from "./tables";

/** What the parts of the gdb reader share: the lines, and the process and the stack that are open. */
export class Session {
  readonly lines: Lines;
  private readonly kinds: LineKinds;
  readonly output: Output;
  readonly tables: GdbTables;
  process: OpenProcess | null = null;
  print: Print | null = null;
  /** Has the section anything but frames and thread headers? */
  isSession = false;
  /** The line before this one belongs to a command's answer; free text may follow it. */
  answering = false;
  /** Up to this line, whatever stands there is the answer to a command that prints free text. */
  freeUntil = 0;
  /** As far as somebody looked for the end of such an answer. */
  lookedTo = 0;
  private banner: { line: string; version: string | null } = { line: "", version: null };

  constructor(lines: Lines, output: Output) {
    this.lines = lines;
    this.kinds = lineKinds(lines);
    this.output = output;
    this.tables = new GdbTables(lines, output);
  }

  /** Is nothing open, and has nobody looked at what stands on the line or behind? */
  isIdle(line: number): boolean {
    const isOpen = this.process !== null || this.print !== null || this.answering;
    return !isOpen && this.lookedTo <= line && this.tables.isIdle(line);
  }

  start(i: number): number {
    return this.lines.starts[i] as number;
  }

  end(i: number): number {
    return this.lines.ends[i] as number;
  }

  text(i: number): string {
    return lineText(this.lines, i);
  }

  kind(i: number): LineKind {
    return this.kinds.at(i);
  }

  /** The frame that the line's text, from `from` on, prints. */
  scan(i: number, from = this.start(i)): ScannedFrame | null {
    const { text } = this.lines;
    return scanFrame(text, skipBlanks(text, from, this.end(i)), this.end(i));
  }

  frame(scanned: ScannedFrame): Frame {
    const frame = Frame.of(this.lines.text, scanned.parts);
    if (scanned.isSignalHandler) frame.kind = "signal-handler";
    return frame;
  }

  /** gdb's version by its banner; a fleet's are all alike. */
  version(banner: string): string | null {
    if (this.banner.line !== banner) this.banner = { line: banner, version: gdbVersion(banner) };
    return this.banner.version;
  }

  /** The open process, or a new one that starts with the line. */
  current(i: number): OpenProcess {
    this.process ??= new OpenProcess(this.start(i));
    return this.process;
  }

  /** Is a head line of the given kind that of another process than the open one? */
  startsByHead(kind: string): boolean {
    const { process, print } = this;
    if (process === null) return false;
    return process.seen.has(kind) || process.hasStacks || print !== null || process.isOver;
  }

  /** The process that a head line of the given kind belongs to: a new one where this one has had such a line, or stacks. */
  openHead(kind: string, i: number): OpenProcess {
    if (this.startsByHead(kind)) this.closeProcess();
    const open = this.current(i);
    open.seen.add(kind);
    return open;
  }

  openPrint(identity: ThreadIdentity, span: Span, isGlance: boolean, hasHeader = false): void {
    this.print = { identity, span, frames: [], ends: "complete", isGlance, hasHeader };
  }

  closePrint(): void {
    const { print } = this;
    this.print = null;
    if (print === null || print.frames.length === 0) return;
    this.process ??= new OpenProcess(print.span.from);
    this.process.extend(print.span.to);
    this.process.prints.push(print);
  }

  closeProcess(): void {
    this.closePrint();
    this.process?.finish(this.output);
    this.process = null;
  }
}
