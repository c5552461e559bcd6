import { frameLabel } from "../find/groups";
import type { Frame } from "../read/frame";
import type { Reading } from "../read/model";
import { oncePer } from "../read/oncePer";
import { type Block, blocksOf, type Holder } from "./frameBlocks";

/** How many frames are in a file of code, and how many of those have a function's name. */
export interface LibraryCount {
  readonly frames: number;
  readonly named: number;
}

/** What is counted of some stacks. */
interface Counts {
  /** On how many stacks a frame with the label is. */
  readonly stacks: ReadonlyMap<string, number>;
  /** By the file of code. */
  readonly libraries: ReadonlyMap<string, LibraryCount>;
  /** How many frames stand at a line of a source file, `apc.c:72`. */
  readonly sources: ReadonlyMap<string, number>;
}

/** On how many stacks of the text such a frame is; a recursive function counts once for each, a view never. */
export function stacksWith(reading: Reading, label: string): number {
  let count = 0;
  for (const { stacks } of countsOf(reading)) count += stacks.get(label) ?? 0;
  return count;
}

/** How many frames of the text are in a file of code. */
export function framesIn(reading: Reading, library: string): LibraryCount {
  let [frames, named] = [0, 0];
  for (const { libraries } of countsOf(reading)) {
    const count = libraries.get(library);
    frames += count?.frames ?? 0;
    named += count?.named ?? 0;
  }
  return { frames, named };
}

/** How many frames of the text stand at the same line of the source as this one; 0 where it names none. */
export function framesAtSource(reading: Reading, frame: Frame): number {
  const source = sourceOf(frame);
  if (source === null) return 0;
  let count = 0;
  for (const { sources } of countsOf(reading)) count += sources.get(source) ?? 0;
  return count;
}

/** As gdb prints it; the file alone where the line is missing. */
function sourceOf(frame: Frame): string | null {
  const file = frame.part("file");
  return file && frame.cut({ from: file.from, to: frame.part("line")?.to ?? file.to });
}

const countsOf = (reading: Reading): Counts[] =>
  blocksOf(reading).map(({ block }) => countsOfBlock(block));

export const countsOfBlock = oncePer(({ holders }: Block): Counts => {
  const stacks = new Map<string, number>();
  const libraries = new Map<string, LibraryCount>();
  const sources = new Map<string, number>();
  for (const frames of holders.flatMap(stacksOf)) {
    for (const label of new Set(frames.map(frameLabel))) addOne(stacks, label);
    for (const frame of frames) {
      countLibrary(libraries, frame);
      const source = sourceOf(frame);
      if (source !== null) addOne(sources, source);
    }
  }
  return { stacks, libraries, sources };
});

function stacksOf(holder: Holder): (readonly Frame[])[] {
  if ("threads" in holder) return holder.threads.map(({ frames }) => frames);
  return holder.frames === null ? [] : [holder.frames];
}

const addOne = (counts: Map<string, number>, key: string): unknown =>
  counts.set(key, (counts.get(key) ?? 0) + 1);

function countLibrary(libraries: Map<string, LibraryCount>, frame: Frame): void {
  const { library } = frame;
  if (library === null) return;
  const { frames, named } = libraries.get(library) ?? { frames: 0, named: 0 };
  const isNamed = !frame.reads("function", null) && !frame.reads("function", "??");
  libraries.set(library, { frames: frames + 1, named: named + (isNamed ? 1 : 0) });
}
