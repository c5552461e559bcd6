import { type KeptBlock, kindsOf } from "../digest/kept";
import { WholeOrder } from "../digest/wholeOrder";
import { inputParts, type Progress } from "../files/input";
import { type CountedGroup, GroupCounter, MOST_NAMED } from "../find/groups";
import { KnownStacks } from "../find/knownStacks";
import { type Block, Blocks } from "../read/blocks";
import { frameLine } from "../show/frameLine";
import type { Bytes } from "../show/jsonBytes";
import { ReportLines } from "../show/reportLines";
import { ranges } from "../show/toSource";

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
  /** In UTF-8. */
  readonly output: readonly Bytes[];
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
    const lines = command === "report" ? linesOf(path, block) : null;
    if (isLast) for (const problem of order.problems()) lines?.item("problem", problem);
    const kinds = [...kindsOf(reading)];
    const isOnly = isFirst && isLast;
    isFirst = false;
    yield {
      type: "block",
      output: lines?.finish() ?? [],
      text: reading.text,
      line: at.line,
      kinds,
      reading: isOnly ? reading : null,
    };
  }
}

/** One JSON object a line, each with its type and path, so that a reader needs no more than a line of memory. */
function linesOf(path: string, { reading, at, sections }: Block): ReportLines {
  const lines = new ReportLines(path, ranges(reading, at));
  for (const section of sections) lines.item("section", section);
  // Of times that go back, the block knows only a part.
  lines.reading(reading, (code) => code !== "out-of-order");
  return lines;
}
