import type { Reading } from "../read/model";
import { textOf } from "../read/renewal";
import { contains, type Span } from "../read/span";
import type { NamedValue } from "../read/values";
import { frameAt, partAt, processAt, threadAt, wholeFrame } from "./locate";

/** What "expand selection" selects around a clean-text offset, from the word to the whole text, each inside the next. */
export function selection(reading: Reading, offset: number): Span[] {
  const all = { from: 0, to: textOf(reading).length };
  const section = reading.sections.find(({ span }) => contains(span, offset));
  const outer = [
    threadAt(reading, offset)?.thread.span,
    processAt(reading, offset)?.span,
    section?.span,
    all,
  ];
  return growing([...frameSpans(reading, offset), ...outer]);
}

function frameSpans(reading: Reading, offset: number): (Span | null)[] {
  const place = frameAt(reading, offset);
  if (place === null) return [];
  const { frame } = place;
  const { part, value, span } = partAt(frame, offset);
  const inner = value ? valueSpans(value, offset) : [];
  const list = part === "arguments" || part === "locals" ? span : null;
  const whole = part === null || part === "locals" ? null : frame.part(part);
  return [...inner, list, whole, frame.span, wholeFrame(frame)];
}

/** The name or the value alone; the whole `name=value` comes after it. */
function valueSpans({ nameSpan, valueSpan }: NamedValue, offset: number): Span[] {
  return offset <= nameSpan.to ? [nameSpan] : [valueSpan];
}

/** Leaves out what is not there and what is no larger than the one before. */
function growing(spans: readonly (Span | null | undefined)[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    if (span && isLarger(span, kept[kept.length - 1])) kept.push(span);
  }
  return kept;
}

function isLarger(span: Span, last: Span | undefined): boolean {
  if (last === undefined) return true;
  return span.from <= last.from && last.to <= span.to && span.to - span.from > last.to - last.from;
}
