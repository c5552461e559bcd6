import { type Coloured, colour, type Piece } from "./colour";

const isMark = (line: string) => /^ *\^+ \S+$/.test(line);

/** The innermost scope that has a colour: `meta.` scopes only mark regions. */
const innermost = ({ scopes }: Piece) => scopes.findLast((scope) => !scope.startsWith("meta."));

const mark = (from: number, to: number, scope: string) =>
  `${" ".repeat(from)}${"^".repeat(to - from)} ${scope}`;

function marks({ pieces }: Coloured): string[] {
  const runs: { from: number; to: number; scope: string | undefined }[] = [];
  for (const piece of pieces) {
    const scope = innermost(piece);
    const to = piece.from + piece.text.length;
    const last = runs.at(-1);
    if (last && last.scope === scope) last.to = to;
    else runs.push({ from: piece.from, to, scope });
  }
  return runs.flatMap(({ from, to, scope }) => (scope ? [mark(from, to, scope)] : []));
}

/**
 * Renders each line of an annotated text again, with a row of carets and a scope under every coloured piece.
 * A test passes when the rendering equals what it wrote, so no colour can come or go unseen.
 */
export function annotate(annotated: string, colourLines = colour): string {
  const lines = annotated.split("\n").filter((line) => !isMark(line));
  return colourLines(lines.join("\n"))
    .flatMap((coloured) => [coloured.line, ...marks(coloured)])
    .join("\n");
}
