/** Does the text match? Made by `compileGlob`. */
export type Glob = (text: string) => boolean;

/**
 * A pattern in which `*` stands for any characters. Each piece between stars is looked for once, from left to right,
 * so a hostile text costs no more than its length.
 */
export function compileGlob(pattern: string): Glob {
  const [head, ...pieces] = pattern.split("*");
  const tail = pieces.pop();
  if (tail === undefined) return (text) => text === pattern;
  const middle = pieces.filter((piece) => piece !== "");
  return (text) =>
    text.length >= head!.length + tail.length &&
    text.startsWith(head!) &&
    text.endsWith(tail) &&
    inOrder(text, middle, head!.length, text.length - tail.length);
}

function inOrder(text: string, pieces: readonly string[], from: number, to: number): boolean {
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at < 0 || at + piece.length > to) return false;
    from = at + piece.length;
  }
  return true;
}

/** Function names and globs as one question, for the setting `backtraceReader.machineryFrames`. */
export function anyGlob(patterns: readonly string[]): Glob {
  const globs = patterns.map((pattern) => compileGlob(pattern.trim()));
  return (text) => globs.some((glob) => glob(text));
}
