import type { Location, Position, Range } from "vscode-languageserver";
import { headOf } from "../features/hypotheses/claim";
import type { Evidence } from "../find/finding";
import { cleanOffset, place } from "../read/place";
import type { Span } from "../read/span";
import { placed } from "../show/placed";
import type { OpenDocument } from "./documents";
import type { EditedDocument } from "./editedDocument";

/** A stretch of the document as a range. */
export function rangeOf(document: EditedDocument, span: Span): Range {
  return { start: document.positionAt(span.from), end: document.positionAt(span.to) };
}

/** Where a stretch of the clean text stands in the document. */
export function placedRange({ document, reading }: OpenDocument, span: Span): Range {
  return rangeOf(document, place(reading, span));
}

/** The clean-text offset of a position. */
export function cleanOffsetAt({ document, reading }: OpenDocument, position: Position): number {
  return cleanOffset(reading, document.offsetAt(position));
}

/** A range of the editor's as a stretch of the document. */
export function spanOf(document: EditedDocument, { start, end }: Range): Span {
  return { from: document.offsetAt(start), to: document.offsetAt(end) };
}

/** A place that something was concluded from, in whatever document: its first line. */
export const locationOf = (evidence: Evidence): Location => sourceLocation(headOf(evidence));

/** A stretch of the clean text of whatever document. */
export const sourceLocation = (place: Pick<Evidence, "source" | "span">): Location => ({
  uri: place.source.path,
  range: placed(place),
});
