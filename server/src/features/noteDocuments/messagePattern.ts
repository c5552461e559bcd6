import { requiredTexts } from "../../match/requiredTexts";

/** So much of a message tells it from others. */
const LONGEST = 160;

/**
 * A pattern (RE2) that finds messages like this one: numbers, addresses, paths and what stands in quotes may be others.
 * Null for a message without enough plain text to look for.
 */
export function messagePattern(message: string): string | null {
  const line = beginning((/^[^\r\n]*/.exec(message)?.[0] ?? "").trim());
  let pattern = "";
  let at = 0;
  for (const { index, 0: text } of line.matchAll(VARYING)) {
    pattern += escaped(line.slice(at, index)) + stands(text);
    at = index + text.length;
  }
  pattern += escaped(line.slice(at));
  return requiredTexts(pattern) === null ? null : pattern;
}

/** Whole words, as many as fit. */
function beginning(line: string): string {
  if (line.length <= LONGEST) return line;
  const blank = line.lastIndexOf(" ", LONGEST);
  return line.slice(0, blank > LONGEST / 2 ? blank : LONGEST).trim();
}

/** An address, something in quotes, a path, a long hexadecimal number, a number. */
const VARYING =
  /0x[0-9a-f]+|"[^"]*"|'[^']*'|(?<![\w.])(?:\/[\w.@%+~-]+)+\/?|(?<!\w)[0-9a-f]{8,}(?!\w)|\d+/gi;

function stands(text: string): string {
  if (/^0x/i.test(text)) return "0x[0-9a-fA-F]+";
  if (text.startsWith('"')) return '"[^"]*"';
  if (text.startsWith("'")) return "'[^']*'";
  if (text.startsWith("/")) return "/\\S+";
  return /^\d+$/.test(text) ? "\\d+" : "[0-9a-fA-F]+";
}

/** Plain text as RE2 takes it literally; control characters stand for any. */
const escaped = (text: string): string =>
  text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&").replace(/[\x00-\x1f\x7f-\x9f\ud800-\udfff]/gu, ".");
