import type { Reading } from "../../read/model";
import type { Span } from "../../read/span";
import type { TokenModifier, TokenType } from "./legend";

/** A stretch of the text in one colour. */
export interface Token {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

export const token = (
  span: Span,
  type: TokenType,
  modifiers: readonly TokenModifier[] = [],
): Token => ({ span, type, modifiers });

/**
 * The parts of the document that a stretch of the clean text stands for, none longer than a line, without line breaks.
 * `text` is a part of the document that holds them all and starts at `start`.
 */
export function linePieces(reading: Reading, text: string, start: number, span: Span): Span[] {
  const { mapping } = reading.clean;
  const pieces = mapping === null ? [span] : joined(mapping.pieces(span));
  return pieces.flatMap((piece) => withoutLineBreaks(text, start, piece));
}

/** Text that was only decoded (`&lt;`) is in pieces that follow each other: one token is enough. */
function joined(pieces: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const piece of pieces) {
    const last = all[all.length - 1];
    if (last && last.to === piece.from) all[all.length - 1] = { from: last.from, to: piece.to };
    else all.push(piece);
  }
  return all;
}

function withoutLineBreaks(text: string, start: number, span: Span): Span[] {
  const [from, to] = [span.from - start, span.to - start];
  if (isOneWord(text, from, to)) return [span];
  const spans: Span[] = [];
  for (const { 0: line, index } of text.slice(from, to).matchAll(/[^\r\n]+/g)) {
    const first = span.from + index;
    const trimmed = line.trimEnd();
    if (trimmed !== "") spans.push({ from: first, to: first + trimmed.length });
  }
  return spans;
}

/** Most tokens are: they need no second look. */
function isOneWord(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) <= 32) return false;
  return true;
}
