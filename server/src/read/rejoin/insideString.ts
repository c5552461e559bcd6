import { BACKSLASH, DOUBLE_QUOTE } from "../chars";
import type { PhysicalLines } from "./physicalLines";

/**
 * A line inside a string that looks like the start of something. The next quote tells: inside, it closes the string, and
 * a comma or a bracket stands behind it; at a real start, it opens one, behind `=` or a blank. Where it could be both,
 * a real start leaves the quotes balanced.
 */
export function isInsideString(lines: PhysicalLines, from: number): boolean {
  const end = Math.min(lines.count, from + MOST_QUOTED_LINES);
  let quotes = 0;
  for (let i = from; i < end && lines.kind(i) !== "blank"; i++) {
    if (i > from && lines.kind(i) === "frame") break;
    const line = lines.line(i);
    const found = unescapedQuotes(line);
    const first = found[0];
    if (first !== undefined && quotes === 0) {
      const closes = /^(?:[,)}\]]|\.\.\.|$)/.test(line.slice(first + 1).trimEnd());
      const opens = first === 0 || /[=({\sLuU]/.test(line.charAt(first - 1));
      if (closes !== opens) return closes;
    }
    quotes += found.length;
  }
  return quotes % 2 === 1;
}

/** Strings are followed so far. */
const MOST_QUOTED_LINES = 50;

/** The places of the quotes that open or close strings. */
function unescapedQuotes(line: string): number[] {
  const found: number[] = [];
  for (let at = 0; at < line.length; at++) {
    if (line.startsWith("'\"'", at)) at += 2;
    else if (line.charCodeAt(at) === BACKSLASH) at++;
    else if (line.charCodeAt(at) === DOUBLE_QUOTE) found.push(at);
  }
  return found;
}
