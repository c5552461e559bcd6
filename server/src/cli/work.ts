import { type KeptBlock, kindsOf } from "../digest/kept";
import { type BlockTimes, blockTimes } from "../digest/wholeOrder";
import { inputParts, type Progress } from "../files/input";
import { type CountedGroup, GroupCounter, MOST_NAMED } from "../find/groups";
import { KnownStacks } from "../find/knownStacks";
import { type Block, Blocks } from "../read/blocks";
import type { BlockSections } from "../read/joinedSections";
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

/** A block of a file, and what is kept of it for judging. */
export interface ReportedBlock extends KeptBlock {
  readonly type: "block";
  readonly isLast: boolean;
  /** Null where it is only to be judged. */
  readonly said: SaidBlock | null;
}

/** What a block says. */
export interface SaidBlock {
  /** Lines of JSON in UTF-8: all but what takes the blocks before to tell. */
  readonly lines: readonly Bytes[];
  /** The first section and the last. */
  readonly sections: BlockSections;
  readonly times: readonly BlockTimes[];
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
  else yield* reported(task, parts);
}

/** The blocks of a text that comes in parts. */
export async function* reported(
  task: Task,
  parts: AsyncIterable<string>,
): AsyncGenerator<ReportedBlock> {
  const reader = new Blocks();
  let isFirst = true;
  for await (const part of parts) {
    for (const block of reader.add(part)) {
      isFirst = false;
      yield reportedBlock(task, block, false);
    }
  }
  const last = reader.finish();
  yield { ...reportedBlock(task, last, true), reading: isFirst ? last.reading : null };
}

/** The block without its reading: what is left can be sent anywhere. */
export function reportedBlock(
  { path, command }: Task,
  block: Block,
  isLast: boolean,
): ReportedBlock {
  const { reading, at } = block;
  const said = command === "report" ? saidBlock(path, block) : null;
  const { text } = reading;
  const kinds = [...kindsOf(reading)];
  const kept = { text, length: text.length, line: at.line, kinds, reading: null };
  return { type: "block", isLast, said, ...kept };
}

function saidBlock(path: string, { reading, at, sections: found }: Block): SaidBlock {
  const range = ranges(reading, at);
  const lines = new ReportLines(path, range, codesOf);
  const { sections } = found;
  for (const section of sections.slice(1, -1)) lines.item("section", section);
  // Of times that go back, the block knows only a part.
  lines.reading(reading, (code) => code !== "out-of-order");
  const ends = sections.filter((_, i) => i === 0 || i === sections.length - 1);
  return {
    lines: lines.finish(),
    sections: { ...found, sections: ends },
    times: blockTimes(reading, range),
  };
}

/** Used for one text after the other. */
let codes = new Uint16Array();

/** The codes of a text's characters: good until it is asked for those of the next. */
function codesOf(text: string): Uint16Array {
  if (codes.length < text.length) codes = new Uint16Array(text.length + (text.length >> 2));
  Buffer.from(codes.buffer).write(text, "utf16le");
  return codes;
}

async function counted(parts: AsyncIterable<string>, depth: number): Promise<CountedGroups> {
  const counter = new GroupCounter(depth, frameLine);
  const known = new KnownStacks(MOST_NAMED);
  const reader = new Blocks();
  for await (const part of unknown(parts, known))
    for (const { reading } of reader.add(part)) counter.add(reading);
  counter.add(reader.finish().reading);
  for (const { thread, count } of known.leftOut()) counter.addMore(thread, count);
  return { type: "groups", groups: counter.inOrder(), others: counter.others };
}

/** The parts without the stacks that are known. */
async function* unknown(parts: AsyncIterable<string>, known: KnownStacks): AsyncGenerator<string> {
  for await (const part of parts) yield known.add(part);
  yield known.finish();
}

/** What of a block is handed over to another thread, not copied. */
export const buffersOf = ({ said }: ReportedBlock): ArrayBuffer[] =>
  said?.lines.map(({ buffer }) => buffer) ?? [];
