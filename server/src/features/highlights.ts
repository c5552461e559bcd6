import { frameLabel } from "../find/groups";
import { Pace } from "../find/pace";
import { canonicalAddress, type Frame, type FramePart } from "../read/frame";
import type { Reading, Thread } from "../read/model";
import type { Characters } from "../read/piecedText";
import { textOf } from "../read/renewal";
import type { Span } from "../read/span";
import { atOnce, type Steps } from "../read/steps";
import { entryHighlights } from "./entryHighlights";
import { type NumberedFrame, shifted } from "./frameLists";
import { frameAt, framesWith, partAt, processAt, threadAt, valueSpan } from "./locate";
import { framesWithNumber, numericValue, valuesEqual } from "./values";

/**
 * The other places of what is at the clean-text offset: the function, the address or value, the source line, the
 * library, the thread, or what entries of a log have in common.
 */
export const highlights = (reading: Reading, offset: number): Span[] =>
  atOnce(highlightSteps(reading, offset));

/** The same in steps: a function may stand in thousands of places. */
export function* highlightSteps(reading: Reading, offset: number): Steps<Span[]> {
  const place = frameAt(reading, offset);
  if (place === null) return yield* mentionsAt(reading, offset);
  const { frame } = place;
  const { part, value } = partAt(frame, offset);
  if (part === "function") return yield* partsLike(reading, frame, "function", frameLabel);
  if (part === "file" || part === "line") return yield* sameSource(reading, frame);
  if (part === "library") return yield* partsLike(reading, frame, "library", (it) => it.library);
  if (part === "address") return yield* sameNumber(reading, frame.address);
  if (part === "number") return place.thread ? mentions(reading, place.thread, offset) : [];
  if (value === null) return [];
  const same = yield* sameNumber(reading, value.value);
  return same.length > 0 ? same : [valueSpan(value)];
}

function* partsLike(
  reading: Reading,
  frame: Frame,
  part: FramePart,
  read: (frame: Frame) => string | null,
): Steps<Span[]> {
  const span = frame.part(part);
  if (span === null) return [];
  const wanted = read(frame);
  const places = yield* framesWith(reading, [frame.cut(span)]);
  return yield* spansIn(places, (each) => (read(each) === wanted ? [each.part(part)] : []));
}

function* sameSource(reading: Reading, { file, line }: Frame): Steps<Span[]> {
  const places = yield* framesWith(reading, file === null ? [] : [file]);
  return yield* spansIn(places, (frame) => {
    if (frame.file !== file || frame.line !== line) return [];
    const from = frame.part("file")?.from;
    const to = frame.part("line")?.to;
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
}

/** An address of code is compared with values too: a function pointer may have been passed. */
function* sameNumber(reading: Reading, printed: string | null): Steps<Span[]> {
  const number = printed === null ? null : numericValue(printed);
  if (number === null) return [];
  const places = yield* framesWithNumber(reading, number);
  const values = yield* spansIn(places, (frame) =>
    valuesEqual(frame, number).map(({ span }) => span),
  );
  const address = canonicalAddress(`0x${number.toString(16)}`);
  const same = yield* spansIn(places, (frame) =>
    frame.address === address ? [frame.part("address")] : [],
  );
  return [...values, ...same];
}

/** What is found in the frames, where it stands now. */
function* spansIn(
  places: readonly NumberedFrame[],
  find: (frame: Frame) => readonly (Span | null)[],
): Steps<Span[]> {
  const found: Span[] = [];
  const pace = new Pace();
  for (const { list, i } of places) {
    for (const span of find(list.asRead(i)))
      if (span !== null) found.push(shifted(span, list.shift));
    if (pace.isDone(4)) yield;
  }
  return found;
}

function* mentionsAt(reading: Reading, offset: number): Steps<Span[]> {
  const inEntries = yield* entryHighlights(reading, offset);
  return inEntries.length > 0 ? inEntries : threadMentions(reading, offset);
}

function threadMentions(reading: Reading, offset: number): Span[] {
  const place = threadAt(reading, offset);
  return place ? mentions(reading, place.thread, offset) : [];
}

/** `LWP 71` and the thread's id, wherever the session of its process names them. */
function mentions(reading: Reading, { lwp, id }: Thread, offset: number): Span[] {
  const process = processAt(reading, offset);
  const names = [lwp === null ? null : `LWP ${lwp}`, id].filter((name) => name !== null);
  if (process === null) return [];
  return names.flatMap((name) => wordsIn(textOf(reading), process.span, name));
}

function wordsIn(whole: Characters, { from: start, to: end }: Span, word: string): Span[] {
  // With the sign behind a word that ends there, which decides about it.
  const text = whole.slice(start, end + word.length);
  const found: Span[] = [];
  for (let at = text.indexOf(word); at >= 0 && start + at < end; ) {
    const to = at + word.length;
    if (!/[0-9a-z]/i.test(text.charAt(to))) found.push({ from: start + at, to: start + to });
    at = text.indexOf(word, to);
  }
  return found;
}
