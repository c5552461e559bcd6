/**
 * What of a Markdown text is not literal: everything outside code spans and escapes. Code spans and escapes are read as
 * CommonMark says: a run of backticks ends at the next run of the same length, and a backslash before punctuation makes
 * it literal.
 */
export function markup(markdown: string): string {
  let rest = "";
  for (let at = 0; at < markdown.length; ) {
    const end = literalEnd(markdown, at);
    if (end === at) rest += markdown[at++];
    else at = end;
  }
  return rest;
}

/** The place after the escape or the code span at `at`; `at` where there is none. */
function literalEnd(markdown: string, at: number): number {
  if (markdown[at] === "\\" && /[!-/:-@[-`{-~]/.test(markdown[at + 1] ?? "")) return at + 2;
  if (markdown[at] !== "`") return at;
  const length = runLength(markdown, at);
  for (let close = at + length; close < markdown.length; ) {
    const run = runLength(markdown, close);
    if (run === length) return close + run;
    close += run || 1;
  }
  return at;
}

function runLength(markdown: string, at: number): number {
  let length = 0;
  while (markdown[at + length] === "`") length++;
  return length;
}
