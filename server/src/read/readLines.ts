import { ApacheReader } from "./apache/reader";
import type { EnvelopeOf } from "./envelope";
import { closeFrameRows } from "./frame";
import { GdbReader } from "./gdb/reader";
import { KernelReader } from "./kernel/reader";
import { LighttpdReader } from "./lighttpd/reader";
import { isBlankLine, type Lines } from "./lines";
import { type Mark, Marker, type Marks } from "./marks";
import { emptyOutput, type FormatReader, type Output, type Pass, STOPPED } from "./output";
import { GdbScriptReader, ShellReader } from "./shell/scripts";
import { atOnce, isStep, type Steps } from "./steps";
import { TablesReader } from "./tables/reader";

/** What the formats have found in lines. */
export interface Found {
  readonly output: Output;
  readonly marks: Marks;
  /** Where the reading stopped before the end, or null. */
  readonly stopped: Mark | null;
}

/** Of which formats is a whole text a log? Told where the lines are only a part of it. */
export interface WholeLogs {
  readonly apache: boolean;
  readonly lighttpd: boolean;
}

export interface Part {
  /** Where the reading may stop, as offsets of lines. */
  readonly stops: ReadonlySet<number>;
  readonly wholeLogs: WholeLogs;
}

const NO_STOPS: ReadonlySet<number> = new Set();

/** Lets the formats read the lines. */
export const readLines = (lines: Lines, envelopeOf: EnvelopeOf, part: Part | null = null): Found =>
  atOnce(readLinesSteps(lines, envelopeOf, part));

export function* readLinesSteps(
  lines: Lines,
  envelopeOf: EnvelopeOf,
  part: Part | null,
): Steps<Found> {
  const output = emptyOutput();
  const pass: Pass = (line, first, isStart) => marker.pass(line, first, isStart);
  const gdb = new GdbReader(lines, output, pass);
  const apache = new ApacheReader(lines, output, envelopeOf, pass);
  const lighttpd = new LighttpdReader(lines, output, pass);
  if (part) {
    apache.setWholeLog(part.wholeLogs.apache);
    lighttpd.setWholeLog(part.wholeLogs.lighttpd);
  }
  const isNoOthers = (line: number) =>
    !gdb.startsHere(line) && !apache.startsHere(line) && !lighttpd.startsHere(line);
  // In the order in which they are asked whether a line is theirs.
  const formats: FormatReader[] = [
    gdb,
    apache,
    lighttpd,
    new KernelReader(lines, output, envelopeOf, pass, isNoOthers),
    new TablesReader(lines, output),
    new GdbScriptReader(lines, output),
    new ShellReader(lines, output),
  ];
  const isIdle = (line: number) => formats.every((format) => format.isIdle?.(line) ?? true);
  const marker = new Marker(lines, output, isIdle, part?.stops ?? NO_STOPS);
  try {
    const isWhole = yield* readSections(formats, lines, pass);
    if (isWhole) for (const format of formats) format.finish();
  } finally {
    closeFrameRows();
  }
  return { output, marks: marker.finish(), stopped: marker.stopped };
}

/** False where the reading stopped before the end. */
function* readSections(formats: readonly FormatReader[], lines: Lines, pass: Pass): Steps<boolean> {
  let at = 0;
  while (at < lines.count) {
    if (isStep(at)) yield;
    // What stands in front of blank lines may have looked behind them.
    if (at > 0 && !isBlankLine(lines, at) && pass(at, -1)) return false;
    const after = readSection(formats, at);
    at = typeof after === "number" ? after : yield* after;
    if (at === STOPPED) return false;
  }
  return true;
}

function readSection(formats: readonly FormatReader[], at: number): number | Steps<number> {
  for (const format of formats) {
    const after = format.read(at);
    if (after !== at) return after;
  }
  return at + 1;
}
