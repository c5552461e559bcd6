import { GroupCounter, groupStacks } from "../../server/src/find/groups";
import { Blocks } from "../../server/src/read/blocks";
import { PiecedText } from "../../server/src/read/piecedText";
import { read } from "../../server/src/read/read";
import { reread } from "../../server/src/read/reread";
import { frameLine } from "../../server/src/show/frameLine";
import { toSource } from "../../server/src/show/toSource";
import { inTurns, MEGABYTE, processorTime } from "./measure";
import { type Row, rounded } from "./table";
import {
  apacheLog,
  cleanFleet,
  cutFleet,
  damagedFleet,
  fullBacktraces,
  kernelLog,
  kernelSyslog,
  lighttpdLog,
  prefixedFleet,
} from "./texts";

/** A work in this process. */
interface Task {
  readonly what: string;
  readonly text: string;
  readonly work: (text: string) => unknown;
}

/** In one thread of this process: reading, and the two things that the command line makes of it. */
export function* readerRows(size: number, rounds: number): Generator<Row> {
  for (const task of tasks(size)) {
    const { what, text, work } = task;
    work(text.slice(0, MEGABYTE));
    const { seconds, ratio } = inTurns(rounds, text, () => processorTime(() => work(text)));
    const memory = held(text, () => work(text));
    const figure = `${rounded(text.length / MEGABYTE / seconds)} MB/s`;
    yield { what, figure, ratio, memory };
  }
}

function* tasks(size: number): Generator<Task> {
  const clean = cleanFleet(size);
  yield { what: "read, clean fleet", text: clean, work: read };
  yield { what: "read, bt full", text: fullBacktraces(size), work: read };
  yield { what: "read, fleet behind syslog's prefixes", text: prefixedFleet(size), work: read };
  yield { what: "read, quoted and wrapped fleet", text: damagedFleet(size), work: read };
  yield { what: "read, fleet cut at 80 columns", text: cutFleet(size), work: read };
  yield { what: "read, Apache log", text: apacheLog(size), work: read };
  yield { what: "read, lighttpd log", text: lighttpdLog(size), work: read };
  yield { what: "read, kernel log", text: kernelLog(size), work: read };
  yield { what: "read, kernel log in syslog", text: kernelSyslog(size), work: read };
  yield {
    what: "read and group, clean fleet",
    text: clean,
    work: (text) => groupStacks([read(text)]),
  };
  yield { what: "group in blocks, clean fleet", text: clean, work: groupBlocks };
  yield { what: "read and report, clean fleet", text: clean, work: reportLines };
  yield keystroke("read again after a keystroke, clean fleet", clean);
  yield keystroke("read again after a keystroke, bt full", fullBacktraces(size));
  yield keystroke("read again after a keystroke, Apache log", apacheLog(size));
  yield keystroke("read again after a keystroke, kernel log", kernelLog(size));
}

/** What `work` leaves in memory, in bytes for each character of the text. */
function held(text: string, work: () => unknown): number {
  globalThis.gc?.();
  const before = inUse();
  const result = work();
  globalThis.gc?.();
  const after = inUse();
  return result ? Math.max(0, after - before) / text.length : 0;
}

/** Rows of numbers lie outside of the heap. */
function inUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What `report --format ndjson` makes of a text: every argument taken apart, every item as JSON. */
function reportLines(text: string): number {
  const { sections, processes, records, tables, problems } = toSource("-", read(text));
  let length = 0;
  for (const items of [sections, processes, records, tables, problems])
    for (const item of items) length += JSON.stringify(item).length;
  return length;
}

/** A letter typed in the middle of a text, and the reading of what comes out. */
function keystroke(what: string, text: string): Task {
  const from = text.indexOf("\n", text.length / 2);
  const edited = Buffer.from(`${text.slice(0, from)}x${text.slice(from)}`).toString("utf8");
  const before = read(text);
  const pieced = PiecedText.of(text);
  return {
    what,
    text: edited,
    work: () => reread(before, pieced.edited(from, from, "x"), { from, to: from, inserted: "x" }),
  };
}

/** What `group` does with a file: counted block by block, as it comes. */
function groupBlocks(text: string): number {
  const blocks = new Blocks();
  const counter = new GroupCounter(Number.POSITIVE_INFINITY, frameLine);
  for (let at = 0; at < text.length; at += MEGABYTE)
    for (const { reading } of blocks.add(text.slice(at, at + MEGABYTE))) counter.add(reading);
  counter.add(blocks.finish().reading);
  return counter.inOrder().length;
}
