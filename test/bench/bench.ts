import os from "node:os";
import { groupStacks } from "../../server/src/find/groups";
import { read } from "../../server/src/read/read";
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
const RUNS = 3;

/** The yardstick: one look at every character, in the same process, on the same text. */
function plainPass(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (sum + text.charCodeAt(at)) | 0;
  return sum;
}

/** The best of a few runs, in seconds. */
function best(work: () => unknown, runs = RUNS): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    fastest = Math.min(fastest, (performance.now() - start) / 1000);
  }
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
  { what: "read and report, clean fleet", text: clean, work: reportLines },
];

const gigabytes = Math.round(os.totalmem() / (1 << 30));
console.log(`${os.availableParallelism()} cores, ${gigabytes} GB, Node ${process.version}\n`);
console.log("| what | MB/s | times a plain pass | bytes held per character |");
console.log("|---|---|---|---|");
for (const { what, text, work } of rows) {
  work(text.slice(0, MEGABYTE));
  const yardstick = best(() => plainPass(text), 2 * RUNS);
  const time = best(() => work(text));
  const speed = text.length / MEGABYTE / time;
  const memory = held(text, () => work(text));
  console.log(
    `| ${what} | ${speed.toFixed(0)} | ${(time / yardstick).toFixed(1)} | ${memory.toFixed(1)} |`,
  );
}
