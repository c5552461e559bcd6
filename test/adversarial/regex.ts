// Enough of the grammar of regular expressions to tell whether one can take more than linear time: which characters a
// part can match, what repeats, and what may follow what.

/** A part of a pattern. */
type Part =
  | { readonly kind: "atom"; readonly chars: Chars }
  | { readonly kind: "empty" }
  | { readonly kind: "guard"; readonly holdsIn: (run: Chars) => boolean }
  | { readonly kind: "sequence"; readonly parts: readonly Part[] }
  | { readonly kind: "choice"; readonly parts: readonly Part[] }
  | {
      readonly kind: "repeat";
      readonly part: Part;
      readonly min: number;
      readonly max: number;
      /** Gives nothing back of what it took, as `a*+` of Oniguruma's. */
      readonly keeps: boolean;
    };

/** The characters of a sample that an atom matches. */
type Chars = ReadonlySet<string>;

const SAMPLE = [
  ...Array.from({ length: 0x180 }, (_, i) => String.fromCharCode(i)),
  ..."\u2028\u202e\u20ac\ud800\ufffd",
];

/**
 * What is wrong with a pattern; null for one that takes linear time. With `isSearched`, it is looked for at every place of
 * a text of any length, unless it has the flag `y`.
 */
export function slowness(source: string, flags: string, isSearched = false): string | null {
  const parser = new Parser(source, flags);
  const parts = [parser.parse(), ...parser.ahead];
  const troubles = parts.map((part) => overlap(flatten(part, 1)));
  if (isSearched && !flags.includes("y")) {
    troubles.push(...parts.map((part) => restart(flatten(part, 1, true))));
  }
  return troubles.find((trouble) => trouble !== null) ?? null;
}

class Parser {
  private at = 0;
  private readonly source: string;
  private readonly flags: string;
  /** What is looked ahead for, each with what stands in front of it. */
  readonly ahead: Part[] = [];
  /** What was read of each group that is open. */
  private readonly open: Part[][] = [];

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
    this.open.push(parts);
    while (this.at < this.source.length && !/[|)]/.test(this.source[this.at] as string)) {
      parts.push(this.repeated(this.atom()));
    }
    this.open.pop();
    return { kind: "sequence", parts };
  }

  private repeated(part: Part): Part {
    const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})([?+]?)/.exec(this.source.slice(this.at));
    if (!found) return part;
    this.at += found[0].length;
    const sign = found[0][0];
    const keeps = found[4] === "+";
    if (sign === "?") return { kind: "repeat", part, min: 0, max: 1, keeps };
    if (sign === "*" || sign === "+") {
      const min = sign === "*" ? 0 : 1;
      return { kind: "repeat", part, min, max: Number.POSITIVE_INFINITY, keeps };
    }
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : Number(found[3] || Number.POSITIVE_INFINITY);
    return { kind: "repeat", part, min, max, keeps };
  }

  private atom(): Part {
    if (this.takes("(")) return this.group();
    const rest = this.source.slice(this.at);
    const assertion = /^(?:\^|\$|\\[bBGAzZ])/.exec(rest);
    if (assertion) return this.assertion(assertion[0]);
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
    const mark = look ?? /^\?(?::|>|<\w+>)/.exec(this.source.slice(this.at));
    this.at += mark?.[0].length ?? 0;
    const inside = this.choice();
    if (!this.takes(")")) throw new Error(`no end of a group in /${this.source}/`);
    if (!look) return inside;
    this.ahead.push({ kind: "sequence", parts: [...this.open.flat(), inside] });
    return lookGuard(look[0], inside);
  }

  private assertion(sign: string): Part {
    this.at += sign.length;
    const isOnce = sign !== "\\b" && sign !== "\\B" && !this.flags.includes("m");
    if (isOnce) return { kind: "guard", holdsIn: () => false };
    if (sign === "\\b") return { kind: "guard", holdsIn: isMixed };
    if (sign === "\\B") return { kind: "guard", holdsIn: () => true };
    return { kind: "guard", holdsIn: (run) => run.has("\n") };
  }

  private takes(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at++;
    return true;
  }
}

const isWord = (character: string): boolean => /\w/.test(character);

/** Has the run characters of words and others? Only between two such lies a boundary. */
const isMixed = (run: Chars): boolean => [...run].some(isWord) && ![...run].every(isWord);

/** In a run of which characters can what is looked for stand in front of a place, or be missing there? */
function lookGuard(sign: string, inside: Part): Part {
  if (!sign.includes("<")) return { kind: "guard", holdsIn: () => true };
  const last = flatten(inside, 1).map((way) => way.at(-1)?.chars);
  const isNot = sign.endsWith("!");
  return {
    kind: "guard",
    holdsIn: (run) =>
      [...run].some((character) =>
        isNot
          ? !last.some((chars) => chars?.has(character))
          : last.some((chars) => chars === undefined || chars.has(character)),
      ),
  };
}

/** A way through a pattern: atoms one after the other, each with how often it may repeat. */
interface Step {
  readonly chars: Chars;
  readonly min: number;
  readonly max: number;
  readonly keeps?: boolean;
  /** A condition on the place, which takes no character: can it hold amid a run of these? */
  readonly holdsIn?: (run: Chars) => boolean;
}

/** More ways than these say nothing new. */
const MOST_WAYS = 300;

const NO_CHARS: Chars = new Set();

/**
 * The ways through a pattern. A group that repeats is gone through twice: its end may be followed by its beginning. Or,
 * `asRuns`, it is a run of all characters that may be in it.
 */
function flatten(part: Part, times: number, asRuns = false): Step[][] {
  switch (part.kind) {
    case "empty":
      return [[]];
    case "guard":
      return [[{ chars: NO_CHARS, min: 0, max: 0, holdsIn: part.holdsIn }]];
    case "atom":
      return [[{ chars: part.chars, min: 1, max: times }]];
    case "choice":
      return part.parts.flatMap((each) => flatten(each, times, asRuns)).slice(0, MOST_WAYS);
    case "sequence":
      return part.parts.reduce(
        (ways: Step[][], each) => joined(ways, flatten(each, 1, asRuns)),
        [[]],
      );
    case "repeat":
      return repeatedWays(part, asRuns);
  }
}

function repeatedWays(
  { part, min, max, keeps }: Part & { kind: "repeat" },
  asRuns: boolean,
): Step[][] {
  const bare = single(part);
  if (bare?.kind === "atom") return [[{ chars: bare.chars, min, max, keeps }]];
  const once = flatten(part, 1, asRuns);
  if (asRuns && max > LONG) {
    const chars = new Set(once.flatMap((way) => way.flatMap((step) => [...step.chars])));
    return [[{ chars, min: Math.min(min, 1), max }]];
  }
  const ways = max === 1 ? once : joined(once, once);
  return (min === 0 ? [[], ...ways] : ways).slice(0, MOST_WAYS);
}

/** A repetition of more is as good as one without an end. */
const LONG = 2000;

const single = (part: Part): Part | null =>
  part.kind === "sequence" && part.parts.length === 1 ? single(part.parts[0] as Part) : part;

const joined = (ways: readonly Step[][], next: readonly Step[][]): Step[][] =>
  ways.flatMap((way) => next.map((more) => [...way, ...more])).slice(0, MOST_WAYS);

/** So many places for one boundary are no trouble. */
const MOST_PRODUCT = 200_000;

/** Two repetitions of the same characters with nothing between them that parts them: which of them takes what is open. */
function overlap(ways: readonly Step[][]): string | null {
  for (const way of ways) {
    for (const [i, step] of way.entries()) {
      if (step.max <= 1 || step.keeps) continue;
      const trouble = overlapFrom(step, way.slice(i + 1));
      if (trouble) return trouble;
    }
  }
  return null;
}

function overlapFrom(step: Step, rest: readonly Step[]): string | null {
  let product = finite(step.max);
  let endless = Number.isFinite(step.max) ? 0 : 1;
  for (const [i, next] of rest.entries()) {
    if (next.min > 0 && !meets(next.chars, step.chars)) return null;
    if (next.max <= 1) continue;
    const both = new Set([...step.chars].filter((character) => next.chars.has(character)));
    // What stands between them is part of what either of them runs through.
    const isOpen = rest.slice(0, i).every(({ min, chars }) => min === 0 || meets(chars, both));
    if (both.size === 0 || !isOpen) continue;
    endless += Number.isFinite(next.max) ? 0 : 1;
    product *= finite(next.max);
    if (endless > 1 || product > MOST_PRODUCT) {
      return `two repetitions can match the same ${JSON.stringify([...both][0])}`;
    }
  }
  return null;
}

function meets(one: Chars, other: Chars): boolean {
  for (const character of one) if (other.has(character)) return true;
  return false;
}

const finite = (max: number): number => (Number.isFinite(max) ? max : 1);

/**
 * Can a search begin again amid what a repetition has run through in vain? Then it does so at every place of the run. What
 * cannot fail behind its repetition does not begin again.
 */
function restart(ways: readonly Step[][]): string | null {
  for (const way of ways) {
    for (const [i, { chars, max }] of way.entries()) {
      if (max <= LONG) continue;
      const canFail = way.slice(i + 1).some(({ min, holdsIn }) => min > 0 || holdsIn);
      const begins = way.slice(0, i).every((step) => canStandIn(step, chars));
      if (canFail && begins) {
        return `a search begins again at each ${JSON.stringify([...chars][0])} of a run`;
      }
    }
  }
  return null;
}

const canStandIn = ({ chars, min, holdsIn }: Step, run: Chars): boolean =>
  holdsIn ? holdsIn(run) : min === 0 || meets(chars, run);
