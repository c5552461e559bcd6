import type { Reading } from "../../read/model";
import { oncePer } from "../../read/oncePer";
import { lastAtOrBefore } from "../../read/span";
import { Automaton } from "./automaton";

// Hundreds of words are looked for in every text: what programs print when they end, what notes ask for. One search for
// each takes many times longer than reading the text; one pass finds all of them.

const announced: (() => Iterable<string>)[] = [];
const words = new Set<string>();
let automaton = new Automaton([]);

/** Says which words will be looked for. Texts that are gone through from then on are searched for all of them at once. */
export function announceWords(list: () => Iterable<string>): void {
  announced.push(list);
}

function currentAutomaton(): Automaton {
  const known = words.size;
  for (const list of announced.splice(0)) for (const word of list()) words.add(word);
  if (words.size > known) automaton = new Automaton(words);
  return automaton;
}

/** So many places of a word are kept; behind the last one it is searched for as usual. */
const MOST_KEPT = 1000;

/** As much is gone through at once. */
const PIECE = 1 << 14;

/** A shorter text is searched for each word sooner than a table for all of them is made. */
const SHORT = 1 << 17;

/** Where words stand in a text. */
export class Mentions {
  private readonly text: string;
  /** Null for a short text, and before the text is gone through. */
  private automaton: Automaton | null = null;
  private places: (number[] | undefined)[] = [];
  private at = 0;
  private state = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** As `indexOf` of a string, in no time for a word that was announced. */
  indexOf(word: string, from = 0): number {
    while (this.goOn());
    const number = this.automaton?.words.get(word);
    if (number === undefined) return this.text.indexOf(word, from);
    const places = this.places[number] ?? [];
    const next = lastAtOrBefore(places, from - 1, (place) => place) + 1;
    if (next < places.length) return places[next] as number;
    if (places.length < MOST_KEPT) return -1;
    return this.text.indexOf(word, Math.max(from, (places[MOST_KEPT - 1] as number) + 1));
  }

  /**
   * Tells where one of the words stands first, at a place or behind it, or -1. It is asked about one place after the other,
   * so that none of the text is searched twice for a word.
   */
  nextOf(some: readonly string[]): (from: number) => number {
    const next = some.map((word) => this.indexOf(word));
    return (from) => {
      let first = -1;
      for (let i = 0; i < some.length; i++) {
        const known = next[i] as number;
        if (known >= 0 && known < from) next[i] = this.indexOf(some[i] as string, from);
        const at = next[i] as number;
        if (at >= 0 && (first < 0 || at < first)) first = at;
      }
      return first;
    };
  }

  /** Goes through the next piece of the text; is there more? */
  goOn(): boolean {
    const { text } = this;
    if (text.length < SHORT || (this.automaton !== null && this.at >= text.length)) return false;
    this.automaton ??= currentAutomaton();
    const to = Math.min(text.length, this.at + PIECE);
    const lengths = this.lengths();
    this.state = this.automaton.scan(text, this.at, to, this.state, (word, end) => {
      this.places[word] ??= [];
      const places = this.places[word] as number[];
      if (places.length < MOST_KEPT) places.push(end - (lengths[word] as number));
    });
    this.at = to;
    return to < text.length;
  }

  private lengths(): readonly number[] {
    return this.automaton === null ? [] : lengthsOf(this.automaton);
  }
}

const lengthsOf = oncePer((of: Automaton): readonly number[] =>
  [...of.words.keys()].map(({ length }) => length),
);

/** Where words stand in the clean text. */
export const mentionsOf: (reading: Reading) => Mentions = oncePer(
  (reading: Reading) => new Mentions(reading.clean.text),
);
