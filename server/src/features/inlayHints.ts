import type { Frame } from "../read/frame";
import type { Reading } from "../read/model";
import { cleanOffset } from "../read/place";
import { skipString } from "../read/quotes";
import type { Span } from "../read/span";
import { meaningOf } from "./meaning";

/** A few words behind a value. */
export interface InlayHint {
  /** The value, in the clean text; the words stand behind it. */
  readonly value: Span;
  readonly text: string;
}

/** What signals, times and the like mean, for the frames in a part of the document. */
export function inlayHints(reading: Reading, part: Span): InlayHint[] {
  const from = cleanOffset(reading, part.from);
  const to = cleanOffset(reading, part.to);
  return reading.processes
    .filter(({ span }) => span.from <= to && from <= span.to)
    .flatMap(({ threads }) => threads)
    .filter(({ span }) => span.from <= to && from <= span.to)
    .flatMap(({ frames }) => frames)
    .filter(({ span, localsSpan }) => span.from <= to && from <= (localsSpan ?? span).to)
    .flatMap(frameHints);
}

function frameHints(frame: Frame): InlayHint[] {
  return [frame.part("arguments"), frame.localsSpan]
    .filter((span) => span !== null)
    .flatMap((span) => numbersIn(frame, span));
}

/** Also members of structures: `mtime = 1290456278` deep inside an argument. */
const NUMBER = /\b([A-Za-z_]\w{0,60}) ?(?:@entry)?= ?(\d{1,10})(?![\w.])/g;

function numbersIn(frame: Frame, span: Span): InlayHint[] {
  const text = withoutStrings(frame.cut(span));
  const hints: InlayHint[] = [];
  for (const found of text.matchAll(NUMBER)) {
    const [whole, name = "", value = ""] = found;
    const meaning = meaningOf({ name, value, function: frame.function });
    const to = span.from + found.index + whole.length;
    if (meaning) hints.push({ value: { from: to - value.length, to }, text: meaning });
  }
  return hints;
}

/** Strings hold whatever a user sent; blanks of the same length stand in for them. */
function withoutStrings(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let open = text.indexOf('"'); open >= 0; open = text.indexOf('"', at)) {
    const end = endOfString(text, open);
    parts.push(text.slice(at, open), " ".repeat(end - open));
    at = end;
  }
  return parts.join("") + text.slice(at);
}

/** A quote between apostrophes is a character, `34 '"'`. */
function endOfString(text: string, open: number): number {
  if (text[open - 1] === "'" && text[open + 1] === "'") return open + 1;
  const after = skipString(text, open, text.length);
  return after < 0 ? text.length : after;
}
