import { frameLabel, type Member } from "../find/groups";
import { stacksInOrder } from "../find/stacks";
import type { Frame } from "../read/frame";
import type { Reading } from "../read/model";
import type { Span } from "../read/span";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";

/** A function on the stacks of one document. */
export interface FunctionSymbol {
  readonly name: string;
  /** The name in its first frame. */
  readonly span: Span;
  /** `on 12 stacks`. */
  readonly detail: string;
}

/** The editor shows few and asks again with every letter typed. */
const MOST_SYMBOLS = 200;

/** The functions whose names have the letters of the query in order, those on most stacks first. */
export function functionSymbols(reading: Reading, query: string): FunctionSymbol[] {
  return [...countFunctions(reading)]
    .filter(([name]) => hasLetters(name.toLowerCase(), query.toLowerCase()))
    .sort(([, one], [, other]) => other.stacks - one.stacks)
    .slice(0, MOST_SYMBOLS)
    .map(([name, { first, stacks }]) => ({
      name: printable(shorten(name, 200)),
      span: first.part("function") ?? first.span,
      detail: `on ${plural(stacks, ["stack", "stacks"])}`,
    }));
}

interface Count {
  readonly first: Frame;
  stacks: number;
}

/** On how many stacks each named function is; a recursive one counts once for each. */
function countFunctions(reading: Reading): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const { members } of stacksInOrder(reading)) {
    const { frames } = (members[0] as Member).thread;
    const named = frames.filter((frame) => frame.function !== null);
    for (const [name, first] of firstByName(named)) {
      const known = counts.get(name);
      if (known) known.stacks += members.length;
      else counts.set(name, { first, stacks: members.length });
    }
  }
  return counts;
}

function firstByName(frames: readonly Frame[]): Map<string, Frame> {
  return new Map([...frames].reverse().map((frame) => [frameLabel(frame), frame]));
}

function hasLetters(name: string, query: string): boolean {
  let at = 0;
  for (const letter of query) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
