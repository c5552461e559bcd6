import type { Process, Thread } from "./model";
import type { Mover, Movers } from "./moved";
import type { Span } from "./span";

/**
 * A process that stands elsewhere than when it was read. Its threads are moved when somebody asks for them: each key that
 * is typed moves thousands of processes, and few are looked at before the next.
 */
class MovedProcess implements Process {
  readonly asRead: Process;
  readonly mover: Mover;
  private moved: Thread[] | null = null;

  constructor(asRead: Process, mover: Mover) {
    this.asRead = asRead;
    this.mover = mover;
  }

  get pid(): number | null {
    return this.asRead.pid;
  }

  get program(): string | null {
    return this.asRead.program;
  }

  get signal(): string | null {
    return this.asRead.signal;
  }

  get gdb(): string | null {
    return this.asRead.gdb;
  }

  get span(): Span {
    return this.mover.span(this.asRead.span);
  }

  get head(): Span | null {
    const { head } = this.asRead;
    return head && this.mover.span(head);
  }

  get threads(): Thread[] {
    this.moved ??= this.mover.threads(this.asRead);
    return this.moved;
  }

  /** Getters are no properties of their own to JSON. */
  toJSON(): Process {
    const { pid, program, signal, gdb, span, head, threads } = this;
    return { pid, program, signal, gdb, span, head, threads };
  }
}

/** The process as it stood when it was read, and how much further back it stands now. */
export function processAsRead(process: Process): {
  readonly process: Process;
  readonly shift: number;
} {
  if (!(process instanceof MovedProcess)) return { process, shift: 0 };
  return { process: process.asRead, shift: process.mover.shift };
}

/** The process `by` further back. */
export function movedProcess(now: Process, by: number, movers: Movers): Process {
  const { process, shift } = processAsRead(now);
  return new MovedProcess(process, movers(shift + by));
}

/** The process as one that was read where it stands now. */
export function processMadeAnew(now: Process, movers: Movers): Process {
  const { process, shift } = processAsRead(now);
  return movers(shift).process(process);
}
