import type { Lines } from "../lines";
import { Occurrences } from "../phrase";
import { phraseKinds } from "./headline";
import { FAULT_PHRASES } from "./userFault";

const PHRASES = [...FAULT_PHRASES, ...phraseKinds.map((kind) => kind.phrase ?? "")];

/**
 * Tells the phrase that a line holds, for records whose line begins with a program's name. One pass over the text for each
 * phrase is cheaper than a look at every line.
 */
export class PhraseLines {
  private readonly lines: Lines;
  private readonly phrases: readonly Occurrences[];
  /** Where the next of all of them stands. */
  private next = 0;

  constructor(lines: Lines) {
    this.lines = lines;
    this.phrases = PHRASES.map((phrase) => new Occurrences(lines.text, phrase));
  }

  /** The first of the phrases that stands in the line, or undefined. Lines are asked about in order, each of them once. */
  at(line: number): string | undefined {
    const to = this.lines.ends[line] as number;
    if (this.next >= to) return undefined;
    const from = this.lines.starts[line] as number;
    let found: string | undefined;
    this.next = Number.POSITIVE_INFINITY;
    for (const phrase of this.phrases) {
      if (phrase.nextFrom(from) < to) found ??= phrase.word;
      this.next = Math.min(this.next, phrase.nextFrom(to));
    }
    return found;
  }
}
