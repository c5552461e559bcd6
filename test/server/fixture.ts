/** A text written in a test: the indentation that all its lines have is taken off, backslashes stay as they are. */
export function log(parts: TemplateStringsArray, ...values: readonly string[]): string {
  const lines = String.raw(parts, ...values).split("\n");
  if (lines[0]?.trim() === "") lines.shift();
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  const last = lines.length - 1;
  return lines.map((line, i) => (i === last ? line.trimStart() : line.slice(common))).join("\n");
}

/** The text without its cursor `<|>`, and where that stood. A text has exactly one. */
export function extractCursor(marked: string): { text: string; offset: number } {
  const [before, after, ...more] = marked.split("<|>");
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error("A fixture needs exactly one cursor <|>.");
  }
  return { text: before + after, offset: before.length };
}

/** The text without the marks of its selection `<|...|>`, and what they enclose. */
export function extractSelection(marked: string): { text: string; from: number; to: number } {
  const found = /^([\s\S]*?)<\|([\s\S]*?)\|>([\s\S]*)$/.exec(marked);
  if (!found) throw new Error("A fixture needs a selection <|...|>.");
  const [, before = "", inside = "", after = ""] = found;
  return { text: before + inside + after, from: before.length, to: before.length + inside.length };
}
