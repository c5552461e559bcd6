import type { NamedReading } from "../find/finding";
import { frameLabel } from "../find/groups";
import { splitLines } from "../read/lines";
import type { Reading } from "../read/model";
import { readSteps } from "../read/read";
import { atOnce, type Steps } from "../read/steps";

/** A block of a file, as far as it may be kept. */
export interface KeptBlock {
  /** Null where the block has no kind that an earlier one has not, and `isFull` has been true by then. */
  readonly text: string | null;
  readonly length: number;
  /** The line of the file, counted from 0, with which it begins. */
  readonly line: number;
  /** What kinds of stacks and entries it has. */
  readonly kinds: readonly string[];
  /** The reading of a file that is a single block, where it needs not be sent anywhere. */
  readonly reading: Reading | null;
}

export interface Budgets {
  /** So much text is kept as it comes, */
  readonly first: number;
  /** and so much more of what brings something new. */
  readonly later: number;
}

const MEGABYTE = 1 << 20;

const BUDGETS: Budgets = { first: 8 * MEGABYTE, later: 8 * MEGABYTE };

/** Kinds beyond so many are taken for known. */
const MOST_KINDS = 100_000;

/** The kept blocks of one file. */
interface KeptFile {
  readonly path: string;
  readonly blocks: { readonly text: string; readonly line: number }[];
  readonly reading: Reading | null;
}

/** The text that is judged in the end: all of it while there is room, then what brings something new. */
export class Kept {
  private readonly budgets: Budgets;
  private readonly files: KeptFile[] = [];
  private readonly kinds = new Set<string>();
  private all = 0;
  private first = 0;
  private later = 0;
  /** Is from now on only kept what brings something new? */
  isFull = false;

  constructor(budgets: Budgets = BUDGETS) {
    this.budgets = budgets;
  }

  add(path: string, block: KeptBlock): void {
    const { text, length, line, kinds, reading } = block;
    this.all += length;
    const isNew = this.addKinds(kinds);
    if (!this.hasRoom(length, isNew) || text === null) return;
    const file = this.files[this.files.length - 1];
    if (file?.path === path && line > 0) file.blocks.push({ text, line });
    else this.files.push({ path, blocks: [{ text, line }], reading });
  }

  /** Is one of them new? */
  private addKinds(kinds: readonly string[]): boolean {
    if (this.kinds.size >= MOST_KINDS) return false;
    const before = this.kinds.size;
    for (const kind of kinds) this.kinds.add(kind);
    return this.kinds.size > before;
  }

  private hasRoom(length: number, isNew: boolean): boolean {
    this.isFull ||= this.first + length > this.budgets.first;
    if (!this.isFull) this.first += length;
    else if (isNew && this.later + length <= this.budgets.later) this.later += length;
    else return false;
    return true;
  }

  /** The kept texts, read. They are handed over: a second time there are none. */
  sources(): NamedReading[] {
    return atOnce(this.sourceSteps());
  }

  /** The same in steps, none of which takes long. */
  *sourceSteps(): Steps<NamedReading[]> {
    const sources: NamedReading[] = [];
    for (let file = this.files.shift(); file !== undefined; file = this.files.shift()) {
      const { path, reading } = file;
      const lineOf = linesOf(file.blocks);
      const text = file.blocks.map((block) => block.text).join("");
      // The whole and its blocks would be twice as much to hold.
      file.blocks.length = 0;
      sources.push({ path, reading: reading ?? (yield* readSteps(text)), lineOf });
    }
    return sources;
  }

  /** What has to be said where not all of the text was judged, or null. */
  limit(): string | null {
    const kept = this.first + this.later;
    if (kept === this.all) return null;
    const [some, whole, first] = [kept, this.all, this.first].map(megabytes);
    return `Findings and hypotheses rest on ${some} of ${whole} MB: the first ${first} MB, and of the rest what brought stacks or kinds of entries that had not been seen before.`;
  }
}

const megabytes = (characters: number): string => (characters / MEGABYTE).toFixed(1);

/** Leads from the lines of the kept text to those of the file. */
function linesOf(blocks: KeptFile["blocks"]): (line: number) => number {
  const shifts: { from: number; shift: number }[] = [];
  let from = 0;
  for (const { text, line } of blocks) {
    shifts.push({ from, shift: line - from });
    from += splitLines(text).count;
  }
  return (line) => line + (shifts.findLast((each) => each.from <= line)?.shift ?? 0);
}

/** So many innermost frames make a kind of stack. */
const KIND_DEPTH = 5;

/** What kinds of stacks and entries a text has, for `KeptBlock`. */
export function kindsOf({ processes, records }: Reading): Set<string> {
  const kinds = new Set<string>();
  for (const { threads } of processes)
    for (const { frames } of threads)
      kinds.add(frames.slice(0, KIND_DEPTH).map(frameLabel).join("\n"));
  const byFormat = new Map<string, Set<string>>();
  for (const { format, kind } of records) {
    const known = byFormat.get(format) ?? new Set();
    byFormat.set(format, known.add(kind));
  }
  for (const [format, known] of byFormat) for (const kind of known) kinds.add(`${format} ${kind}`);
  return kinds;
}
