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

/**
 * JSON that is safe for a terminal: what JSON leaves as it is and a terminal would obey or hide is written as `\u009b`,
 * which means the same.
 */
export function printableJson(json: string): string {
  return json.replace(
    /[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
