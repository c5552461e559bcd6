import { COMMA, codeTable, EQUALS, isDigit, isHexDigit, LETTER_X } from "../chars";

/** How the lines of a text were broken: at a fixed column, wherever that falls, or at blanks; "unknown" from few breaks. */
export interface WrapStyle {
  readonly width: number;
  readonly style: "characters" | "words" | "unknown";
  /** The part of the broken lines that have the full width, 0 to 1. */
  readonly share: number;
}

/** Widths of terminals. A lone line that is exactly so long was most likely cut there. */
const TERMINAL_WIDTHS: ReadonlySet<number> = new Set([80, 100, 120, 132, 160, 200]);

/** Of the lines of a text that was cut at a column, so many may be longer. */
const MOST_LONGER = 0.05;

/** A line that goes on in the next one. */
export interface BrokenLine {
  readonly length: number;
  /** What gdb's grammar says was lost at the break: nothing, a blank, or null where it cannot tell. */
  readonly lost: "" | " " | null;
}

/** Lines that go on in the next one, counted by their lengths and by what was lost at their ends. */
export class BrokenLines {
  private readonly lengths: ReadonlyMap<number, number>;
  private readonly count: number;
  private readonly cuts: number;
  private readonly blanks: number;

  constructor(lengths: ReadonlyMap<number, number> = new Map(), count = 0, cuts = 0, blanks = 0) {
    this.lengths = lengths;
    this.count = count;
    this.cuts = cuts;
    this.blanks = blanks;
  }

  static of(broken: readonly BrokenLine[]): BrokenLines {
    const lengths = new Map<number, number>();
    for (const { length } of broken) lengths.set(length, (lengths.get(length) ?? 0) + 1);
    const lost = (what: BrokenLine["lost"]) => broken.filter((line) => line.lost === what).length;
    return new BrokenLines(lengths, broken.length, lost(""), lost(" "));
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /**
   * Judges by the lines that go on in the next one. Whoever cuts at a fixed column cuts words in two and keeps blanks;
   * whoever breaks at blanks loses them. Where the grammar has not seen either, equal lengths speak for a column, unless
   * they are few: a fleet's identical frames have equal lengths, too.
   */
  get style(): WrapStyle {
    const { count, cuts, blanks } = this;
    const { width, longer } = this.widest();
    const share = count > longer ? (this.lengths.get(width) ?? 0) / (count - longer) : 0;
    return { width, share, style: judge(count, share, cuts, blanks) };
  }

  /**
   * The longest length of all, or the one that most lines have where hardly any is longer: a letter that is typed into a
   * line at which a terminal cut the text, or a line that came from elsewhere, is no wider terminal.
   */
  private widest(): { readonly width: number; readonly longer: number } {
    let [longest, usual, most] = [0, 0, 0];
    for (const [length, many] of this.lengths) {
      longest = Math.max(longest, length);
      if (many > most || (many === most && length > usual)) [usual, most] = [length, many];
    }
    let longer = 0;
    for (const [length, many] of this.lengths) if (length > usual) longer += many;
    const isEdge = most >= this.count / 2 && longer <= MOST_LONGER * this.count;
    return isEdge ? { width: usual, longer } : { width: longest, longer: 0 };
  }

  with(more: BrokenLines): BrokenLines {
    return more.isEmpty ? this : this.changed(more, 1);
  }

  without(fewer: BrokenLines): BrokenLines {
    return fewer.isEmpty ? this : this.changed(fewer, -1);
  }

  private changed({ lengths, count, cuts, blanks }: BrokenLines, by: 1 | -1): BrokenLines {
    const sum = new Map(this.lengths);
    for (const [length, many] of lengths) {
      const now = (sum.get(length) ?? 0) + by * many;
      if (now === 0) sum.delete(length);
      else sum.set(length, now);
    }
    const { count: own, cuts: ownCuts, blanks: ownBlanks } = this;
    return new BrokenLines(sum, own + by * count, ownCuts + by * cuts, ownBlanks + by * blanks);
  }
}

function judge(count: number, share: number, cuts: number, blanks: number): WrapStyle["style"] {
  if (cuts > 2 * blanks && share >= 0.5) return "characters";
  if (blanks > 2 * cuts) return "words";
  if (count >= 2 && share === 1 && blanks === 0) return "characters";
  return count >= 3 && share < 0.45 ? "words" : "unknown";
}

/** C++ names have blanks after these words, and before `const`. */
const BLANK_AFTER =
  /(?:^|\W)(?:operator|unsigned|signed|const|struct|class|enum|union|long|short|virtual|thunk|volatile)$/;

/**
 * What stood between a line's end and the next line's start: nothing where a word was cut in two, else a blank. The
 * grammar of gdb's lines decides first, then how the other lines of the text were broken.
 */
export function glue(
  tail: string,
  after: string,
  length: number,
  wrap: WrapStyle,
  inString: boolean,
): "" | " " {
  const forced = inString ? null : forcedGlue(tail, after);
  if (forced !== null) return forced;
  const isFull = length >= wrap.width;
  if (wrap.style === "characters") return isFull ? "" : " ";
  if (wrap.style === "words" || !isFull) return " ";
  return !inString && cutsWord(tail, after) ? "" : TERMINAL_WIDTHS.has(length) ? "" : " ";
}

/** What no gdb line has otherwise; null where both are possible. */
export function forcedGlue(tail: string, after: string): "" | " " | null {
  if (tail === "") return afterNothing(after);
  const last = tail.charCodeAt(tail.length - 1);
  const first = after.charCodeAt(0);
  if (last === COMMA) return " ";
  if (BEHIND_WORD[last] === 1 && (/\) ?(?:at|from)$/.test(tail) || /0x[0-9a-f]+ in$/.test(tail)))
    return " ";
  if (isDigit(last) && /(?:^| )#\d+$/.test(tail) && /^(?:0x|in |[A-Za-z_(~<?])/.test(after))
    return " ";
  const isHex = isHexDigit(first) && (isHexDigit(last) || last === LETTER_X);
  if (isHex && /^[0-9a-f]+(?:[^\w]|$)/.test(after) && /(?:^|[ ,({=])0x[0-9a-f]*$/.test(tail))
    return "";
  if (CLINGS_BACK[first] === 1 || CLINGS_ON[last] === 1) return "";
  if (ENTITY[last] === 1 && /&[a-z#\d]{0,5}$/.test(tail) && /^[a-z#\d]{0,5};/.test(after))
    return "";
  if (isDigit(first) && /^\d+$/.test(after) && /:\d*$/.test(tail)) return "";
  if (last === EQUALS) return tail.endsWith(" =") ? " " : "";
  if (NAME[last] === 1 && /^[\w@]+ ?=/.test(after) && /[,{(] ?[\w@]+$/.test(tail)) return "";
  return null;
}

/** Nothing stands before the break: only what follows can tell. */
const afterNothing = (after: string): "" | null =>
  CLINGS_BACK[after.charCodeAt(0)] === 1 ? "" : null;

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";

/** The last letters of `at`, `from` and `in`. */
const BEHIND_WORD = codeTable("tmn");
/** What never begins a word, and what never ends one. */
const CLINGS_BACK = codeTable(",;:)]");
const CLINGS_ON = codeTable("/:_[({#");
/** What an entity may be cut behind: `&`, `&am`, `&#1`. */
const ENTITY = codeTable(`&#${LETTERS}${DIGITS}`);
const NAME = codeTable(`@_${LETTERS}${LETTERS.toUpperCase()}${DIGITS}`);

/** Two halves of a name or a number rather than two words? */
function cutsWord(tail: string, after: string): boolean {
  if (BLANK_AFTER.test(tail) || /^const\b/.test(after)) return false;
  return (
    /[\w.$~<>/-]$/.test(tail) && /^[\w.$~/-]/.test(after) && !/<optimized$|repeats$/.test(tail)
  );
}
