import type { Frame } from "../frame";
import type { Process, Thread } from "../model";
import type { Output } from "../output";
import type { Span } from "../span";
import { NOBODY, sameThread, type ThreadIdentity } from "./headers";
import { gatherThreads, type Print } from "./stacks";

/** A process while its lines are read. */
export class OpenProcess {
  pid: number | null = null;
  program: string | null = null;
  signal: string | null = null;
  gdb: string | null = null;
  head: Span | null = null;
  private readonly from: number;
  private to: number;
  /** A separator, a banner, an attach line: what the head has had so far. */
  readonly seen = new Set<string>();
  /** True where gdb itself printed around the stacks; false for loose traces. */
  isSession = false;
  hasPrompt = false;
  /** gdb has detached, or the process has ended: what comes next is another one. */
  isOver = false;
  /** The thread that commands without a thread of their own look at. */
  selected: ThreadIdentity = NOBODY;
  /** The thread that got a fatal signal; null where no signal was, `NOBODY` where it is the next one shown. */
  struck: ThreadIdentity | null = null;
  /** Where the signal was told. */
  struckAt = 0;
  readonly prints: Print[] = [];
  /** Number of the last thread that had a header, and the LWPs of all of them. */
  lastListed: number | null = null;
  readonly listed = new Set<number | null>();

  constructor(from: number) {
    this.from = from;
    this.to = from;
  }

  get span(): Span {
    return { from: this.from, to: this.to };
  }

  get hasStacks(): boolean {
    return this.prints.length > 0;
  }

  /** Everything up to `to` belongs to the process. */
  extend(to: number): void {
    if (to > this.to) this.to = to;
  }

  /** Everything up to `to` stands before the first stack. */
  extendHead(to: number): void {
    this.extend(to);
    this.head = this.span;
  }

  /** Adds the process to the output; one without any stack and pid was only gdb starting. */
  finish(output: Output): void {
    const threads = gatherThreads(this.prints, this.isSession);
    for (const thread of threads) {
      markInlined(thread.frames);
      reportGaps(thread, output);
    }
    markCrashed(threads, this);
    if (threads.length === 0 && this.pid === null && this.signal === null) return;
    const { pid, program, signal, gdb, span } = this;
    const head = this.isSession ? this.head : null;
    output.processes.push({ pid, program, signal, gdb, span, head, threads } satisfies Process);
  }
}

/**
 * gdb leaves out a caller's address exactly where the frame inside it was inlined (stack.c, frame_show_address). Where
 * no outer frame has an address, they were all stripped, and nothing can be told.
 */
function markInlined(frames: readonly Frame[]): void {
  const outer = frames.filter(
    (frame) => (frame.number ?? 0) > 0 && frame.kind !== "signal-handler",
  );
  if (!outer.some((frame) => frame.has("address"))) return;
  for (let i = 1; i < frames.length; i++) {
    const frame = frames[i] as Frame;
    const inner = frames[i - 1] as Frame;
    if (!frame.has("address") && frame.kind === "call" && inner.kind === "call") {
      inner.kind = "inline";
    }
  }
}

function reportGaps(thread: Thread, output: Output): void {
  for (let i = 1; i < thread.frames.length; i++) {
    const frame = thread.frames[i] as Frame;
    const before = (thread.frames[i - 1] as Frame).number;
    if (before === null || frame.number === null || frame.number === before + 1) continue;
    output.problems.push({
      code: "frame-gap",
      message: `Frame ${frame.number} follows frame ${before}: the frames between are not in this text.`,
      span: frame.span,
    });
  }
}

function markCrashed(threads: readonly Thread[], process: OpenProcess): void {
  const { struck } = process;
  if (struck === null) return;
  const known = threads.find((thread) => sameThread(thread, struck) === true);
  const next = threads.find((thread) => thread.span.to > process.struckAt);
  const thread = known ?? (threads.length === 1 ? threads[0] : next);
  if (thread) thread.crashed = true;
}
