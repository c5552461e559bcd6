import { DIGIT_0, isHexDigit } from "../read/chars";
import type { Reading } from "../read/model";
import { Numbers } from "../read/numbers";
import type { Characters } from "../read/piecedText";
import { textOf } from "../read/renewal";
import type { Span } from "../read/span";
import { type Block, blocksOf, type PlacedBlock } from "./frameBlocks";

// To look for a number in all of a large text takes longer than a hover may. So a few bits tell of each block which numbers
// cannot stand in it: what stays is searched.

/** Numbers of fewer digits, leading zeros aside, are not looked for here. */
export const FEWEST_DIGITS = 5;

/** For each number two of so many bits are set: of a hundred blocks without a number, one or two are searched. */
const BITS_EACH = 16;

/** The processes and entries in which one of the numbers may stand. Digits are lower-case and have no leading zeros. */
export function stretchesWith(reading: Reading, numbers: readonly string[]): Span[] {
  const text = textOf(reading);
  const wanted = numbers.map((digits) => hashOf(digits, 0, digits.length));
  return blocksOf(reading)
    .filter((placed) => {
      // To search a long one is faster than to take it apart after each edit.
      if (!placed.block.isShort) return true;
      const bits = bitsOf(placed, text);
      return wanted.some((hash) => has(bits, first(hash)) && has(bits, second(hash)));
    })
    .flatMap((placed) => placed.stretches());
}

const known = new WeakMap<Block, Int32Array>();

/** The bits of a block of the text. */
export function bitsOf({ block, stretches }: PlacedBlock, text: Characters): Int32Array {
  const bits = known.get(block) ?? bitsFor(hashesIn(stretches(), text));
  known.set(block, bits);
  return bits;
}

function bitsFor({ items, length }: Numbers): Int32Array {
  const words = Math.max(1, (length * BITS_EACH) >> 5);
  // A power of two, so that any number leads to a word.
  const bits = new Int32Array(1 << Math.ceil(Math.log2(words)));
  for (let i = 0; i < length; i++) {
    const hash = items[i] as number;
    set(bits, first(hash));
    set(bits, second(hash));
  }
  return bits;
}

const first = (hash: number): number => hash;
const second = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);

function set(bits: Int32Array, hash: number): void {
  const word = (hash >>> 5) & (bits.length - 1);
  bits[word] = (bits[word] as number) | (1 << (hash & 31));
}

const has = (bits: Int32Array, hash: number): boolean =>
  (((bits[(hash >>> 5) & (bits.length - 1)] as number) >>> (hash & 31)) & 1) === 1;

/** Of all digits in a row, decimal or hex, leading zeros aside. */
function hashesIn(stretches: readonly Span[], text: Characters): Numbers {
  const found = new Numbers();
  for (const { from, to } of stretches) addHashes(found, text.slice(from, to));
  return found;
}

function addHashes(found: Numbers, text: string): void {
  for (let at = 0; at < text.length; at++) {
    if (!isHexDigit(text.charCodeAt(at))) continue;
    while (text.charCodeAt(at) === DIGIT_0) at++;
    const from = at;
    while (isHexDigit(text.charCodeAt(at))) at++;
    if (at - from >= FEWEST_DIGITS) found.push(hashOf(text, from, at));
  }
}

/** The same for upper-case digits. */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++)
    hash = Math.imul(hash ^ (text.charCodeAt(at) | 32), 0x01000193);
  return hash ^ (hash >>> 16);
}
