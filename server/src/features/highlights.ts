import { frameLabel } from "../find/groups";
import { canonicalAddress, type Frame, type FramePart } from "../read/frame";
import type { Reading, Thread } from "../read/model";
import type { Characters } from "../read/piecedText";
import { textOf } from "../read/renewal";
import type { Span } from "../read/span";
import { entryHighlights } from "./entryHighlights";
import { frameAt, framesWith, partAt, processAt, threadAt, valueSpan } from "./locate";
import { framesWithNumber, numericValue, occurrencesIn } from "./values";

/**
 * The other places of what is at the clean-text offset: the function, the address or value, the source line, the
 * library, the thread, or what entries of a log have in common.
 */
export function highlights(reading: Reading, offset: number): Span[] {
  const place = frameAt(reading, offset);
  if (place === null) return mentionsAt(reading, offset);
  const { frame } = place;
  const { part, value } = partAt(frame, offset);
  if (part === "function") return partsLike(reading, frame, "function", frameLabel);
  if (part === "file" || part === "line") return sameSource(reading, frame);
  if (part === "library") return partsLike(reading, frame, "library", (it) => it.library);
  if (part === "address") return sameNumber(reading, frame.address);
  if (part === "number") return place.thread ? [...mentions(reading, place.thread, offset)] : [];
  if (value === null) return [];
  const same = sameNumber(reading, value.value);
  return same.length > 0 ? same : [valueSpan(value)];
}

function partsLike(
  reading: Reading,
  frame: Frame,
  part: FramePart,
  read: (frame: Frame) => string | null,
): Span[] {
  const span = frame.part(part);
  if (span === null) return [];
  const wanted = read(frame);
  return framesWith(reading, [frame.cut(span)])
    .filter((it) => read(it.frame) === wanted)
    .flatMap((it) => it.frame.part(part) ?? []);
}

function sameSource(reading: Reading, { file, line }: Frame): Span[] {
  return framesWith(reading, file === null ? [] : [file])
    .filter(({ frame }) => frame.file === file && frame.line === line)
    .flatMap(({ frame }) => {
      const from = frame.part("file")?.from;
      const to = frame.part("line")?.to;
      return from === undefined || to === undefined ? [] : [{ from, to }];
    });
}

/** An address of code is compared with values too: a function pointer may have been passed. */
function sameNumber(reading: Reading, printed: string | null): Span[] {
  const number = printed === null ? null : numericValue(printed);
  if (number === null) return [];
  const places = framesWithNumber(reading, number);
  const values = occurrencesIn(places, number).map(({ span }) => span);
  const address = canonicalAddress(`0x${number.toString(16)}`);
  const same = places.filter(({ frame }) => frame.address === address);
  return [...values, ...same.flatMap(({ frame }) => frame.part("address") ?? [])];
}

function mentionsAt(reading: Reading, offset: number): Span[] {
  const inEntries = entryHighlights(reading, offset);
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
