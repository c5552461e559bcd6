import { type KeptBlock, kindsOf } from "../digest/kept";
import { WholeOrder } from "../digest/wholeOrder";
import { inputParts, type Progress } from "../files/input";
import { type CountedGroup, GroupCounter, MOST_NAMED } from "../find/groups";
import { KnownStacks } from "../find/knownStacks";
import { type Block, Blocks } from "../read/blocks";
import { frameLine } from "../show/frameLine";
import { ranges, reportItems } from "../show/toSource";

/** What is to be done with a file. It can be sent to a worker. */
export interface Task {
  readonly command: "report" | "group" | "judge";
  readonly path: string;
  readonly depth: number;
}

/** What comes of it, bit by bit. */
export type Result = ReportedBlock | CountedGroups;

/** A block of a file as lines of JSON, none where it is only to be judged, and what is kept of it for judging. */
export interface ReportedBlock extends KeptBlock {
  readonly type: "block";
  readonly output: readonly string[];
}

export interface CountedGroups {
  readonly type: "groups";
  readonly groups: readonly CountedGroup[];
  readonly others: number;
}

/** Does the task in this thread. */
export async function* work(task: Task, progress: Progress): AsyncGenerator<Result> {
  const parts = inputParts(task.path, progress);
  if (task.command === "group") yield await counted(parts, task.depth);
  else yield* reported(task, blocksOf(parts));
}

interface ReadBlock {
  readonly block: Block;
  readonly isLast: boolean;
}

async function* blocksOf(parts: AsyncIterable<string>): AsyncGenerator<ReadBlock> {
  const reader = new Blocks();
  for await (const part of parts)
    for (const block of reader.add(part)) yield { block, isLast: false };
  yield { block: reader.finish(), isLast: true };
}

async function counted(parts: AsyncIterable<string>, depth: number): Promise<CountedGroups> {
  const counter = new GroupCounter(depth, frameLine);
  const known = new KnownStacks(MOST_NAMED);
  for await (const { block } of blocksOf(unknown(parts, known))) counter.add(block.reading);
  for (const { thread, count } of known.leftOut()) counter.addMore(thread, count);
  return { type: "groups", groups: counter.inOrder(), others: counter.others };
}

/** The parts without the stacks that are known. */
async function* unknown(parts: AsyncIterable<string>, known: KnownStacks): AsyncGenerator<string> {
  for await (const part of parts) yield known.add(part);
  yield known.finish();
}

async function* reported(
  { path, command }: Task,
  blocks: AsyncIterable<ReadBlock>,
): AsyncGenerator<ReportedBlock> {
  const order = new WholeOrder();
  let isFirst = true;
  for await (const { block, isLast } of blocks) {
    const { reading, at } = block;
    order.add(block);
    const output = command === "report" ? linesOf(path, block) : new Portions();
    if (isLast) for (const problem of order.problems()) output.push(line(path, "problem", problem));
    output.close();
    const kinds = [...kindsOf(reading)];
    const isOnly = isFirst && isLast;
    isFirst = false;
    yield {
      type: "block",
      output: output.portions,
      text: reading.text,
      line: at.line,
      kinds,
      reading: isOnly ? reading : null,
    };
  }
}

/** So many characters are written at once. */
const PORTION = 1 << 16;

/** Lines in portions: a write for each of them would take longer than they. */
class Portions {
  readonly portions: string[] = [];
  private lines: string[] = [];
  private length = 0;

  push(line: string): void {
    this.lines.push(line);
    this.length += line.length;
    if (this.length >= PORTION) this.close();
  }

  close(): void {
    if (this.length > 0) this.portions.push(this.lines.join(""));
    this.lines = [];
    this.length = 0;
  }
}

/** One JSON object a line, each with its type and path, so that a reader needs no more than a line of memory. */
function linesOf(path: string, { reading, at, sections }: Block): Portions {
  const lines = new Portions();
  for (const section of sections) lines.push(line(path, "section", section));
  for (const { type, item } of reportItems(reading, ranges(reading, at))) {
    // Of times that go back, the block knows only a part.
    const isOrder = type === "problem" && item.code === "out-of-order";
    if (!isOrder) lines.push(line(path, type, item));
  }
  return lines;
}

/** The item with its type and path in front, which needs no copy of it. */
const line = (path: string, type: string, item: object): string =>
  `{"type":"${type}","path":${JSON.stringify(path)},${JSON.stringify(item).slice(1)}\n`;
