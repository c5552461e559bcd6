/** Characters of backtraces and logs, the commonest first; what is not among them is rarer than all. */
const COMMON =
  " 0e1t2i-:aroc3ns45.pfd/8=_9lhumx[]76`v,bg()k><AwS#\\yNF|Hz\"R@+LBCITq{}PGO;jED?WM'KXUVJY%!*";

/** Engines look for so few characters with the processor's own search for the first of them. */
const LONGEST_ANCHOR = 6;

/**
 * Looks for words in a large text. A few characters that begin with a rare one are found many times faster than a long
 * phrase, so these are looked for, and the rest is compared where they stand.
 */
export class Phrase {
  readonly text: string;
  private readonly anchor: string;
  /** Where the anchor stands in the phrase. */
  private readonly offset: number;

  constructor(text: string) {
    this.text = text;
    this.offset = rarest(text);
    this.anchor = text.slice(this.offset, this.offset + LONGEST_ANCHOR);
  }

  /** Where the phrase stands first, at `from` or behind, or -1. */
  indexIn(text: string, from = 0): number {
    const { anchor, offset } = this;
    let at = text.indexOf(anchor, from + offset);
    while (at >= 0 && !text.startsWith(this.text, at - offset)) at = text.indexOf(anchor, at + 1);
    return at < 0 ? -1 : at - offset;
  }

  isIn(text: string): boolean {
    return this.indexIn(text) >= 0;
  }
}

/** Tells of one stretch of a text after the other whether a word stands in it. */
export class Occurrences {
  readonly word: string;
  private readonly text: string;
  private readonly phrase: Phrase;
  private next = -1;

  constructor(text: string, word: string) {
    this.text = text;
    this.word = word;
    this.phrase = new Phrase(word);
  }

  /** Stretches are asked about in order. */
  isWithin(from: number, to: number): boolean {
    return this.nextFrom(from) + this.word.length <= to;
  }

  /** Where the word stands next, at `from` or behind; infinity where it does not. */
  nextFrom(from: number): number {
    if (this.next < from) {
      const at = this.phrase.indexIn(this.text, from);
      this.next = at < 0 ? Number.POSITIVE_INFINITY : at;
    }
    return this.next;
  }
}

/** The place of the rarest character that has at least two more behind it. */
function rarest(phrase: string): number {
  let best = 0;
  for (let at = 1; at <= phrase.length - 3; at++)
    if (rarity(phrase.charAt(at)) > rarity(phrase.charAt(best))) best = at;
  return best;
}

function rarity(character: string): number {
  const at = COMMON.indexOf(character);
  return at < 0 ? COMMON.length : at;
}
