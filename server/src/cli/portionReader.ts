import { type Decoder, utf8Decoder, withoutMark } from "../files/decode";
import { CHUNK } from "../files/input";
import { type Block, Blocks } from "../read/blocks";
import type { Portion } from "./portions";
import { type ReportedBlock, reportedBlock, type Task } from "./work";

/** Reads a text from its beginning, or from a portion on. */
export class PortionReader {
  private readonly task: Task;
  private readonly blocks: Blocks;
  private readonly decoder: Decoder = utf8Decoder();
  private isAtStart: boolean;

  private constructor(task: Task, blocks: Blocks, isAtStart: boolean) {
    this.task = task;
    this.blocks = blocks;
    this.isAtStart = isAtStart;
  }

  static fromStart(task: Task): PortionReader {
    return new PortionReader(task, new Blocks(), true);
  }

  /** Another reader, which has read the run-up of a portion; null where it can be read by no other than this. */
  startAt({ bytes, runUp, line }: Portion): PortionReader | null {
    const blocks = runUp > 1 ? this.blocks.elsewhere(line) : null;
    if (blocks === null) return null;
    const other = new PortionReader(this.task, blocks, false);
    for (const _ of blocks.add(other.text(bytes.subarray(0, runUp))));
    blocks.settle();
    return other;
  }

  /** Two readers that have come to the same place read on alike where this is the same. */
  get state(): string {
    return this.blocks.state;
  }

  /** Takes a portion without its run-up. `isAllKept`: is its text kept, whether it says something new or not? */
  *read({ bytes, runUp, isLast }: Portion, isAllKept: boolean): Generator<ReportedBlock> {
    const seen = new Set<string>();
    const reported = (block: Block, isEnd: boolean): ReportedBlock => {
      const made = reportedBlock(this.task, block, isEnd);
      const before = seen.size;
      for (const kind of made.kinds) seen.add(kind);
      return isAllKept || seen.size > before ? made : { ...made, text: null };
    };
    for (let at = runUp; at < bytes.length; at += CHUNK) {
      const text = this.text(bytes.subarray(at, at + CHUNK));
      for (const block of this.blocks.add(text)) yield reported(block, false);
    }
    if (!isLast) return;
    for (const block of this.blocks.add(this.decoder.end())) yield reported(block, false);
    yield reported(this.blocks.finish(), true);
  }

  private text(bytes: Uint8Array): string {
    const text = this.decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    if (!this.isAtStart) return text;
    this.isAtStart = false;
    return withoutMark(text);
  }
}
