import {
  BLANK,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  isDigit,
  isHexDigit,
  LESS,
  OPEN_BRACKET,
  OPEN_PAREN,
  skipBlanks,
  skipBlanksBack,
  skipHex,
} from "../chars";
import { emptyParts, Frame, type FrameParts } from "../frame";
import { indexWithin } from "./search";
import { stampEnd } from "./stamp";

// Lines of a call trace, over the years and processors:
//
//      demo_write+0x1c/0x60 [demo]                                     4.10 and later
//      ? demo_lookup+0x14/0x90                                         found on the stack, not surely called
//      [<ffffffff8108a1b4>] ? kthread+0xd4/0xe0                        before 4.10
//      <IRQ>  [<ffffffff8138d924>] sched_show_task+0x378/0x387         with the stack it is on
//     [c000000003a3bd80] [c0000000005b7a9c] dump_stack+0xb0/0xf4       powerpc
//     [<8011344c>] (show_stack) from [<8010ef84>] (dump_stack+0xa0/0xc0)   arm: the second called the first
//      show_stack from dump_stack+0xa0/0xc0                            arm, 5.19 and later
//      demo_write+0x1c/0x60 drivers/demo/core.c:210 [inline]           with source lines added
//      demo_write (drivers/demo/core.c:210) demo                       by scripts/decode_stacktrace.sh

/** Markers, stamps and addresses before a function are not looked through further than this. */
const MOST_LAYERS = 6;

/** `<ENTRY_TRAMPOLINE>` is the longest that the kernel has. */
const LONGEST_MARKER = 24;

/** A longer path is none of the kernel's. */
const LONGEST_PLACE = 512;

/** A symbol with its place in the function, wherever it stands. */
interface SymbolPlace {
  readonly from: number;
  readonly to: number;
  readonly offsetFrom: number;
  readonly offsetTo: number;
  readonly end: number;
}

/** The parts of the frame that is read; a frame copies them. Most lines of a report are none, so that they share these. */
const parts = emptyParts(0, 0);

function clear(cleared: FrameParts, from: number, to: number): void {
  cleared.from = from;
  cleared.to = to;
  cleared.addressFrom = cleared.addressTo = cleared.functionFrom = cleared.functionTo = -1;
  cleared.fileFrom = cleared.fileTo = cleared.lineFrom = cleared.lineTo = -1;
  cleared.libraryFrom = cleared.libraryTo = cleared.offsetFrom = cleared.offsetTo = -1;
}

/** The frame of a call trace that the line `from .. to` shows, or null. */
export function traceFrame(text: string, from: number, to: number): Frame | null {
  clear(parts, from, to);
  const name = functionStart(text, parts, from, to);
  const code = text.charCodeAt(name);
  if (name >= to || isDigit(code)) return null;
  if (code === OPEN_PAREN) return armFrame(text, parts, name, to);
  const symbol = symbolAt(text, name, to);
  if (symbol === null) return symbolOnly(text, parts, name, to);
  setSymbol(parts, symbol);
  const end = moduleParts(text, parts, skipBlanks(text, symbol.end, to), to);
  sourceParts(text, parts, end, to);
  parts.to = skipBlanksBack(text, symbol.end, to);
  return newFrame(text, parts);
}

/** A frame out of the first `name+0x1c/0x60` between `from` and `to`: registers, headlines, locks held. */
export function frameWithin(text: string, from: number, to: number): Frame | null {
  let at = indexWithin(text, "+0x", from, to);
  while (at >= 0) {
    let name = at;
    while (name > from && isSymbolCharacter(text.charCodeAt(name - 1))) name--;
    const symbol = name < at ? symbolAt(text, name, to) : null;
    if (symbol !== null) return frameOf(text, symbol, to);
    at = indexWithin(text, "+0x", at + 3, to);
  }
  return null;
}

function frameOf(text: string, symbol: SymbolPlace, to: number): Frame {
  const parts = emptyParts(symbol.from, symbol.end);
  setSymbol(parts, symbol);
  const end = moduleParts(text, parts, skipBlanks(text, symbol.end, to), to);
  if (parts.libraryFrom >= 0) parts.to = end;
  return Frame.of(text, parts);
}

/** The frame of a bare name that stands at `from .. to`. */
export function namedFrame(text: string, from: number, to: number): Frame {
  return Frame.of(text, { ...emptyParts(from, to), functionFrom: from, functionTo: to });
}

/** Past `<IRQ>`, a second stamp, addresses in brackets and the mark of uncertainty. */
function functionStart(text: string, parts: FrameParts, from: number, to: number): number {
  let at = skipBlanks(text, from, to);
  parts.from = at;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const next = skipBlanks(text, layerEnd(text, parts, at, to), to);
    if (next === at) break;
    at = next;
  }
  return text.startsWith("? ", at) ? skipBlanks(text, at + 2, to) : at;
}

function layerEnd(text: string, parts: FrameParts, at: number, to: number): number {
  const code = text.charCodeAt(at);
  if (code === LESS) return markerEnd(text, at, to);
  if (code !== OPEN_BRACKET) return at;
  const stamp = stampEnd(text, at, to);
  return stamp > at ? stamp : addressEnd(text, parts, at, to);
}

/** `<IRQ>`, `</TASK>`, `<#DF>` */
function markerEnd(text: string, at: number, to: number): number {
  const close = indexWithin(text, ">", at, Math.min(to, at + LONGEST_MARKER));
  return close < 0 ? at : close + 1;
}

/** `[<ffffffff8108a1b4>]`, `[c0000000005b7a9c]` */
function addressEnd(text: string, parts: FrameParts, at: number, to: number): number {
  const from = text.charCodeAt(at + 1) === LESS ? at + 2 : at + 1;
  const to16 = hexEnd(text, from, to);
  const end = from === at + 2 ? to16 + 1 : to16;
  if (to16 - from < 8 || text.charCodeAt(end) !== CLOSE_BRACKET) return at;
  parts.addressFrom = from;
  parts.addressTo = to16;
  return end + 1;
}

function hexEnd(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isHexDigit(text.charCodeAt(at))) at++;
  return at;
}

/** Letters, digits and what compilers put into the names of symbols. */
const isSymbolCharacter = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  ((code | 32) >= 97 && (code | 32) <= 122) ||
  code === 95 ||
  code === 46 ||
  code === 36;

/** `demo_write+0x1c/0x60` at `from`, or null. */
function symbolAt(text: string, from: number, to: number): SymbolPlace | null {
  let plus = from;
  while (plus < to && isSymbolCharacter(text.charCodeAt(plus))) plus++;
  if (plus === from || text.charAt(plus) !== "+") return null;
  const offsetEnd = skipHex(text, plus + 1, to);
  if (offsetEnd === plus + 1 || text.charAt(offsetEnd) !== "/") return null;
  const end = skipHex(text, offsetEnd + 1, to);
  if (end === offsetEnd + 1) return null;
  return { from, to: plus, offsetFrom: plus + 1, offsetTo: offsetEnd, end };
}

function setSymbol(parts: FrameParts, symbol: SymbolPlace): void {
  parts.functionFrom = symbol.from;
  parts.functionTo = symbol.to;
  parts.offsetFrom = symbol.offsetFrom;
  parts.offsetTo = symbol.offsetTo;
}

/** `[demo]`, `[demo 0f1e...]` at `at`; the end of it. */
function moduleParts(text: string, parts: FrameParts, at: number, to: number): number {
  if (text.charCodeAt(at) !== OPEN_BRACKET || text.startsWith("[inline]", at)) return at;
  const close = indexWithin(text, "]", at, to);
  if (close < 0) return at;
  const blank = indexWithin(text, " ", at, close);
  parts.libraryFrom = at + 1;
  parts.libraryTo = blank > 0 ? blank : close;
  return close + 1;
}

/** `drivers/demo/core.c:210` at or behind `at`. */
function sourceParts(text: string, parts: FrameParts, at: number, to: number): number {
  const from = skipBlanks(text, at, to);
  let end = from;
  while (end < to && !isPlaceEnd(text.charCodeAt(end))) end++;
  // No line of a source file without its colon.
  if (!isDigit(text.charCodeAt(end - 1)) || !hasColon(text, from, end)) return at;
  if (!/^[\w./-]+\.\w+:\d{1,9}$/.test(text.slice(from, Math.min(end, from + LONGEST_PLACE))))
    return at;
  const colon = text.lastIndexOf(":", end);
  [parts.fileFrom, parts.fileTo, parts.lineFrom, parts.lineTo] = [from, colon, colon + 1, end];
  return end;
}

function hasColon(text: string, from: number, to: number): boolean {
  for (let at = to - 1; at > from; at--) if (text.charCodeAt(at) === COLON) return true;
  return false;
}

const isPlaceEnd = (code: number): boolean => code === BLANK || code === CLOSE_PAREN;

function newFrame(text: string, parts: FrameParts): Frame {
  const frame = Frame.of(text, parts);
  if (text.endsWith("[inline]", parts.to)) frame.kind = "inline";
  return frame;
}

/** A line without `+0x1c/0x60`: inlined code with its source, or the decoding script's form. */
function symbolOnly(text: string, parts: FrameParts, from: number, to: number): Frame | null {
  let end = from;
  while (end < to && isSymbolCharacter(text.charCodeAt(end))) end++;
  if (end === from || text.charCodeAt(end) !== BLANK) return null;
  parts.functionFrom = from;
  parts.functionTo = end;
  if (isArmCaller(text, end, to)) return Frame.of(text, parts);
  const isDecoded = text.charCodeAt(end + 1) === OPEN_PAREN;
  const after = isDecoded ? end + 2 : end + 1;
  parts.to = skipBlanksBack(text, from, to);
  if (sourceParts(text, parts, after, to) === after) return null;
  const isInline = text.startsWith("[inline]", parts.to - 8);
  return isDecoded || isInline ? newFrame(text, parts) : null;
}

/** `show_stack from dump_stack+0xa0/0xc0` */
const isArmCaller = (text: string, at: number, to: number): boolean =>
  text.startsWith(" from ", at) && symbolAt(text, at + 6, to) !== null;

/** `(show_stack) from [<8010ef84>] (dump_stack+0xa0/0xc0)`: the line shows a call, and the frame is the callee. */
function armFrame(text: string, parts: FrameParts, open: number, to: number): Frame | null {
  const close = indexWithin(text, ")", open, to);
  if (close < 0) return null;
  const symbol = symbolAt(text, open + 1, to);
  if (symbol !== null && symbol.end === close) setSymbol(parts, symbol);
  else [parts.functionFrom, parts.functionTo] = [open + 1, close];
  const isCall = symbol !== null || text.startsWith(") from ", close);
  if (!isCall || !/^[\w.$]+$/.test(text.slice(parts.functionFrom, parts.functionTo))) return null;
  return Frame.of(text, parts);
}
