import type { Reading } from "../read/model";
import type { Span } from "../read/span";

/** What opens a block of commands that `end` closes. */
const BLOCK = /^(?:define(?:-prefix)?\s|if\b|while\b|commands\b)/;

/** Lines between one of these and `end` are no commands of gdb: text of the help, or another language. */
const FOREIGN_BLOCK =
  /^(?:document\s+\S|(?:python|py|python-interactive|guile|gu)$|compile (?:code|file)$)/;

/** Does the line open a block that gdb takes no commands from? */
export const opensForeignBlock = (line: string): boolean =>
  FOREIGN_BLOCK.test(line.slice(0, 200).trim());

/** The blocks of a script for gdb, each from its first line to the one before its `end`. */
export function scriptFolds({ sections, clean }: Reading): Span[] {
  return sections
    .filter(({ kind }) => kind === "gdb-script")
    .flatMap(({ span }) => blocksIn(clean.text, span));
}

function blocksIn(text: string, section: Span): Span[] {
  const blocks: Span[] = [];
  const open: number[] = [];
  let isForeign = false;
  let from = section.from;
  for (const whole of text.slice(section.from, section.to).split("\n")) {
    const line = whole.trim();
    if (line === "end") {
      const start = open.pop();
      if (start !== undefined) blocks.push({ from: start, to: from - 1 });
      isForeign = false;
    } else if (!isForeign && (opensForeignBlock(line) || BLOCK.test(line))) {
      isForeign = opensForeignBlock(line);
      open.push(from);
    }
    from += whole.length + 1;
  }
  return blocks.sort((one, other) => one.from - other.from);
}
