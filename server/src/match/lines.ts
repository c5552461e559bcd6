import type { NamedReading } from "../find/finding";
import { Mentions, mentionsOf } from "../find/mentions/mentions";
import { Pace } from "../find/pace";
import { stepwise } from "../find/stepwise";
import type { Frame } from "../read/frame";
import type { Reading, Thread } from "../read/model";
import { lastAtOrBefore, type Span } from "../read/span";
import type { Steps } from "../read/steps";
import { shorten } from "../words/printable";
import type { LineCondition } from "./condition";
import { type Expression, expression } from "./expression";
import { type Hit, leafHit } from "./hit";
import { namedPid } from "./namedPid";
import { sayings } from "./sayings";
import type { Scene } from "./scene";

/** Lines of one text beyond these say nothing new. */
const MOST_LINES = 200;

/** A longer line is looked at around the text that the pattern needs. */
const LONGEST_LINE = 8192;

/** Lines that match, wherever they stand outside of stack frames: in logs, between gdb's commands, in prose. */
export function* matchLines(condition: LineCondition, scene: Scene): Steps<Hit[]> {
  const search = expression(condition.line);
  const hits: Hit[] = [];
  const pace = new Pace();
  for (const source of scene.sources) {
    const outside = yield* outsideOfFrames.steps(source.reading);
    let found = 0;
    for (const line of candidateLines(outside, search)) {
      if (pace.isDone(16)) yield;
      const groups = search.search(outside.text.slice(line.from, line.to));
      if (groups === null) continue;
      hits.push(toHit(condition, source, inClean(outside, line), groups));
      if (++found >= MOST_LINES) break;
    }
  }
  return hits;
}

/** Lines that hold one of the texts that the pattern needs, or every line where none is known. */
function* candidateLines(
  { text, mentions }: Outside,
  { required, spellings }: Expression,
): Generator<Span> {
  const needed = required?.map((word) => [word]) ?? (spellings && [spellings]);
  for (const words of needed ?? []) {
    const next = mentions.nextOf(words);
    const length = (words[0] as string).length;
    for (let at = next(0); at >= 0; ) {
      const line = lineAround(text, at);
      yield line;
      at = next(Math.max(line.to, at + length));
    }
  }
  for (let from = 0; needed === null && from < text.length; ) {
    const line = lineAround(text, from);
    yield line;
    from = line.to + 1;
  }
}

/** The line of a place, at most so long: nothing farther away is looked at, however long the line is. */
function lineAround(text: string, at: number): Span {
  const earliest = Math.max(0, at - LONGEST_LINE / 2);
  const from = earliest + text.slice(earliest, at).lastIndexOf("\n") + 1;
  const latest = Math.min(text.length, from + LONGEST_LINE);
  const after = text.slice(at, latest).indexOf("\n");
  return { from, to: after < 0 ? latest : at + after };
}

/** A text without its frames, whose arguments and variables hold what the program was given, which is no message. */
interface Outside {
  readonly text: string;
  readonly mentions: Mentions;
  /** Where each piece starts in `text`, and where in the clean text. */
  readonly starts: readonly number[];
  readonly places: readonly number[];
}

export const outsideOfFrames = stepwise(function* (reading: Reading): Steps<Outside> {
  const { text } = reading.clean;
  const pieces: string[] = [];
  const starts: number[] = [];
  const places: number[] = [];
  let length = 0;
  let at = 0;
  const keep = (to: number): void => {
    if (to <= at) return;
    pieces.push(text.slice(at, to));
    starts.push(length);
    places.push(at);
    length += to - at;
  };
  const pace = new Pace();
  for (const frame of yield* framesInOrder(reading)) {
    const { from, to } = frame.span;
    keep(from);
    at = Math.max(at, to, frame.localsSpan?.to ?? 0);
    if (pace.isDone()) yield;
  }
  keep(text.length);
  const outside = pieces.join("");
  const mentions = length === text.length ? mentionsOf(reading) : new Mentions(outside);
  return { text: outside, mentions, starts, places };
});

/** In the order of the text: processes stand one behind the other, and most have their frames in order. */
function* framesInOrder({ processes }: Reading): Steps<readonly Frame[]> {
  const all: Frame[] = [];
  let isInOrder = true;
  const pace = new Pace();
  for (const { threads } of processes) {
    const own = framesOf(threads);
    isInOrder &&= (own[0]?.start ?? 0) >= (all.at(-1)?.start ?? 0);
    for (const frame of own) all.push(frame);
    if (pace.isDone(own.length)) yield;
  }
  return isInOrder ? all : all.sort(byStart);
}

function framesOf(threads: readonly Thread[]): Frame[] {
  const all: Frame[] = [];
  for (const { frames, views } of threads) {
    for (const frame of frames) all.push(frame);
    for (const frame of views) all.push(frame);
  }
  const isInOrder = all.every((frame, i) => i === 0 || byStart(all[i - 1] as Frame, frame) <= 0);
  return isInOrder ? all : all.sort(byStart);
}

const byStart = (one: Frame, other: Frame): number => one.start - other.start;

/** A line stands in one piece, for frames end where their lines end. */
function inClean({ starts, places }: Outside, { from, to }: Span): Span {
  const piece = Math.max(
    0,
    lastAtOrBefore(starts, from, (start) => start),
  );
  const moved = (places[piece] ?? 0) - (starts[piece] ?? 0);
  return { from: from + moved, to: to + moved };
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
