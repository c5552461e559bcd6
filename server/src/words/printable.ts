/**
 * Text from a file, safe for a terminal: control characters, which could move the cursor or change colours, become `?`;
 * tabs and blanks stay. Marks that reverse the direction of writing are control characters too.
 */
export function printable(text: string): string {
  return text.replace(/[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "?");
}

/** Cut to `length` characters, with an ellipsis where something is missing. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
