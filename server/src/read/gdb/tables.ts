import { Frame } from "../frame";
import { type Lines, lineText } from "../lines";
import type { Cell, TableRow } from "../model";
import type { Output } from "../output";
import { type ThreadIdentity, threadIdentity } from "./headers";
import type { LineKind } from "./lineKind";
import { scanFrame } from "./scanFrame";
import { glance, type Print } from "./stacks";

/** gdb's listings: `info threads`, `info sharedlibrary`, `info registers`. */
export class GdbTables {
  private readonly lines: Lines;
  private readonly output: Output;
  private open: { kind: string; from: number; rows: TableRow[]; last: number } | null = null;

  constructor(lines: Lines, output: Output) {
    this.lines = lines;
    this.output = output;
  }

  /** Is no table open that a row behind the line could belong to? */
  isIdle(line: number): boolean {
    return this.open === null || this.open.last < line - 1;
  }

  /** Reads the line `i` into its table. What a row of `info threads` shows of a frame is returned. */
  take(i: number, kind: LineKind): Print[] {
    const line = lineText(this.lines, i);
    if (kind === "table") {
      this.start(i, tableKind(line));
      return [];
    }
    if (kind === "registers") this.addRow(i, "register-list", registerCells(this.lines, i));
    if (kind === "row" && line.trimStart().startsWith("0x")) {
      this.addRow(i, "library-list", libraryCells(this.lines, i));
    } else if (kind === "row") return this.addThread(i);
    return [];
  }

  private addThread(i: number): Print[] {
    const row = threadRow(this.lines, i);
    this.addRow(i, "thread-list", row.cells);
    const from = row.frameFrom;
    const scanned = scanFrame(this.lines.text, from, this.lines.ends[i] as number);
    if (scanned === null || !scanned.isCertain) return [];
    const frame = Frame.of(this.lines.text, scanned.parts);
    const identity = threadIdentity(lineText(this.lines, i).trimStart());
    return [glance(identity, frame)];
  }

  /**
   * The thread of the row before the line `i`, if a warning broke that row off before its frame: gdb prints
   * "Unexpected size of section" right into the table, and the frame on the next line.
   */
  brokenRow(i: number): ThreadIdentity | null {
    const before = i > 0 ? lineText(this.lines, i - 1).trimStart() : "";
    if (this.open?.last !== i - 1 || !before.includes(" warning: ")) return null;
    this.open.last = i;
    return threadIdentity(before);
  }

  private start(i: number, kind: string): void {
    this.open = { kind, from: this.lines.starts[i] as number, rows: [], last: i };
  }

  private addRow(i: number, kind: string, cells: Cell[]): void {
    const isOpen = this.open?.kind === kind && i - this.open.last <= 2;
    if (!isOpen) this.start(i, kind);
    const open = this.open;
    if (open === null) return;
    const to = this.lines.ends[i] as number;
    open.rows.push({ cells, span: { from: this.lines.starts[i] as number, to } });
    open.last = i;
    const span = { from: open.from, to };
    if (open.rows.length > 1) this.output.tables.pop();
    this.output.tables.push({ kind, columns: COLUMNS[kind] ?? [], rows: open.rows, span });
  }
}

function tableKind(header: string): string {
  if (header.includes("Target Id")) return "thread-list";
  return header.startsWith("Signal") ? "signal-list" : "library-list";
}

const COLUMNS: Readonly<Record<string, string[]>> = {
  "thread-list": ["Id", "Target Id", "Frame"],
  "library-list": ["From", "To", "Syms Read", "Shared Object Library"],
  "register-list": ["Register", "Value", "Meaning"],
};

const cell = (lines: Lines, from: number, to: number): Cell => ({
  text: lines.text.slice(from, to),
  span: { from, to },
});

/** `* 1    Thread 0x7f29 (LWP 71) "worker" f () at a.c:7` */
function threadRow(lines: Lines, i: number): { cells: Cell[]; frameFrom: number } {
  const start = lines.starts[i] as number;
  const end = lines.ends[i] as number;
  const line = lines.text.slice(start, end);
  const head =
    /^\*?\s*([\d.]+)\s+((?:Thread 0x[0-9a-f]+ \(LWP \d+\)|(?:LWP|process|Thread) \d+)(?: "[^"]*")?)\s*/.exec(
      line,
    );
  if (!head) return { cells: [cell(lines, start, end)], frameFrom: end };
  const id = line.indexOf(head[1] as string);
  const target = line.indexOf(head[2] as string, id);
  const frameFrom = start + head[0].length;
  const cells = [
    cell(lines, start + id, start + id + (head[1] as string).length),
    cell(lines, start + target, start + target + (head[2] as string).length),
    cell(lines, frameFrom, end),
  ];
  return { cells, frameFrom };
}

/** Splits at runs of blanks into at most `most` cells. */
function words(lines: Lines, i: number, most: number): Cell[] {
  const start = lines.starts[i] as number;
  const line = lineText(lines, i);
  const cells: Cell[] = [];
  const word = /\S+/g;
  for (let match = word.exec(line); match; match = word.exec(line)) {
    const isLast = cells.length === most - 1;
    const to = isLast ? line.trimEnd().length : match.index + match[0].length;
    cells.push(cell(lines, start + match.index, start + to));
    if (isLast) break;
  }
  return cells;
}

const registerCells = (lines: Lines, i: number): Cell[] => words(lines, i, 3);

/** `0x00007f29  0x00007f2a  Yes (*)     /lib/libc.so.6`: the mark belongs to the word before it. */
function libraryCells(lines: Lines, i: number): Cell[] {
  const cells = words(lines, i, 4);
  const [from, to, read, library] = cells;
  if (!from || !to || !read || !library?.text.startsWith("(*)")) return cells;
  const mark = {
    text: `${read.text} (*)`,
    span: { from: read.span.from, to: library.span.from + 3 },
  };
  const rest = library.text.slice(3).trimStart();
  return [from, to, mark, cell(lines, library.span.to - rest.length, library.span.to)];
}
