import type { Change } from "../read/reread";

/** As much is compared at once. */
const PIECE = 1 << 16;

/** The one edit that makes `after` of `before`: what stands between their common beginning and their common end. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  const from = commonStart(before, after, shorter);
  const end = commonEnd(before, after, shorter - from);
  return { from, to: before.length - end, inserted: after.slice(from, after.length - end) };
}

function commonStart(one: string, other: string, most: number): number {
  let at = 0;
  while (at + PIECE <= most && one.slice(at, at + PIECE) === other.slice(at, at + PIECE)) {
    at += PIECE;
  }
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}

/** Counted from the ends. */
function commonEnd(one: string, other: string, most: number): number {
  const piece = (text: string, at: number) =>
    text.slice(text.length - at - PIECE, text.length - at);
  let at = 0;
  while (at + PIECE <= most && piece(one, at) === piece(other, at)) at += PIECE;
  while (
    at < most &&
    one.charCodeAt(one.length - 1 - at) === other.charCodeAt(other.length - 1 - at)
  ) {
    at++;
  }
  return at;
}
