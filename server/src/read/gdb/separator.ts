const EDGE = /^(?:={2,}|-{2,}|\*{2,}|#{2,}|\+{2,}|~{2,})/;

/**
 * The process id of a line that a collecting script puts between processes (`=== pid 311 ===`, `--- PID: 311 ---`,
 * `##### httpd 311 #####`); undefined for other lines.
 */
export function separatorPid(text: string, from: number, to: number): number | undefined {
  if (to - from > 160) return undefined;
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
