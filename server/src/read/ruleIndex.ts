/** What an entry of the index is found by: one of these texts must stand in a message. */
export interface Indexed {
  /** All of these stand in the message; undefined or none for what fits messages without any words. */
  readonly has?: readonly string[] | undefined;
}

/** Three characters in a row are looked up in a table of as many places; several of them may share one. */
const PLACES = 1 << 13;

/**
 * Finds the first of many rules that holds for a message in one pass over it: each rule is looked at only where three
 * rare characters of its words stand in the message.
 */
export class RuleIndex<T extends Indexed, M extends { readonly text: string }> {
  private readonly rules: readonly T[];
  private readonly holds: (rule: T, message: M) => boolean;
  /** The places where rules wait, and by place the numbers of these rules. */
  private readonly isAwaited = new Uint8Array(PLACES);
  private readonly waiting = new Map<number, number[]>();
  private readonly always: number[] = [];
  /** By rule: the look-up in which it was asked last. No message makes a rule be asked twice. */
  private readonly asked: Uint32Array;
  private lookUps = 0;

  constructor(rules: readonly T[], holds: (rule: T, message: M) => boolean) {
    this.rules = rules;
    this.holds = holds;
    this.asked = new Uint32Array(rules.length);
    for (const [number, rule] of rules.entries()) this.add(number, rule);
  }

  private add(number: number, { has = [] }: T): void {
    const longest = has.reduce((one, other) => (other.length > one.length ? other : one), "");
    const at = rarestThree(longest);
    if (at < 0) this.always.push(number);
    else {
      const place = placeOf(
        longest.charCodeAt(at),
        longest.charCodeAt(at + 1),
        longest.charCodeAt(at + 2),
      );
      this.isAwaited[place] = 1;
      this.waiting.set(place, [...(this.waiting.get(place) ?? []), number]);
    }
  }

  /** The first rule that holds, in the order in which they were given. */
  first(message: M): T | undefined {
    const { text } = message;
    this.lookUps++;
    let best = this.firstOf(this.always, message, this.rules.length);
    let one = 0;
    let two = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const place = placeOf(one, two, code);
      if (this.isAwaited[place] === 1)
        best = this.firstOf(this.waiting.get(place) as number[], message, best);
      one = two;
      two = code;
    }
    return this.rules[best];
  }

  private firstOf(numbers: readonly number[], message: M, before: number): number {
    for (const number of numbers) {
      if (number >= before) return before;
      if (this.asked[number] === this.lookUps) continue;
      this.asked[number] = this.lookUps;
      if (this.holds(this.rules[number] as T, message)) return number;
    }
    return before;
  }
}

const placeOf = (one: number, two: number, three: number): number =>
  ((one << 10) ^ (two << 5) ^ three) & (PLACES - 1);

/** Frequent in English and in logs; three characters without one of them are rarer than others. */
const FREQUENT = new Set("etaoinsrlhdcu :./");

/** The place of three characters with as few frequent ones as can be, or -1 where there are not so many. */
function rarestThree(words: string): number {
  let best = -1;
  let fewest = 4;
  for (let at = 0; at + 3 <= words.length; at++) {
    const frequent = [...words.slice(at, at + 3)].filter((letter) => FREQUENT.has(letter)).length;
    if (frequent < fewest) [best, fewest] = [at, frequent];
  }
  return best;
}
