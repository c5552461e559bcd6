import type { Cell, TableRow } from "../model";
import { isColumn, isCommand, rowPattern } from "./psColumns";

/** The columns that a header names, and where in its line it ends. */
export interface PsHeader {
  readonly columns: readonly string[];
  readonly end: number;
}

/** Reads `UID PID PPID C STIME TTY TIME CMD` at the start of a line; null where no header of ps stands. */
export function psHeader(line: string): PsHeader | null {
  if (!line.includes("PID")) return null;
  const columns: string[] = [];
  const word = /[ \t]*(\S+)/y;
  let end = 0;
  for (let match = word.exec(line); match; match = word.exec(line)) {
    const name = match[1] as string;
    if (!isColumn(name) || columns.includes(name)) break;
    columns.push(name);
    end = word.lastIndex;
  }
  const isEnough = columns.length >= 3 || isCommand(columns[columns.length - 1]);
  return isEnough && columns.includes("PID") ? { columns, end } : null;
}

/** Reads one line as a row; null where it is none. */
export type RowReader = (line: string, from: number) => TableRow | null;

/** Makes the reader of the rows under these columns. */
export function rowReader(columns: readonly string[]): RowReader {
  const hasCommand = isCommand(columns[columns.length - 1]);
  const pattern = new RegExp(
    `^[ \\t]*${rowPattern(columns)}${hasCommand ? " +(?=\\S)" : "[ \\t]*$"}`,
    "d",
  );
  return (line, from) => {
    const match = pattern.exec(line);
    if (!match) return null;
    const cells = columns.map((_, i): Cell => {
      const [start, end] = match.indices?.[i + 1] ?? [match[0].length, line.trimEnd().length];
      return { text: line.slice(start, end), span: { from: from + start, to: from + end } };
    });
    return { cells, span: { from, to: from + line.length } };
  };
}

/** The layouts that are known by their rows alone: grep takes the header away. */
export const BARE_LAYOUTS: readonly (readonly string[])[] = [
  ["UID", "PID", "PPID", "C", "SZ", "RSS", "PSR", "STIME", "TTY", "TIME", "CMD"],
  ["UID", "PID", "PPID", "LWP", "C", "NLWP", "STIME", "TTY", "TIME", "CMD"],
  ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"],
  ["USER", "PID", "%CPU", "%MEM", "VSZ", "RSS", "TTY", "STAT", "START", "TIME", "COMMAND"],
];
