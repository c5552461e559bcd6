import { BLANK, EQUALS, isBlank, skipBlanks, skipDigits } from "../chars";

/** The commonest form, `=== pid 311 ===`, without a detour; undefined for all others. */
function plainPid(text: string, from: number, to: number): number | undefined {
  let edge = from;
  while (edge < to && text.charCodeAt(edge) === EQUALS) edge++;
  if (edge < from + 2 || !text.startsWith(" pid ", edge)) return undefined;
  const digits = skipDigits(text, edge + 5, to);
  const count = digits - edge - 5;
  if (count < 1 || count > 10 || text.charCodeAt(digits) !== BLANK) return undefined;
  for (let at = digits; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code !== EQUALS && !isBlank(code)) return undefined;
  }
  return Number(text.slice(edge + 5, digits));
}

const EDGE = /^(?:={2,}|-{2,}|\*{2,}|#{2,}|\+{2,}|~{2,})/;

/**
 * The process id of a line that a collecting script puts between processes (`=== pid 311 ===`, `--- PID: 311 ---`,
 * `##### httpd 311 #####`); undefined for other lines.
 */
export function separatorPid(text: string, from: number, to: number): number | undefined {
  if (to - from > 160) return undefined;
  const plain = plainPid(text, skipBlanks(text, from, to), to);
  if (plain !== undefined) return plain;
  const line = text.slice(from, to).trim();
  const edge = EDGE.exec(line)?.[0];
  if (edge === undefined || edge.length === line.length) return undefined;
  const inside = line.slice(edge.length).replace(/[=\-*#+~]+$/, "");
  const named = /\b(?:pid|process|proc)\b[ :=#]{0,4}(\d{1,10})\b/i.exec(inside);
  if (named) return Number(named[1]);
  const isClosed = inside.length + edge.length < line.length;
  const only = /^\D{0,60}\b(\d{1,10})\s*$/.exec(inside);
  return isClosed && only ? Number(only[1]) : undefined;
}
