import type { NamedReading } from "../find/finding";
import type { Reading, Thread } from "../read/model";
import { oncePer } from "../read/oncePer";
import { lastAtOrBefore, type Span } from "../read/span";
import { shorten } from "../words/printable";
import type { LineCondition } from "./condition";
import { expression } from "./expression";
import { type Hit, leafHit } from "./hit";
import { namedPid } from "./namedPid";
import { sayings } from "./sayings";
import type { Scene } from "./scene";

/** Lines of one text beyond these say nothing new. */
const MOST_LINES = 200;

/** A longer line is looked at around the text that the pattern needs. */
const LONGEST_LINE = 8192;

/** Lines that match, wherever they stand outside of stack frames: in logs, between gdb's commands, in prose. */
export function matchLines(condition: LineCondition, scene: Scene): Hit[] {
  const search = expression(condition.line);
  const hits: Hit[] = [];
  for (const source of scene.sources) {
    let found = 0;
    for (const line of candidateLines(source.reading, search.required)) {
      const groups = search.search(source.reading.clean.text.slice(line.from, line.to));
      if (groups === null) continue;
      hits.push(toHit(condition, source, line, groups));
      if (++found >= MOST_LINES) break;
    }
  }
  return hits;
}

/** Lines that hold one of the texts, or every line where none is known, frames left out. */
function* candidateLines(reading: Reading, required: readonly string[] | null): Generator<Span> {
  const { text } = reading.clean;
  if (required === null) {
    for (let from = 0; from < text.length; ) {
      const line = lineAround(text, from);
      if (!isInFrame(reading, line.from)) yield line;
      from = line.to + 1;
    }
    return;
  }
  for (const needed of required) {
    for (let at = text.indexOf(needed); at >= 0; ) {
      const line = lineAround(text, at);
      if (!isInFrame(reading, at)) yield line;
      at = text.indexOf(needed, line.to);
    }
  }
}

/** The line of a place, at most so long. */
function lineAround(text: string, at: number): Span {
  const earliest = Math.max(0, at - LONGEST_LINE / 2);
  const before = at === 0 ? -1 : text.lastIndexOf("\n", at - 1);
  const from = Math.max(before + 1, earliest);
  const after = text.indexOf("\n", at);
  return { from, to: Math.min(after < 0 ? text.length : after, from + LONGEST_LINE) };
}

const threadsInOrder: (reading: Reading) => readonly Thread[] = oncePer((reading: Reading) =>
  reading.processes
    .flatMap(({ threads }) => threads)
    .sort((one, other) => one.span.from - other.span.from),
);

/** Frames and their variables hold what the program was given: it is no message. */
function isInFrame(reading: Reading, offset: number): boolean {
  const threads = threadsInOrder(reading);
  const { frames = [] } = threads[lastAtOrBefore(threads, offset, ({ span }) => span.from)] ?? {};
  const frame = frames[lastAtOrBefore(frames, offset, ({ span }) => span.from)];
  return frame !== undefined && offset < Math.max(frame.span.to, frame.localsSpan?.to ?? 0);
}

function toHit(
  condition: LineCondition,
  source: NamedReading,
  line: Span,
  groups: Readonly<Record<string, string>>,
): Hit {
  const { records, clean } = source.reading;
  const record = records[lastAtOrBefore(records, line.to - 1, ({ span }) => span.from)];
  const inRecord = record !== undefined && line.from < record.span.to ? record : null;
  const text = clean.text.slice(line.from, line.to).trim();
  const says = sayings(condition, groups) ?? shorten(text, 120);
  const span = trimmed(clean.text, line);
  const time = inRecord?.time ? Date.parse(`${inRecord.time}Z`) : null;
  const subject = namedPid(groups);
  const pid = subject ?? inRecord?.pid ?? null;
  const values = { ...groups, time: inRecord?.time ?? null, pid };
  return leafHit(condition, [{ source, span, says }], values, { source, time, pid, subject });
}

function trimmed(text: string, { from, to }: Span): Span {
  const line = text.slice(from, to);
  return { from: from + line.length - line.trimStart().length, to: from + line.trimEnd().length };
}
