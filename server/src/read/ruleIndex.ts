/** What an entry of the index is found by: one of these texts must stand in a message. */
export interface Indexed {
  /** All of these stand in the message; undefined or none for what fits messages without any words. */
  readonly has?: readonly string[] | undefined;
}

/** A message, and where it stands in a larger text: to go through a piece that was cut out takes longer. */
export interface Found {
  readonly whole: string;
  readonly from: number;
  readonly to: number;
}

/** Three characters in a row are looked up in a table of as many places; several of them may share one. */
const PLACES = 1 << 13;

/**
 * Finds the first of many rules that holds for a message in one pass over it: each rule is looked at only where three
 * rare characters of its words stand in the message.
 */
export class RuleIndex<T extends Indexed, M extends Found> {
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
    const shares = countThrees(rules);
    for (const [number, rule] of rules.entries()) this.add(number, rarestThree(rule, shares));
  }

  private add(number: number, three: string | null): void {
    if (three === null) this.always.push(number);
    else {
      const place = placeOf(three);
      this.isAwaited[place] = 1;
      this.waiting.set(place, [...(this.waiting.get(place) ?? []), number]);
    }
  }

  /** The first rule that holds, in the order in which they were given. */
  first(message: M): T | undefined {
    const { whole, from, to } = message;
    this.lookUps++;
    let best = this.firstOf(this.always, message, this.rules.length);
    const { isAwaited } = this;
    let place = 0;
    for (let at = from; at < to; at++) {
      place = nextPlace(place, whole.charCodeAt(at));
      if (isAwaited[place] === 1)
        best = this.firstOf(this.waiting.get(place) as number[], message, best);
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

/** The place of the last three characters: a third one behind moves out what was before them. */
const nextPlace = (place: number, code: number): number => ((place << 5) ^ code) & (PLACES - 1);

const placeOf = (three: string): number =>
  nextPlace(nextPlace(nextPlace(0, three.charCodeAt(0)), three.charCodeAt(1)), three.charCodeAt(2));

/** Every three characters in a row of the words that must stand in the message. */
const threesOf = ({ has = [] }: Indexed): string[] =>
  has.flatMap((word) =>
    Array.from({ length: Math.max(0, word.length - 2) }, (_, at) => word.slice(at, at + 3)),
  );

/** How many rules have them: what stands in the words of many stands in most messages, too. */
function countThrees(rules: readonly Indexed[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const rule of rules)
    for (const three of new Set(threesOf(rule))) counts.set(three, (counts.get(three) ?? 0) + 1);
  return counts;
}

/** Frequent in English and in logs. */
const FREQUENT = new Set("etaoinsrlhdcu :./");

/** The three characters of the rule's words that the fewest messages may have; null where there are none. */
function rarestThree(rule: Indexed, shares: ReadonlyMap<string, number>): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const three of threesOf(rule)) {
    const frequent = [...three].filter((letter) => FREQUENT.has(letter)).length;
    const weight = (shares.get(three) ?? 0) + 3 * frequent;
    if (weight < least) [best, least] = [three, weight];
  }
  return best;
}
