import type { Cell, TableRow } from "../model";

/** Mailers and blogs make long dashes of the hyphens. */
const TITLE =
  /^[-–—]{1,10} ?(Shared Memory|Semaphore|Message Queues?)((?:[ -][A-Za-z/]{1,20}){0,4}) ?[-–—]{1,12}[ \t]*$/;

const KINDS: Readonly<Record<string, string>> = {
  "Shared Memory": "shared-memory",
  Semaphore: "semaphore",
  "Message Queue": "message-queue",
  "Message Queues": "message-queue",
};

/** `semaphore-list` for `------ Semaphore Arrays --------`; null for what is no title, or one of limits and sums. */
export function ipcsKind(line: string): string | null {
  const match = TITLE.exec(line);
  if (!match) return null;
  const kind = KINDS[match[1] as string];
  const what = (match[2] as string).trim();
  if (what === "" || /^(?:Segments|Arrays)$/.test(what)) return `${kind}-list`;
  if (/Creators?\/Owners?$/.test(what)) return `${kind}-owners`;
  return /PIDs$/.test(what) ? `${kind}-processes` : null;
}

/** The names over the columns, or null. */
export function ipcsColumns(line: string): string[] | null {
  return /^(?:key|shmid|semid|msqid|semnum)[ \t]/.test(line) ? line.trim().split(/[ \t]+/) : null;
}

/** `semnum value ncount zcount pid`, the values of one array (`ipcs -s -i ID`). */
export const isValuesHeader = (columns: readonly string[]): boolean => columns[0] === "semnum";

/** Reads one line as a row: words, of which the last columns may have none. */
export function ipcsRow(line: string, from: number, columns: number): TableRow | null {
  if (!/^(?:0x[\da-f]{8}|\d{1,20})(?:[ \t]|$)/.test(line)) return null;
  const cells: Cell[] = [];
  for (const { 0: text, index } of line.matchAll(/\S+/g)) {
    cells.push({ text, span: { from: from + index, to: from + index + text.length } });
  }
  const isWhole = cells.length >= Math.min(columns, 4) && cells.length <= columns;
  return isWhole ? { cells, span: { from, to: from + line.length } } : null;
}

/** As many places the kernel has for the arrays, segments and queues of System V. */
const PLACES = 32768;

/** The parts of a semaphore's, segment's or queue's id. */
export interface IpcId {
  /** Its place in the kernel's table. */
  readonly slot: number;
  /** Counts what was made and removed before: the higher, the later it was made. */
  readonly sequence: number;
}

/** Takes an id apart; null for one that the kernel does not give out. */
export function ipcId(text: string): IpcId | null {
  const id = Number(text);
  if (!/^\d{1,10}$/.test(text) || id > 0x7fffffff) return null;
  return { slot: id % PLACES, sequence: Math.floor(id / PLACES) };
}
