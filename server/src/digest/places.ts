import type { Evidence } from "../find/finding";
import type { LogRecord, Process, Reading } from "../read/model";
import type { Position, Range } from "../read/positions";
import { lastAtOrBefore, type Span } from "../read/span";
import { placed } from "../show/placed";

/** A stretch of the whole text that can be cut out of it, and the place in it that is meant. */
export interface Place extends Range {
  readonly at: Position;
}

/** So many lines around a log entry are shown with it, */
const CONTEXT = 50;

/** unless they are no lines as people write them. */
const LONGEST_LINE = 10_000;

/** A whole process, for one place in it. */
export const processPlace = ({ start, end }: Range, at: Position): Place => ({
  start: lineStart(start),
  end,
  at,
});

/** What stands around a line or an entry. */
export function placeAround({ start, end }: Range): Place {
  const first = lineStart(start);
  if (first.character > 0) return { start, end, at: start };
  const line = Math.max(0, start.line - CONTEXT);
  return {
    start: { line, character: 0 },
    end: { line: end.line + CONTEXT, character: 0 },
    at: start,
  };
}

/** A shipper's prefix stands in front of a process on its line. */
const lineStart = (start: Position): Position =>
  start.character < LONGEST_LINE ? { line: start.line, character: 0 } : start;

/** The process that the evidence is in, else what stands around it. */
export function placeOfEvidence(evidence: Evidence): Place {
  const { source, span } = evidence;
  const range = placed(evidence);
  const process = enclosing<Process>(source.reading.processes, span);
  if (process) return processPlace(placed({ source, span: process.span }), range.start);
  const record = enclosing<LogRecord>(source.reading.records, span);
  return placeAround(record ? placed({ source, span: record.span }) : range);
}

function enclosing<T extends Reading["processes" | "records"][number]>(
  all: readonly T[],
  span: Span,
): T | null {
  const found = all[lastAtOrBefore(all, span.from, (each) => each.span.from)];
  return found && span.from < found.span.to ? found : null;
}

/** Where the place that is meant stands in the text that was cut out; that of a CSV export begins with the header. */
export function placeInPart({ start, at }: Place, isCsv: boolean): Position {
  const line = at.line - start.line;
  const character = line === 0 ? at.character - start.character : at.character;
  return { line: isCsv && start.line > 0 ? line + 1 : line, character };
}
