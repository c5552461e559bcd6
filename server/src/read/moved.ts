import type { EntryRows } from "./entryRows";
import { EnvelopedRecord } from "./envelopedRecord";
import type { Frame } from "./frame";
import type { FrameRows } from "./frameRows";
import { LogEntry } from "./logEntry";
import type { LogRecord, Problem, Process, Prompt, Section, Table, Thread } from "./model";
import type { Characters } from "./piecedText";
import type { Span } from "./span";

/** What stood in one text, as it stands in another that holds the same lines `shift` further back. */
export class Mover {
  readonly shift: number;
  private readonly entryRows: (rows: EntryRows) => EntryRows;
  private readonly frameRows: (rows: FrameRows) => FrameRows;

  private constructor(
    shift: number,
    entryRows: (rows: EntryRows) => EntryRows,
    frameRows: (rows: FrameRows) => FrameRows,
  ) {
    this.shift = shift;
    this.entryRows = movedOnce(entryRows);
    this.frameRows = movedOnce(frameRows);
  }

  /** Frames and entries are still cut out of the text that they were read in: nothing of the new one is looked at. */
  static to(text: Characters, shift: number): Mover {
    return new Mover(
      shift,
      (rows) => rows.moved(shift),
      (rows) => rows.moved(text, shift),
    );
  }

  /** Lets go of the text that they were read in. */
  static into(text: string, shift: number): Mover {
    return new Mover(
      shift,
      (rows) => rows.madeAnew(text, shift),
      (rows) => rows.madeAnew(text, shift),
    );
  }

  span({ from, to }: Span): Span {
    return { from: from + this.shift, to: to + this.shift };
  }

  section({ kind, span }: Section): Section {
    return { kind, span: this.span(span) };
  }

  process(process: Process): Process {
    const { pid, program, signal, gdb, span, head } = process;
    return {
      pid,
      program,
      signal,
      gdb,
      span: this.span(span),
      head: head && this.span(head),
      threads: this.threads(process),
    };
  }

  threads({ threads }: Process): Thread[] {
    return threads.map((thread) => this.thread(thread));
  }

  private thread(thread: Thread): Thread {
    const { number, id, lwp, name, crashed, span, frames, ends, views } = thread;
    return {
      number,
      id,
      lwp,
      name,
      crashed,
      span: this.span(span),
      frames: this.frames(frames),
      ends,
      views: this.frames(views),
    };
  }

  private frames(frames: readonly Frame[]): Frame[] {
    return frames.map((frame) => frame.moved(this.frameRows));
  }

  record(record: LogRecord): LogRecord {
    if (record instanceof LogEntry) return record.moved(this.entryRows);
    if (record instanceof EnvelopedRecord) return record.around(this.record(record.record));
    const { frames } = record;
    // Records without frames hold no more of the text than pieces of it.
    if (this.shift === 0 && frames === null) return record;
    return { ...record, span: this.span(record.span), frames: frames && this.frames(frames) };
  }

  table({ kind, columns, rows, span }: Table): Table {
    const moved = rows.map((row) => ({
      cells: row.cells.map((cell) => ({ text: cell.text, span: this.span(cell.span) })),
      span: this.span(row.span),
    }));
    return { kind, columns, rows: moved, span: this.span(span) };
  }

  prompt({ span, command }: Prompt): Prompt {
    return { span: this.span(span), command: this.span(command) };
  }

  problem({ code, message, span }: Problem): Problem {
    return { code, message, span: this.span(span) };
  }
}

/** For each shift the one `Mover`. */
export type Movers = (shift: number) => Mover;

export function moversOf(moverOf: (shift: number) => Mover): Movers {
  const made = new Map<number, Mover>();
  return (shift) => {
    const known = made.get(shift) ?? moverOf(shift);
    made.set(shift, known);
    return known;
  };
}

/** Rows are shared by many; most are those that were asked for last. */
function movedOnce<T>(move: (rows: T) => T): (rows: T) => T {
  const known = new Map<T, T>();
  let last: T | null = null;
  let lastMoved: T | null = null;
  return (rows) => {
    if (rows === last && lastMoved !== null) return lastMoved;
    const moved = known.get(rows) ?? move(rows);
    known.set(rows, moved);
    last = rows;
    lastMoved = moved;
    return moved;
  };
}
