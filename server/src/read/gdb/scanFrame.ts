import {
  BLANK,
  COLON,
  HASH,
  indexWithin,
  isDigit,
  LESS,
  OPEN_BRACKET,
  skipBlanks,
  skipBlanksBack,
  skipDigits,
  skipHex,
} from "../chars";
import { emptyParts, type FrameParts } from "../frame";
import { scanNameAndArguments } from "./functionName";

/** A frame line taken apart. */
export interface ScannedFrame {
  readonly parts: FrameParts;
  readonly isSignalHandler: boolean;
  /** False where the line breaks off: no function, no closing parenthesis, no file behind `at`. */
  readonly isWhole: boolean;
  /** Did it look so much like a frame that prose can be ruled out? */
  readonly isCertain: boolean;
}

const LETTER_I = 105;
const LETTER_N = 110;
const LETTER_A = 97;
const LETTER_F = 102;

const SIGNAL_HANDLER = "<signal handler called>";

/**
 * Takes apart the frame that starts at `from` (at `#`, or at the address or function of the line that gdb prints at a
 * stop) and ends at `to`; null where there is no frame.
 *
 *     #4  0x00007f29 in apc_cache_find_slot (cache=0x7f29a4f3ce30) at apc_cache.c:578
 *     #5  main () from /usr/sbin/httpd
 *     #1  <signal handler called>
 */
export function scanFrame(text: string, from: number, to: number): ScannedFrame | null {
  const parts = emptyParts(from, to);
  let at = from;
  if (text.charCodeAt(at) === HASH) {
    parts.numberFrom = at + 1;
    at = skipDigits(text, at + 1, to);
    if (at === parts.numberFrom) return null;
    parts.numberTo = at;
    const after = skipBlanks(text, at, to);
    if (after === at && at < to) return null;
    at = after;
  }
  if (text.charCodeAt(at) === LESS) return scanMarker(text, parts, at, to);
  return scanCall(text, parts, scanAddress(text, parts, at, to), to);
}

/** `<signal handler called>`, `<function called from gdb>`, `<cross-architecture call>`. */
function scanMarker(
  text: string,
  parts: FrameParts,
  from: number,
  to: number,
): ScannedFrame | null {
  const close = indexWithin(text, ">", from, to);
  if (close < 0) {
    const isSignalHandler = SIGNAL_HANDLER.startsWith(text.slice(from, to).trimEnd());
    return { parts, isSignalHandler, isWhole: false, isCertain: false };
  }
  if (text.startsWith("<unavailable> in ", from)) {
    return scanCall(text, parts, close + 5, to);
  }
  const marker = text.slice(from, close + 1);
  if (!marker.endsWith(" called>") && !marker.endsWith(" call>") && !marker.endsWith(" gdb>")) {
    return scanCall(text, parts, from, to);
  }
  parts.to = close + 1;
  return { parts, isSignalHandler: marker === SIGNAL_HANDLER, isWhole: true, isCertain: true };
}

/** Reads `0xADDRESS in `, and the bare `in ` of a text whose addresses were stripped; returns where the function starts. */
function scanAddress(text: string, parts: FrameParts, from: number, to: number): number {
  let at = skipHex(text, from, to);
  if (at > from) {
    parts.addressFrom = from;
    parts.addressTo = at;
    at = skipBlanks(text, at, to);
    // AArch64 marks return addresses that were signed.
    const isMarked = text.charCodeAt(at) === OPEN_BRACKET && text.startsWith("[PAC]", at);
    if (isMarked) at = skipBlanks(text, at + 5, to);
  }
  const isIn =
    text.charCodeAt(at) === LETTER_I &&
    text.charCodeAt(at + 1) === LETTER_N &&
    (at + 2 >= to || text.charCodeAt(at + 2) === BLANK);
  return isIn ? skipBlanks(text, at + 2, to) : at;
}

function scanCall(text: string, parts: FrameParts, from: number, to: number): ScannedFrame | null {
  const hasAddress = parts.addressFrom >= 0;
  if (from >= to) {
    if (!hasAddress && parts.numberFrom < 0) return null;
    return { parts, isSignalHandler: false, isWhole: false, isCertain: hasAddress };
  }
  const call = scanNameAndArguments(text, from, to);
  parts.functionFrom = from;
  parts.functionTo = skipBlanksBack(text, from, call.nameTo);
  if (call.open < 0) {
    return { parts, isSignalHandler: false, isWhole: false, isCertain: hasAddress };
  }
  parts.argumentsFrom = call.open + 1;
  parts.argumentsTo = call.close < 0 ? to : call.close;
  const isWhole = call.close >= 0 && scanPlace(text, parts, call.close + 1, to);
  const isCertain = hasAddress || looksLikeCall(text, parts);
  return { parts, isSignalHandler: false, isWhole, isCertain };
}

/** Reads ` at FILE:LINE` and ` from LIBRARY`; false where the file or its line is missing. */
function scanPlace(text: string, parts: FrameParts, from: number, to: number): boolean {
  const end = skipBlanksBack(text, from, to);
  const at = skipBlanks(text, from, end);
  parts.to = at >= end ? from : end;
  if (at >= end) return true;
  const code = text.charCodeAt(at);
  if (code === LETTER_A && text.startsWith("at", at))
    return scanFile(text, parts, skipBlanks(text, at + 2, end), end);
  if (code !== LETTER_F || !text.startsWith("from", at)) {
    parts.to = from;
    return true;
  }
  parts.libraryFrom = skipBlanks(text, at + 4, end);
  parts.libraryTo = libraryEnd(text, parts.libraryFrom, end);
  parts.to = Math.max(parts.libraryTo, at + 4);
  if (parts.libraryTo > parts.libraryFrom) return true;
  parts.libraryFrom = -1;
  return false;
}

function scanFile(text: string, parts: FrameParts, from: number, to: number): boolean {
  if (from >= to) return false;
  parts.fileFrom = from;
  parts.fileTo = to;
  const colon = lineColon(text, from, to);
  if (colon < 0) return false;
  parts.fileTo = colon;
  parts.lineFrom = colon + 1;
  parts.lineTo = skipDigits(text, colon + 1, to);
  parts.to = parts.lineTo;
  return true;
}

/**
 * The colon before the line number: the last one with nothing but digits behind it, else (text follows the frame) the
 * first one with digits and a blank. Paths have colons and blanks of their own (`C:/x y/a.c:12`).
 */
function lineColon(text: string, from: number, to: number): number {
  let digits = to;
  while (digits > from && isDigit(text.charCodeAt(digits - 1))) digits--;
  if (digits < to && digits > from && text.charCodeAt(digits - 1) === COLON) return digits - 1;
  for (let at = from; at < to; at++) {
    if (text.charCodeAt(at) !== COLON) continue;
    const after = skipDigits(text, at + 1, to);
    if (after > at + 1 && text.charCodeAt(after) === BLANK) return at;
  }
  return -1;
}

/** A path goes on behind a blank only if what follows still looks like one. */
function libraryEnd(text: string, from: number, to: number): number {
  let blank = from;
  while (blank < to && text.charCodeAt(blank) !== BLANK) blank++;
  if (blank >= to) return to;
  const isObject = /\.(so|dylib|dll)[.\d]*$/.test(text.slice(from, blank).slice(-40));
  const rest = text.slice(blank, to);
  return !isObject && (rest.includes("/") || rest.includes(".so")) ? to : blank;
}

/** `Deploy (again) at noon:30` is prose: arguments have names, and a name has blanks only in C++. */
function looksLikeCall(text: string, parts: FrameParts): boolean {
  const inside = text.slice(parts.argumentsFrom, parts.argumentsTo).trim();
  if (inside !== "" && inside !== "..." && !inside.includes("=")) return false;
  const name = text.slice(parts.functionFrom, parts.functionTo);
  return !name.includes(" ") || /[<(:{[]|\boperator\b|^non-virtual |^virtual /.test(name);
}
