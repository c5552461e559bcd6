import { isBlankLine, type Lines, lineText } from "../lines";
import type { Table, TableRow } from "../model";
import type { FormatReader, Output } from "../output";
import { ipcsColumns, ipcsKind, ipcsRow, isValuesHeader } from "./ipcs";
import { BARE_LAYOUTS, psHeader, type RowReader, rowReader } from "./ps";

/** The cheap question, asked of every line that nobody claims: a user, a process and another number? */
const MAY_BE_ROW = /^[ \t]*\S{1,64} +\d{1,10} +\d/;

/** Reads the listings of ps and ipcs. */
export class TablesReader implements FormatReader {
  private readonly lines: Lines;
  private readonly output: Output;

  constructor(lines: Lines, output: Output) {
    this.lines = lines;
    this.output = output;
  }

  read(at: number): number {
    if (isBlankLine(this.lines, at)) return at;
    const line = this.textOf(at);
    const kind = ipcsKind(line);
    if (kind !== null) return this.readIpcs(at, kind);
    const values = ipcsColumns(line);
    if (values !== null && isValuesHeader(values)) return this.readValues(at, values);
    const header = psHeader(line);
    if (header !== null && header.end === line.trimEnd().length) {
      return this.readProcesses(at, header.columns);
    }
    return this.readBareProcesses(at);
  }

  finish(): void {}

  private textOf(i: number): string {
    return lineText(this.lines, i);
  }

  /** A title, the names of the columns and the rows; an empty listing says that there are none. */
  private readIpcs(at: number, kind: string): number {
    const columns = at + 1 < this.lines.count ? ipcsColumns(this.textOf(at + 1)) : null;
    if (columns === null) return at;
    const rows = this.rowsFrom(at + 2, (line, from) => ipcsRow(line, from, columns.length));
    return this.add(at, at + 2 + rows.length, { kind, columns, rows });
  }

  private readValues(at: number, columns: string[]): number {
    const rows = this.rowsFrom(at + 1, (line, from) => ipcsRow(line, from, columns.length));
    return this.add(at, at + 1 + rows.length, { kind: "semaphore-values", columns, rows });
  }

  private readProcesses(at: number, columns: readonly string[]): number {
    const rows = this.rowsFrom(at + 1, rowReader(columns));
    if (rows.length === 0) return at;
    return this.add(at, at + 1 + rows.length, { kind: "process-list", columns, rows });
  }

  private readBareProcesses(at: number): number {
    if (!MAY_BE_ROW.test(this.textOf(at))) return at;
    for (const [i, read] of bareReaders().entries()) {
      const rows = this.rowsFrom(at, read);
      const columns = BARE_LAYOUTS[i] as readonly string[];
      if (rows.length > 0) {
        return this.add(at, at + rows.length, { kind: "process-list", columns, rows });
      }
    }
    return at;
  }

  private rowsFrom(at: number, read: RowReader): TableRow[] {
    const rows: TableRow[] = [];
    for (let i = at; i < this.lines.count; i++) {
      const row = read(this.textOf(i), this.lines.starts[i] as number);
      if (row === null) break;
      rows.push(row);
    }
    return rows;
  }

  private add(first: number, after: number, table: Omit<Table, "span">): number {
    const from = this.lines.starts[first] as number;
    const span = { from, to: this.lines.ends[after - 1] as number };
    this.output.tables.push({ ...table, span });
    this.output.sections.push({ kind: table.kind, span });
    return after;
  }
}

let readers: RowReader[] | null = null;

function bareReaders(): RowReader[] {
  readers ??= BARE_LAYOUTS.map(rowReader);
  return readers;
}
