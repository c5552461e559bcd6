import type { EntryRows } from "./entryRows";
import type { Frame } from "./frame";
import type { FrameRows } from "./frameRows";
import { LogEntry } from "./logEntry";
import type { LogRecord, Problem, Process, Prompt, Section, Table, Thread } from "./model";
import type { Output } from "./output";
import type { Span } from "./span";

/** What stood in one text, as it stands in another that holds the same lines `shift` further back. */
export class Mover {
  private readonly shift: number;
  private readonly entryRows: (rows: EntryRows) => EntryRows;
  private readonly frameRows: (rows: FrameRows) => FrameRows;

  constructor(text: string, shift: number) {
    this.shift = shift;
    this.entryRows = movedOnce(text, shift);
    this.frameRows = movedOnce(text, shift);
  }

  output(found: Output): Output {
    return {
      sections: found.sections.map((section) => this.section(section)),
      processes: found.processes.map((process) => this.process(process)),
      records: found.records.map((record) => this.record(record)),
      tables: found.tables.map((table) => this.table(table)),
      prompts: found.prompts.map((prompt) => this.prompt(prompt)),
      problems: found.problems.map((problem) => this.problem(problem)),
    };
  }

  private span({ from, to }: Span): Span {
    return { from: from + this.shift, to: to + this.shift };
  }

  private section({ kind, span }: Section): Section {
    return { kind, span: this.span(span) };
  }

  private process(process: Process): Process {
    const { pid, program, signal, gdb, span, head, threads } = process;
    return {
      pid,
      program,
      signal,
      gdb,
      span: this.span(span),
      head: head && this.span(head),
      threads: threads.map((thread) => this.thread(thread)),
    };
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

  private record(record: LogRecord): LogRecord {
    if (record instanceof LogEntry) return record.moved(this.entryRows);
    const { frames } = record;
    // Records without frames hold no more of the text than pieces of it.
    if (this.shift === 0 && frames === null) return record;
    return { ...record, span: this.span(record.span), frames: frames && this.frames(frames) };
  }

  private table({ kind, columns, rows, span }: Table): Table {
    const moved = rows.map((row) => ({
      cells: row.cells.map((cell) => ({ text: cell.text, span: this.span(cell.span) })),
      span: this.span(row.span),
    }));
    return { kind, columns, rows: moved, span: this.span(span) };
  }

  private prompt({ span, command }: Prompt): Prompt {
    return { span: this.span(span), command: this.span(command) };
  }

  private problem({ code, message, span }: Problem): Problem {
    return { code, message, span: this.span(span) };
  }
}

/** Rows are shared by many; most are those that were asked for last. */
function movedOnce<T extends { moved(text: string, shift: number): T }>(
  text: string,
  shift: number,
): (rows: T) => T {
  const known = new Map<T, T>();
  let last: T | null = null;
  let lastMoved: T | null = null;
  return (rows) => {
    if (rows === last && lastMoved !== null) return lastMoved;
    const moved = known.get(rows) ?? rows.moved(text, shift);
    known.set(rows, moved);
    last = rows;
    lastMoved = moved;
    return moved;
  };
}
