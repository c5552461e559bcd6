import type { Evidence } from "../find/finding";
import { NEWLINE, RETURN } from "../read/chars";
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

/** What a session says besides is shown with its process, if it is not more than this. */
const LONGEST_BEFORE = 1 << 16;
const LONGEST_BEHIND = 1 << 18;

/** A process with what else its session says, and what nobody claims behind it: answers of gdb that are no stacks. */
export function processSpan(reading: Reading, { span }: Process): Span {
  const { processes, sections } = reading;
  const index = lastAtOrBefore(processes, span.from, (each) => each.span.from);
  const own = lastAtOrBefore(sections, span.from, (each) => each.span.from);
  const before = Math.max(sections[own]?.span.from ?? 0, processes[index - 1]?.span.to ?? 0);
  const from = behindBreaks(reading.clean.text, before);
  let { to } = span;
  let last = lastAtOrBefore(sections, Math.max(span.from, to - 1), (each) => each.span.from);
  to = Math.max(to, sections[last]?.span.to ?? to);
  while (sections[last + 1]?.kind === "text") to = sections[++last]?.span.to ?? to;
  to = Math.min(to, processes[index + 1]?.span.from ?? to);
  return {
    from: span.from - from <= LONGEST_BEFORE ? Math.min(from, span.from) : span.from,
    to: to - span.to <= LONGEST_BEHIND ? Math.max(to, span.to) : span.to,
  };
}

/** The line break that ends what stands in front is no part of what follows. */
function behindBreaks(text: string, offset: number): number {
  let at = offset;
  while (isLineBreak(text.charCodeAt(at))) at++;
  return at;
}

/** The process that the evidence is in, else what stands around it. */
export function placeOfEvidence(evidence: Evidence): Place {
  const { source, span } = evidence;
  const range = placed(evidence);
  const process = enclosing<Process>(source.reading.processes, span);
  if (process) {
    const whole = processSpan(source.reading, process);
    return processPlace(placed({ source, span: whole }), range.start);
  }
  const record = enclosing<LogRecord>(source.reading.records, span);
  return placeAround(record ? placed({ source, span: record.span }) : range);
}

const isLineBreak = (code: number): boolean => code === NEWLINE || code === RETURN;

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
