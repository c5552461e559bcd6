import type { Reading } from "./model";
import type { Span } from "./span";

/** Where a stretch of the clean text stands in the document: from its first to its last character, wraps included. */
export function place(reading: Reading, span: Span): Span {
  const mapping = reading.clean.mapping;
  return mapping === null ? span : mapping.toOriginal(span);
}

/** The clean-text offset of a place in the document. */
export function cleanOffset(reading: Reading, offset: number): number {
  const mapping = reading.clean.mapping;
  return mapping === null ? offset : mapping.toMade(offset);
}
