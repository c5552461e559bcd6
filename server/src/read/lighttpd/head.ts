import { isoTime } from "../calendar";
import type { Span } from "../span";

/** Everything in front of an entry's message. Offsets are in the line. */
export interface Head {
  /** The time as it is written; null in syslog, which has its own. */
  readonly stamp: Span | null;
  /** ISO 8601, or null where the calendar has no such moment. */
  readonly time: string | null;
  /** As the build names it, mostly without a folder. */
  readonly file: string;
  readonly line: string;
  readonly messageFrom: number;
}

const HEAD =
  /^[ \t]*(?:(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,9})?): )?\(([\w./+-]{1,200}\.(?:c|cc|cpp))\.(\d{1,30})\) ?/;

/** Reads `2008-01-09 11:21:43: (mod_fastcgi.c.2396) `; null where no entry starts. */
export function scanHead(line: string): Head | null {
  const match = HEAD.exec(line);
  if (!match) return null;
  const [head, year, month, day, clock, file, number] = match as unknown as string[];
  const start = head!.search(/[^ \t]/);
  return {
    stamp: clock ? { from: start, to: head!.indexOf(": (") } : null,
    time: clock ? isoTime(Number(year), Number(month), Number(day), clock) : null,
    file: file!,
    line: number!,
    messageFrom: head!.length,
  };
}

/** An entry that breaks off inside its header: the log was cut while it was written. */
export const isCutHead = (line: string): boolean =>
  /^\d{4}-\d\d-\d\d(?: [\d:.]{0,20}(?: \([\w./+-]{0,200})?)?$/.test(line);

/** `mod_fastcgi` of `../../src/mod_fastcgi.c`. */
export const moduleOf = (file: string): string =>
  file.slice(file.lastIndexOf("/") + 1, file.lastIndexOf("."));
