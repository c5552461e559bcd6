/** One edit: `from .. to` of the text as it was became `inserted`. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly inserted: string;
}

/** One edit without its text: `from .. to` became so many characters. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** The one edit that does what all of these do, one after the other: `from .. to` became `from .. end`. */
export function composed(edits: readonly Edit[]): { from: number; to: number; end: number } {
  const first = edits[0];
  if (first === undefined) return { from: 0, to: 0, end: 0 };
  let { from, to } = first;
  let end = first.from + first.length;
  for (const edit of edits.slice(1)) {
    const last = Math.max(end, edit.to);
    to += last - end;
    end = last + edit.length - (edit.to - edit.from);
    from = Math.min(from, edit.from);
  }
  return { from, to, end };
}

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
