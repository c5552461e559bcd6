import type { Span } from "../../read/span";

/** What stands before a command that another command does: for threads, for frames, with a setting. */
const BEFORE_COMMAND = [
  /^(?:thread|thr|t) (?:apply|ap|a) (?:(?:all|a|-?[\d.*$][\w.*-]*|-[a-z-]+) ){1,20}/,
  /^(?:frame|f) apply (?:(?:all|level|-?\d[\d-]*|-[a-z-]+) ){1,20}/,
  /^(?:taas|tfaas|faas) (?:-[a-z-]+ ){0,10}/,
  /^(?:with|w) [\w -]{1,100}? -- /,
];

/** Commands do not stand inside each other deeper than this. */
const DEEPEST = 4;

/** The innermost command at an offset of a command line. */
export function commandAt(line: string, offset: number): Span {
  let from = line.length - line.trimStart().length;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const inner = from + lengthBefore(line.slice(from));
    if (inner === from || inner >= line.length) break;
    if (offset < inner) return { from, to: line.slice(0, inner).trimEnd().length };
    from = inner;
  }
  return { from, to: line.length };
}

function lengthBefore(command: string): number {
  for (const pattern of BEFORE_COMMAND) {
    const found = pattern.exec(command);
    if (found) return found[0].length;
  }
  return 0;
}
