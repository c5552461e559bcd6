// Enough of the grammar of regular expressions to tell whether one can take more than linear time: which characters a
// part can match, what repeats, and what may follow what.

/** A part of a pattern. */
type Part =
  | { readonly kind: "atom"; readonly chars: Chars }
  | { readonly kind: "empty" }
  | { readonly kind: "sequence"; readonly parts: readonly Part[] }
  | { readonly kind: "choice"; readonly parts: readonly Part[] }
  | { readonly kind: "repeat"; readonly part: Part; readonly min: number; readonly max: number };

/** The characters of a sample that an atom matches. */
type Chars = ReadonlySet<string>;

const SAMPLE = [
  ...Array.from({ length: 0x180 }, (_, i) => String.fromCharCode(i)),
  ..."\u2028\u202e\u20ac\ud800\ufffd",
];

/** What is wrong with a pattern; null for one that takes linear time. */
export function slowness(source: string, flags: string): string | null {
  const part = new Parser(source, flags).parse();
  return overlap(flatten(part, 1));
}

class Parser {
  private at = 0;
  private readonly source: string;
  private readonly flags: string;

  constructor(source: string, flags: string) {
    this.source = source;
    this.flags = flags.replace(/[gyd]/g, "");
  }

  parse(): Part {
    const part = this.choice();
    if (this.at < this.source.length) throw new Error(`cannot read /${this.source}/ at ${this.at}`);
    return part;
  }

  private choice(): Part {
    const parts = [this.sequence()];
    while (this.takes("|")) parts.push(this.sequence());
    return parts.length === 1 ? (parts[0] as Part) : { kind: "choice", parts };
  }

  private sequence(): Part {
    const parts: Part[] = [];
    while (this.at < this.source.length && !/[|)]/.test(this.source[this.at] as string)) {
      parts.push(this.repeated(this.atom()));
    }
    return { kind: "sequence", parts };
  }

  private repeated(part: Part): Part {
    const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(this.source.slice(this.at));
    if (!found) return part;
    this.at += found[0].length;
    const sign = found[0][0];
    if (sign === "?") return { kind: "repeat", part, min: 0, max: 1 };
    if (sign === "*" || sign === "+") {
      return { kind: "repeat", part, min: sign === "*" ? 0 : 1, max: Number.POSITIVE_INFINITY };
    }
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : Number(found[3] || Number.POSITIVE_INFINITY);
    return { kind: "repeat", part, min, max };
  }

  private atom(): Part {
    if (this.takes("(")) return this.group();
    const rest = this.source.slice(this.at);
    const assertion = /^(?:\^|\$|\\[bB])/.exec(rest);
    if (assertion) return this.skip(assertion[0].length);
    const found =
      /^(?:\\u\{[0-9a-f]+\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\[pP]\{[^}]+\}|\\k<\w+>|\\c?.|\[\^?\]?(?:\\[\s\S]|[^\\\]])*\]|[\s\S])/i.exec(
        rest,
      );
    if (!found) throw new Error(`cannot read /${this.source}/ at ${this.at}`);
    this.at += found[0].length;
    return { kind: "atom", chars: this.charsOf(found[0]) };
  }

  private charsOf(atom: string): Chars {
    // Text that was matched before may be anything.
    if (/^\\(?:[1-9]|k<)/.test(atom)) return new Set(SAMPLE);
    const pattern = new RegExp(`^(?:${atom})$`, this.flags);
    return new Set(SAMPLE.filter((character) => pattern.test(character)));
  }

  /** A look ahead or back takes no character; what is in it is looked at on its own. */
  private group(): Part {
    const look = /^\?<?[=!]/.exec(this.source.slice(this.at));
    const mark = look ?? /^\?(?::|<\w+>)/.exec(this.source.slice(this.at));
    this.at += mark?.[0].length ?? 0;
    const inside = this.choice();
    if (!this.takes(")")) throw new Error(`no end of a group in /${this.source}/`);
    if (!look) return inside;
    const trouble = overlap(flatten(inside, 1));
    if (trouble) throw new Error(`/${this.source}/: ${trouble}`);
    return { kind: "empty" };
  }

  private skip(length: number): Part {
    this.at += length;
    return { kind: "empty" };
  }

  private takes(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at++;
    return true;
  }
}

/** A way through a pattern: atoms one after the other, each with how often it may repeat. */
interface Step {
  readonly chars: Chars;
  readonly min: number;
  readonly max: number;
}

/** More ways than these say nothing new. */
const MOST_WAYS = 300;

/** The ways through a pattern. A group that repeats is gone through twice: its end may be followed by its beginning. */
function flatten(part: Part, times: number): Step[][] {
  switch (part.kind) {
    case "empty":
      return [[]];
    case "atom":
      return [[{ chars: part.chars, min: 1, max: times }]];
    case "choice":
      return part.parts.flatMap((each) => flatten(each, times)).slice(0, MOST_WAYS);
    case "sequence":
      return part.parts.reduce((ways: Step[][], each) => joined(ways, flatten(each, 1)), [[]]);
    case "repeat":
      return repeatedWays(part.part, part.min, part.max);
  }
}

function repeatedWays(part: Part, min: number, max: number): Step[][] {
  const bare = single(part);
  if (bare?.kind === "atom") return [[{ chars: bare.chars, min, max }]];
  const once = flatten(part, 1);
  const ways = max === 1 ? once : joined(once, once);
  return (min === 0 ? [[], ...ways] : ways).slice(0, MOST_WAYS);
}

const single = (part: Part): Part | null =>
  part.kind === "sequence" && part.parts.length === 1 ? single(part.parts[0] as Part) : part;

const joined = (ways: readonly Step[][], next: readonly Step[][]): Step[][] =>
  ways.flatMap((way) => next.map((more) => [...way, ...more])).slice(0, MOST_WAYS);

/** So many places for one boundary are no trouble. */
const MOST_PRODUCT = 100_000;

/** Two repetitions of the same characters with nothing between them that parts them: which of them takes what is open. */
function overlap(ways: readonly Step[][]): string | null {
  for (const way of ways) {
    for (const [i, step] of way.entries()) {
      if (step.max <= 1) continue;
      const trouble = overlapFrom(step, way.slice(i + 1));
      if (trouble) return trouble;
    }
  }
  return null;
}

function overlapFrom(step: Step, rest: readonly Step[]): string | null {
  let product = finite(step.max);
  let endless = Number.isFinite(step.max) ? 0 : 1;
  let shared = step.chars;
  for (const next of rest) {
    const both = new Set([...shared].filter((character) => next.chars.has(character)));
    if (both.size === 0) {
      if (next.min > 0) return null;
      continue;
    }
    if (next.min > 0) shared = both;
    if (next.max === 1) continue;
    endless += Number.isFinite(next.max) ? 0 : 1;
    product *= finite(next.max);
    if (endless > 1 || product > MOST_PRODUCT) {
      return `two repetitions can match the same ${JSON.stringify([...both][0])}`;
    }
  }
  return null;
}

const finite = (max: number): number => (Number.isFinite(max) ? max : 1);
