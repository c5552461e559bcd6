import os from "node:os";
import { GroupCounter, groupStacks } from "../../server/src/find/groups";
import { Blocks } from "../../server/src/read/blocks";
import { read } from "../../server/src/read/read";
import { reread } from "../../server/src/read/reread";
import { frameLine } from "../../server/src/show/frameLine";
import { toSource } from "../../server/src/show/toSource";
import {
  apacheLog,
  cleanFleet,
  cutFleet,
  damagedFleet,
  fullBacktraces,
  kernelLog,
  kernelSyslog,
  lighttpdLog,
} from "./texts";

const MEGABYTE = 1 << 20;
const SIZE = 20 * MEGABYTE;
const RUNS = 5;

/** The yardstick: one look at every character, in the same process, on the same text. */
function plainPass(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (sum + text.charCodeAt(at)) | 0;
  return sum;
}

/** In seconds. */
function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** The best of a few runs of both, in turns: a machine that others use is fast and slow by moments. */
function best(work: () => unknown, yardstick: () => unknown): [time: number, yardstick: number] {
  let fastest: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < RUNS; run++)
    fastest = [Math.min(fastest[0], timed(work)), Math.min(fastest[1], timed(yardstick))];
  return fastest;
}

/** What `work` leaves in memory, in bytes for each character of the text. */
function held(text: string, work: () => unknown): number {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const result = work();
  globalThis.gc?.();
  const after = process.memoryUsage().heapUsed;
  return result ? (after - before) / text.length : 0;
}

interface Row {
  readonly what: string;
  readonly text: string;
  readonly work: (text: string) => unknown;
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
function keystroke(what: string, text: string): Row {
  const from = text.indexOf("\n", text.length / 2);
  const edited = Buffer.from(`${text.slice(0, from)}x${text.slice(from)}`).toString("utf8");
  const before = read(text);
  return {
    what,
    text: edited,
    work: () => reread(before, edited, { from, to: from, inserted: "x" }),
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

const clean = cleanFleet(SIZE);
const rows: Row[] = [
  { what: "read, clean fleet", text: clean, work: read },
  { what: "read, bt full", text: fullBacktraces(SIZE), work: read },
  { what: "read, quoted and wrapped fleet", text: damagedFleet(SIZE), work: read },
  { what: "read, fleet cut at 80 columns", text: cutFleet(SIZE), work: read },
  { what: "read, Apache log", text: apacheLog(SIZE), work: read },
  { what: "read, lighttpd log", text: lighttpdLog(SIZE), work: read },
  { what: "read, kernel log", text: kernelLog(SIZE), work: read },
  { what: "read, kernel log in syslog", text: kernelSyslog(SIZE), work: read },
  { what: "read and group, clean fleet", text: clean, work: (text) => groupStacks([read(text)]) },
  { what: "group in blocks, clean fleet", text: clean, work: groupBlocks },
  { what: "read and report, clean fleet", text: clean, work: reportLines },
  keystroke("read again after a keystroke, clean fleet", clean),
  keystroke("read again after a keystroke, Apache log", apacheLog(SIZE)),
];

const gigabytes = Math.round(os.totalmem() / (1 << 30));
console.log(`${os.availableParallelism()} cores, ${gigabytes} GB, Node ${process.version}\n`);
console.log("| what | MB/s | times a plain pass | bytes held per character |");
console.log("|---|---|---|---|");
for (const { what, text, work } of rows) {
  work(text.slice(0, MEGABYTE));
  const [time, yardstick] = best(
    () => work(text),
    () => plainPass(text),
  );
  const speed = text.length / MEGABYTE / time;
  const memory = held(text, () => work(text));
  console.log(
    `| ${what} | ${speed.toFixed(0)} | ${(time / yardstick).toFixed(1)} | ${memory.toFixed(1)} |`,
  );
}
