import type { Lines } from "../lines";
import { type LineKind, lineKind } from "./lineKind";

/** The kinds of a text's lines. Each is told once, when somebody asks first. */
export class LineKinds {
  private readonly lines: Lines;
  /** By line: the kind's place in `known`, counted from 1; 0 where nobody has asked yet. */
  private readonly codes: Uint8Array;
  private readonly known: LineKind[] = [];

  constructor(lines: Lines) {
    this.lines = lines;
    this.codes = new Uint8Array(lines.count);
  }

  at(i: number): LineKind {
    const code = this.codes[i] as number;
    return code > 0 ? (this.known[code - 1] as LineKind) : this.tell(i);
  }

  private tell(i: number): LineKind {
    const { text, starts, ends } = this.lines;
    const kind = lineKind(text, starts[i] as number, ends[i] as number);
    const place = this.known.indexOf(kind);
    this.codes[i] = place < 0 ? this.known.push(kind) : place + 1;
    return kind;
  }
}

const told = new WeakMap<Lines, LineKinds>();

/** The kinds of these lines; the same for everybody who asks. */
export function lineKinds(lines: Lines): LineKinds {
  const known = told.get(lines);
  if (known) return known;
  const kinds = new LineKinds(lines);
  told.set(lines, kinds);
  return kinds;
}
