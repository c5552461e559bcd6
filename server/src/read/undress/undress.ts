import { BLANK, HASH, NEWLINE, RETURN, TAB } from "../chars";
import { isStrong, lineKind } from "../gdb/lineKind";
import { type Lines, type Split, splitLines } from "../lines";
import { type Meeting, nothingMet } from "../met";
import { chain, chainSteps, Rewriter, type Rewritten } from "../rewrite";
import { atOnce, isStep, type Steps } from "../steps";
import { dropColours } from "./colours";
import { unpackCsv } from "./csv";
import { unwrapJsonLine } from "./jsonLines";
import { unpackMachineInterface } from "./mi";
import { type Prefix, prefixAt, timeEnd } from "./prefix";

/** The text without what mailers, terminals and log shippers put around its lines. */
export interface Undressed extends Rewritten {
  /** Length of the prefix that each line lost, by line number; null where no line had one. */
  readonly prefixLengths: readonly number[] | null;
}

/** More quotes and shippers around a line than this are not taken off. */
const MOST_LAYERS = 8;

/** Takes off quote marks, shippers' prefixes, colours and foreign line breaks. Clean text comes back as it is. */
export const undress = (text: string, split: Split = splitLines): Undressed =>
  atOnce(undressSteps(text, split, nothingMet()));

const UNPACKERS = [unpackJson, unpackMachineInterface, dropColours];

export function* undressSteps(text: string, split: Split, met: Meeting): Steps<Undressed> {
  let unpacked = unpackCsv(text);
  for (const unpack of UNPACKERS) {
    unpacked = chain(unpacked, (packed) => unpack(packed, split, met));
    yield;
  }
  let prefixLengths: readonly number[] | null = null;
  const bare = yield* chainSteps(unpacked, function* (packed) {
    const dropped = yield* dropPrefixes(split(packed), met);
    prefixLengths = dropped.prefixLengths;
    return dropped;
  });
  return { ...bare, prefixLengths };
}

function unpackJson(text: string, split: Split): Rewritten {
  const rewriter = new Rewriter(text);
  if (text.includes('{"') || text.includes('"msg": "')) {
    const lines = split(text);
    for (let i = 0; i < lines.count; i++) {
      unwrapJsonLine(rewriter, text, lines.starts[i] as number, lines.ends[i] as number);
    }
  }
  return rewriter.finish();
}

function* dropPrefixes(lines: Lines, met: Meeting): Steps<Undressed> {
  const { text } = lines;
  const ends = yield* prefixEnds(lines, met);
  if (ends === null && !text.includes("\r")) return { text, mapping: null, prefixLengths: null };
  const rewriter = new Rewriter(text);
  const prefixLengths: number[] = [];
  let gap = 0;
  for (let i = 0; i < lines.count; i++) {
    if (isStep(i)) yield;
    const start = lines.starts[i] as number;
    const end = ends === null ? start : (ends[i] as number);
    if (ends !== null && i > 0 && isPartial(text, lines, ends, i - 1))
      rewriter.replace(gap, end, "");
    else {
      prefixLengths.push(end - start);
      // A foreign line break becomes a plain one.
      const isPlain = i === 0 || (start - gap === 1 && text.charCodeAt(gap) === NEWLINE);
      if (!isPlain) rewriter.replace(gap, start, "\n");
      if (end > start) rewriter.replace(start, end, "");
    }
    gap = lines.ends[i] as number;
  }
  if (text.charCodeAt(gap) === RETURN) rewriter.replace(gap, text.length, "\n");
  return { ...rewriter.finish(), prefixLengths: ends && prefixLengths };
}

/** A time of seconds, the stream and the mark. */
const SHORTEST_CRI = 25;
const LETTER_P = 80;

/** Kubernetes marks a line that goes on in the next one with `P`. */
function isPartial(text: string, lines: Lines, ends: Int32Array, i: number): boolean {
  const end = ends[i] as number;
  if (text.charCodeAt(end - 2) !== LETTER_P || end - (lines.starts[i] as number) <= SHORTEST_CRI)
    return false;
  return /std(?:out|err) P $/.test(text.slice(end - 9, end));
}

/** Where each line's own text starts; null where no line has a prefix. */
function* prefixEnds(lines: Lines, met: Meeting): Steps<Int32Array | null> {
  let ends: Int32Array | null = null;
  let quotes = 0;
  for (let i = 0; i < lines.count; i++) {
    if (isStep(i)) yield;
    const start = lines.starts[i] as number;
    if (isOrdinaryStart(lines.text.charCodeAt(start))) {
      quotes = 0;
      continue;
    }
    const layers = dropLayers(lines, i, quotes);
    quotes = layers.quotes;
    if (layers.end === start) continue;
    ends ??= lines.starts.slice(0, lines.count);
    ends[i] = layers.end;
  }
  return yield* dropTimes(lines, ends, met);
}

/** Frames, locals and empty lines are most of a capture, and no prefix begins like them. */
const isOrdinaryStart = (code: number): boolean =>
  code === HASH || code === BLANK || code === TAB || Number.isNaN(code);

interface Layers {
  readonly end: number;
  readonly quotes: number;
}

/**
 * The layers before the line `i`. A wrapped line has as many quote marks as the one before it: another `>` is its own,
 * as in `> >::push_back (this=0x0)`.
 */
function dropLayers(lines: Lines, i: number, quotesBefore: number): Layers {
  const layers = layersOf(lines, i, MOST_LAYERS);
  if (quotesBefore === 0 || layers.quotes <= quotesBefore) return layers;
  const isOwn = isStrong(lineKind(lines.text, layers.end, lines.ends[i] as number));
  return isOwn ? layers : layersOf(lines, i, quotesBefore);
}

function layersOf(lines: Lines, i: number, mostQuotes: number): Layers {
  const { text } = lines;
  const to = lines.ends[i] as number;
  let end = lines.starts[i] as number;
  let quotes = 0;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const prefix = prefixAt(text, end, to);
    if (prefix === null) break;
    if (prefix.kind === "quote" && (quotes === mostQuotes || !isQuote(lines, i, prefix))) break;
    if (prefix.kind === "quote") quotes++;
    end = prefix.end;
  }
  return { end, quotes };
}

/** gdb's own `>` prompt stands alone; a quoted line has neighbours, or holds something of gdb's. */
function isQuote(lines: Lines, i: number, prefix: Prefix): boolean {
  const isMark = (line: number) =>
    line >= 0 && line < lines.count && lines.text[lines.starts[line] as number] === ">";
  if (isMark(i - 1) || isMark(i + 1)) return true;
  const to = lines.ends[i] as number;
  let at = prefix.end;
  for (let inner = prefixAt(lines.text, at, to); inner; inner = prefixAt(lines.text, at, to)) {
    at = inner.end;
  }
  const time = timeEnd(lines.text, at, to);
  return isStrong(lineKind(lines.text, time < 0 ? at : time, to));
}

/**
 * Bare times (`[21:37:44] #0 ...`) go where a run of lines has them and at least one of the run holds something of
 * gdb's; elsewhere a time belongs to the line, as in a server's log.
 */
function* dropTimes(
  lines: Lines,
  known: Int32Array | null,
  met: Meeting,
): Steps<Int32Array | null> {
  let ends = known;
  let i = 0;
  while (i < lines.count) {
    if (isStep(i)) yield;
    const run = timedRun(lines, known, i);
    if (run.evidence) {
      met.isTimed = true;
      ends ??= lines.starts.slice(0, lines.count);
      for (let line = i; line < run.end; line++) ends[line] = timeEndOf(lines, known, line);
    }
    i = Math.max(run.end, i + 1);
  }
  return ends;
}

function timeEndOf(lines: Lines, known: Int32Array | null, i: number): number {
  const start = (known ?? lines.starts)[i] as number;
  const code = lines.text.charCodeAt(start);
  const canBeTime = (code >= 48 && code <= 57) || code === 91 || (code >= 65 && code <= 83);
  return canBeTime ? timeEnd(lines.text, start, lines.ends[i] as number) : -1;
}

function timedRun(lines: Lines, known: Int32Array | null, first: number) {
  let end = first;
  let evidence = false;
  for (; end < lines.count; end++) {
    const after = timeEndOf(lines, known, end);
    if (after < 0) break;
    evidence ||= isStrong(lineKind(lines.text, after, lines.ends[end] as number));
  }
  return { end, evidence };
}
