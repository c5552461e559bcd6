import type { LogRecord, Process, Reading } from "../read/model";
import { processAsRead } from "../read/movedProcess";
import { oncePer } from "../read/oncePer";
import { recordsOf } from "../read/renewal";
import type { Span } from "../read/span";
import { withFrames } from "./frameLists";

/** What frames belong to, as it was read. */
export type Holder = Process | LogRecord;

/**
 * Some holders one behind the other. After an edit all but one of a text's blocks are those of before, so that what is
 * worked out for each is there already.
 */
export interface Block {
  readonly holders: readonly Holder[];
  /** Has it so little text that it can be gone through between two keys? */
  readonly isShort: boolean;
}

/** A block as it stands in a text. */
export interface PlacedBlock {
  readonly block: Block;
  /** Where its holders stand now. */
  stretches(): Span[];
}

/** As much text makes a block; a longer process is one of its own. */
const SIZE = 1 << 15;

/** Of the longest that is gone through in one step. */
const SHORT = 1 << 18;

/** All processes of a text, and all entries of its logs that have frames. */
export const blocksOf = oncePer((reading: Reading): readonly PlacedBlock[] => {
  const { holders, shifts } = holdersOf(reading);
  const placed: PlacedBlock[] = [];
  for (let from = 0; from < holders.length; ) {
    const first = from;
    const block = knownAt(holders, first) ?? newBlock(holders, first);
    const stretches = () =>
      block.holders.map(({ span }, i) => {
        const shift = shifts[first + i] as number;
        return { from: span.from + shift, to: span.to + shift };
      });
    placed.push({ block, stretches });
    from += block.holders.length;
  }
  return placed;
});

/** Each as it was read, and how much further back it stands now. */
function holdersOf(reading: Reading) {
  const holders: Holder[] = [];
  const shifts: number[] = [];
  for (const now of reading.processes) {
    const { process, shift } = processAsRead(now);
    holders.push(process);
    shifts.push(shift);
  }
  recordsOf(reading).eachAsRead(withFrames, (_, record, shift) => {
    holders.push(record);
    shifts.push(shift);
  });
  return { holders, shifts };
}

/** The last block that began with a holder. */
const known = new WeakMap<Holder, Block>();

/** The block that is known to begin there, if what follows is still the same. */
function knownAt(all: readonly Holder[], from: number): Block | null {
  const block = known.get(all[from] as Holder);
  return block?.holders.every((holder, i) => holder === all[from + i]) ? block : null;
}

/** It ends where a known one begins. */
function newBlock(all: readonly Holder[], from: number): Block {
  let [to, size] = [from, 0];
  do {
    const { span } = all[to++] as Holder;
    size += span.to - span.from;
  } while (to < all.length && size < SIZE && knownAt(all, to) === null);
  const block = { holders: all.slice(from, to), isShort: size <= SHORT };
  known.set(all[from] as Holder, block);
  return block;
}
