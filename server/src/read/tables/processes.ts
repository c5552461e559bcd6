import type { Table } from "../model";

/** One row of a process list, as far as its columns say. */
export interface ListedProcess {
  readonly row: number;
  readonly user: string | null;
  readonly pid: number | null;
  readonly parent: number | null;
  /** Memory that is in use, in KiB. */
  readonly residentKiB: number | null;
  /** Processor time used since the start. */
  readonly cpuSeconds: number | null;
  readonly start: string | null;
  /** Was it started on the day of the listing, which is when ps prints the hour? */
  readonly startedToday: boolean | null;
  readonly command: string | null;
}

/** The rows of a `process-list`. */
export function listedProcesses(table: Table): ListedProcess[] {
  return table.rows.map((_, row) => {
    const text = (...names: string[]): string | null => cellText(table, row, names);
    const start = text("STIME", "START", "STARTED");
    return {
      row,
      user: text("UID", "USER", "RUSER", "EUSER"),
      pid: wholeNumber(text("PID")),
      parent: wholeNumber(text("PPID")),
      residentKiB: wholeNumber(text("RSS", "RSZ")),
      cpuSeconds: seconds(text("TIME")),
      start,
      startedToday: start === null ? null : /^\d\d:\d\d/.test(start),
      command: text("CMD", "COMMAND", "ARGS"),
    };
  });
}

function cellText(table: Table, row: number, names: readonly string[]): string | null {
  const column = names.map((name) => table.columns.indexOf(name)).find((index) => index >= 0);
  return column === undefined ? null : (table.rows[row]?.cells[column]?.text ?? null);
}

function wholeNumber(text: string | null): number | null {
  const number = Number(text);
  return text !== null && /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : null;
}

/** Seconds of `1-02:03:04`, `00:17:53` (hours first) and `17:53` (minutes first), as ps prints TIME and ELAPSED. */
export function seconds(text: string | null): number | null {
  const match = /^(?:(\d{1,5})-)?(\d{1,6}):(\d\d)(?::(\d\d))?(?:\.\d\d)?$/.exec(text ?? "");
  if (!match) return null;
  const [, days = "0", first, second, third] = match;
  const clock = third === undefined ? ["0", first, second] : [first, second, third];
  const [hours, minutes, rest] = clock.map(Number) as [number, number, number];
  return ((Number(days) * 24 + hours) * 60 + minutes) * 60 + rest;
}
