import { HASH, NEWLINE } from "../read/chars";
import { type LineKind, lineKind } from "../read/gdb/lineKind";
import { endsWithPlace } from "../read/gdb/reader";
import type { Thread } from "../read/model";
import { read } from "../read/read";
import { detached, frameLabel } from "./groups";
import { lineEnd, type StackLines, type StackNode, StackTree } from "./stackTree";

export interface Sizes {
  /** So much is read in any case: by its first lines the reader tells what kind of text it is. */
  readonly head: number;
  /** So much is looked at at once. */
  readonly portion: number;
}

const SIZES: Sizes = { head: 1 << 18, portion: 1 << 20 };

/** A process whose text is longer is read. */
const LONGEST_PROCESS = 1 << 23;

/** So many characters of known stacks are kept. */
const MOST_KEPT = 1 << 24;

/** What stands around stacks and says nothing of single frames. */
const AROUND: ReadonlySet<LineKind> = new Set([
  "blank",
  "thread",
  "separator",
  "banner",
  "banner-rest",
  "attach",
  "core",
  "stop",
  "event",
  "program",
  "detach",
  "notice",
]);

/** A stack that was left out so often. */
export interface LeftOut {
  readonly thread: Thread;
  readonly count: number;
}

/** The end of the way to a stack that was met before. */
interface Known {
  /** How often it was left in the text. */
  read: number;
  leftOut: number;
  /** As the reader takes it; null where that is something else, undefined until it was asked. */
  thread: Thread | null | undefined;
}

/**
 * Leaves stacks out of a long text for those who only count them: a stack whose functions were read often enough is
 * counted, and its thread's lines do not come to the reader any more. What the reader makes of the rest is the same.
 *
 * That is sure only where no two stacks of a process can be the same thread's: where it has one stack, or where each has a
 * thread header with another LWP. A process with anything else in it (locals, a prompt, a stack that does not begin with
 * frame 0, text of others) is left as it is.
 */
export class KnownStacks {
  private readonly enough: number;
  private readonly sizes: Sizes;
  private readonly tree = new StackTree();
  private readonly known = new Map<StackNode, Known>();
  private kept = 0;
  private passed = 0;
  private waiting: string[] = [];
  private length = 0;
  private wanted: number;
  private process = new OpenProcess(true);
  private isBehindClear = false;
  /** Somebody asks gdb for what he wants to see: from then on, everything is left as it is. */
  private isSession = false;

  /** A stack that was read so often needs not be read again. */
  constructor(enough: number, sizes = SIZES) {
    this.enough = enough;
    this.sizes = sizes;
    this.wanted = sizes.head;
  }

  /** Takes more of the text; gives what is to be read now. */
  add(part: string): string {
    this.waiting.push(part);
    this.length += part.length;
    return this.length < this.wanted ? "" : this.filtered(false);
  }

  /** The rest, when the text has come to its end. */
  finish(): string {
    return this.filtered(true);
  }

  /** What is missing in the text that `add` and `finish` gave. */
  leftOut(): LeftOut[] {
    return [...this.known.values()].flatMap(({ thread, leftOut: count }) =>
      thread && count > 0 ? [{ thread, count }] : [],
    );
  }

  private filtered(isEnd: boolean): string {
    const text = this.waiting.join("");
    const end = isEnd ? text.length : text.lastIndexOf("\n") + 1;
    const pieces: string[] = [];
    // A line may end at a lone carriage return.
    const isRead = this.passed < this.sizes.head || this.isSession || text.includes("\r");
    this.isSession ||= isRead && text.includes("(gdb");
    const from = isRead ? 0 : this.takeProcesses(text, end, pieces);
    let rest = from;
    if (isRead || this.process.isRead || isEnd || end - from > LONGEST_PROCESS) {
      if (isRead) this.process = new OpenProcess(true);
      this.write(text, from, end, pieces);
      rest = end;
    }
    this.process = new OpenProcess(rest === end);
    this.passed += rest;
    this.waiting = [text.slice(rest)];
    this.length = text.length - rest;
    this.wanted = Math.max(this.sizes.portion, 2 * this.length);
    return pieces.join("");
  }

  /** Takes the processes that end in front of `end`; returns where the last one starts. */
  private takeProcesses(text: string, end: number, pieces: string[]): number {
    let from = 0;
    let at = 0;
    while (at < end) {
      if (text.charCodeAt(at) === HASH && !this.process.isRead) {
        const stack = this.tree.linesFrom(text, at, end);
        if (stack.count > 0) {
          this.process.addStack(stack);
          at = stack.to;
          continue;
        }
      }
      const to = lineEnd(text, at);
      if (to > at) {
        const kind = lineKind(text, at, to);
        if (this.process.endsAt(kind, text, at)) {
          this.write(text, from, at, pieces);
          this.process = new OpenProcess(this.isSession);
          from = at;
        }
        this.process.addLine(kind, text, at, to);
        this.isSession ||= kind === "prompt";
      }
      at = to + 1;
    }
    return from;
  }

  /** Writes the open process, from `from` to `to`, without what is known. */
  private write(text: string, from: number, to: number, pieces: string[]): void {
    if (from === to) return;
    const { stacks } = this.process;
    const isClear = this.process.isClear(text);
    // Where a process does not end clearly, the reader may take what follows for a part of it.
    const missing = isClear && this.isBehindClear ? this.missing(text) : NONE;
    this.isBehindClear = isClear;
    if (isClear && missing.size === stacks.length) return;
    let written = from;
    for (const { header, stack } of missing) {
      pieces.push(text.slice(written, header));
      written = stack.to;
    }
    pieces.push(text.slice(written, to));
  }

  /** The stacks of the open process to be left out: all of them, or so that what says something of them stays true. */
  private missing(text: string): ReadonlySet<ThreadLines> {
    const { stacks } = this.process;
    const missing = new Set(stacks.filter(({ stack }) => this.isEnough(stack, text)));
    if (missing.size < stacks.length) {
      for (const stack of this.process.shownAtStop(text)) missing.delete(stack);
      // A thread is called by its process where it is the only one.
      if (missing.size === stacks.length - 1)
        missing.delete(stacks.find((each) => missing.has(each)) as ThreadLines);
    }
    for (const { stack } of missing) (this.known.get(stack.node as StackNode) as Known).leftOut++;
    return missing;
  }

  /** Was the stack read often enough? */
  private isEnough({ from, to, node }: StackLines, text: string): boolean {
    if (node === null) return false;
    let known = this.known.get(node);
    if (known === undefined) {
      known = { read: 0, leftOut: 0, thread: undefined };
      this.known.set(node, known);
    }
    if (known.read++ < this.enough) return false;
    if (known.thread === undefined) known.thread = this.read(node, text.slice(from, to));
    return known.thread !== null;
  }

  /** What the reader makes of the lines, where it is this stack. */
  private read(node: StackNode, lines: string): Thread | null {
    if (this.kept + lines.length > MOST_KEPT) return null;
    const { processes } = read(detached(lines));
    const [thread, ...others] = processes.flatMap(({ threads }) => threads);
    if (thread === undefined || others.length > 0) return null;
    if (!this.tree.leadsTo(node, thread.frames.map(frameLabel))) return null;
    this.kept += lines.length;
    return thread;
  }
}

/** A stack, and where the header above it starts. */
interface ThreadLines {
  readonly header: number;
  readonly stack: StackLines;
}

const NONE: ReadonlySet<ThreadLines> = new Set();

/** The lines of a process so far. */
class OpenProcess {
  /** Is it left to the reader in any case? */
  isRead: boolean;
  readonly stacks: ThreadLines[] = [];
  private readonly lwps = new Set<number>();
  /** Frames that gdb has shown where the process stood. */
  private readonly stops: string[] = [];
  private stopTo = -1;
  private hasBareStack = false;
  /** Has gdb said something of the process, so that it is a session's? */
  private hasHead = false;
  private header: { readonly from: number; readonly to: number } | null = null;

  constructor(isRead: boolean) {
    this.isRead = isRead;
  }

  addStack(stack: StackLines): void {
    const { header } = this;
    this.stacks.push({ header: header?.from ?? stack.from, stack });
    this.hasBareStack ||= header === null;
    if (header !== null && header.to + 1 !== stack.from) this.isRead = true;
    this.header = null;
  }

  addLine(kind: LineKind, text: string, from: number, to: number): void {
    if (this.isRead) return;
    const line = text.slice(from, to);
    if (this.isStop(kind, line)) {
      this.stops.push(line);
      this.stopTo = to;
    } else if (kind === "source") this.isRead = from !== this.stopTo + 1;
    else if (!AROUND.has(kind)) this.isRead = true;
    else if (kind === "thread") this.addHeader(text, from, to);
    else this.hasHead ||= kind !== "blank";
  }

  /** Does gdb show with this line where the process stands? */
  private isStop(kind: LineKind, line: string): boolean {
    if (kind === "bare-frame") return true;
    return kind === "other" && this.hasHead && this.stacks.length === 0 && endsWithPlace(line);
  }

  private addHeader(text: string, from: number, to: number): void {
    const lwp = lwpOf(text.slice(from, to));
    // Two headers in a row: the first thread's stack is not there.
    if (lwp === null || this.lwps.has(lwp) || this.header !== null) this.isRead = true;
    else this.lwps.add(lwp);
    this.header = { from, to };
  }

  /** Does the line, which starts at `from`, belong to another process? */
  endsAt(kind: LineKind, text: string, from: number): boolean {
    if (kind === "separator") return true;
    if (this.stacks.length + this.stops.length === 0 && !this.isRead) return false;
    if (kind === "event")
      return text.startsWith("[New LWP ", from) || text.startsWith("[Thread debugging using", from);
    return kind === "banner" || kind === "attach" || kind === "core";
  }

  /** Is each stack surely a thread's of its own, and each other frame one of theirs? */
  isClear(text: string): boolean {
    if (this.isRead || this.stacks.length === 0 || this.header !== null) return false;
    if (this.stacks.length > 1 && this.hasBareStack) return false;
    return this.stops.every((stop) => this.stacks.some((stack) => isFirst(stop, stack, text)));
  }

  /** For each frame of a stop, a stack that begins with it. */
  shownAtStop(text: string): ThreadLines[] {
    return this.stops.flatMap(
      (stop) => this.stacks.find((stack) => isFirst(stop, stack, text)) ?? [],
    );
  }
}

const isFirst = (frame: string, { stack: { call } }: ThreadLines, text: string): boolean =>
  text.startsWith(frame, call) && text.charCodeAt(call + frame.length) === NEWLINE;

/** Of a thread header. */
function lwpOf(header: string): number | null {
  const lwp = /\(LWP (\d{1,10})\)/.exec(header);
  return lwp && Number(lwp[1]);
}
