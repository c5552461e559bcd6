import {
  BLANK,
  CLOSE_BRACKET,
  COLON,
  GREATER,
  isDigit,
  LESS,
  OPEN_BRACKET,
  skipBlanks,
  skipDigits,
} from "../chars";
import { indexWithin } from "./search";

// What stands before a kernel message, as printk, dmesg, /dev/kmsg and the journal write it:
//
//     [ 4969.643414] text                          seconds since boot
//     [ 4969.643414][  T298] text                  with the caller: T and a thread id, C and a processor
//     [ 4969.643430 <    0.000016>] text           dmesg -d
//     [Nov20 21:29] text, [  +0.000016] text       dmesg -e
//     [Fri Nov 20 21:29:54 2026] text              dmesg -T
//     2026-11-20T21:29:54,643414+00:00 text        dmesg --time-format=iso
//     kern  :info  : [ 4969.643414] text           dmesg -x
//     <6>[ 4969.643414] text                       dmesg -r
//     6,409,4969643414,-;text                      /dev/kmsg
//     kernel: [ 4969.643414] text                  a log line whose time and host were cut off
//     [ 4969.643414] web1 kernel: text             journalctl -o short-monotonic

/** More forms than this are not found before one message. */
const MOST_LAYERS = 4;

/** As long as a host's name may be. */
const LONGEST_HOST = 64;

const DATED =
  /\[(?:[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}|[A-Z][a-z]{2} ?\d\d? \d\d:\d\d)\] /y;
const DELTA = /\[ *(?:\+|<) *\d+\.\d{6}>?\] ?/y;
const ISO = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[+-]\d\d:\d\d /y;
const KMSG = /\d{1,3},\d+,\d+,[-c+](?:,caller=[TC]\d+)?;/y;
const DECODED = /kern *:(?:emerg|alert|crit|err|warn|notice|info|debug) *: /y;

/** Where the message starts that a kernel's stamp at `from` belongs to; `from` itself where there is no stamp. */
export function stampEnd(text: string, from: number, to: number): number {
  let at = from;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const end = layerEnd(text, at, to);
    if (end === at) break;
    at = end;
  }
  return at;
}

function layerEnd(text: string, at: number, to: number): number {
  const code = text.charCodeAt(at);
  if (code === OPEN_BRACKET) return bracketEnd(text, at, to);
  if (code === LESS) return priorityEnd(text, at, to);
  if (isDigit(code)) return within(to, at, sticky(ISO, text, at) || sticky(KMSG, text, at));
  if (code !== 107) return at;
  if (text.startsWith("kernel: ", at)) return within(to, at, at + 8);
  return text.startsWith("kern ", at) || text.startsWith("kern:", at)
    ? within(to, at, sticky(DECODED, text, at))
    : at;
}

const within = (to: number, at: number, end: number): number => (end > at && end <= to ? end : at);

/** The end of the match at `at`, or 0. */
function sticky(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

function priorityEnd(text: string, at: number, to: number): number {
  const digits = skipDigits(text, at + 1, to);
  const isPriority = digits > at + 1 && digits <= at + 4 && text.charCodeAt(digits) === GREATER;
  return isPriority && text.charCodeAt(digits + 1) === OPEN_BRACKET ? digits + 1 : at;
}

function bracketEnd(text: string, at: number, to: number): number {
  const next = text.charCodeAt(at + 1);
  if (next >= 65 && next <= 90) return datedEnd(text, at, to);
  const seconds = skipBlanks(text, at + 1, to);
  const dot = skipDigits(text, seconds, to);
  if (dot === seconds) return within(to, at, sticky(DELTA, text, at));
  const close = skipDigits(text, dot + 1, to);
  if (text.charAt(dot) !== "." || close - dot < 4) return at;
  const end = closedEnd(text, close, to);
  return end < 0 ? at : hostEnd(text, callerEnd(text, end, to), to);
}

/** Behind `]`, or behind the ` <  0.000016>]` of dmesg -d, and one blank. */
function closedEnd(text: string, close: number, to: number): number {
  if (close >= to) return -1;
  if (text.charCodeAt(close) === CLOSE_BRACKET) return close + 1;
  if (!text.startsWith(" <", close)) return -1;
  const angle = indexWithin(text, ">]", close, Math.min(to, close + 24));
  return angle < 0 ? -1 : angle + 2;
}

/** Behind the caller `[  T298]`, if any, and one blank. */
function callerEnd(text: string, at: number, to: number): number {
  let end = at;
  const open = text.charCodeAt(at) === OPEN_BRACKET ? skipBlanks(text, at + 1, to) : -1;
  if (open > 0 && /[TC]/.test(text.charAt(open))) {
    const close = skipDigits(text, open + 1, to);
    if (close > open + 1 && text.charCodeAt(close) === CLOSE_BRACKET) end = close + 1;
  }
  return end < to && text.charCodeAt(end) === BLANK ? end + 1 : end;
}

/** Behind the `web1 kernel: ` of journalctl -o short-monotonic, if it stands there. */
function hostEnd(text: string, at: number, to: number): number {
  const last = Math.min(to, at + LONGEST_HOST);
  for (let end = at; end < last; end++) {
    const code = text.charCodeAt(end);
    if (code === BLANK) return end > at && text.startsWith("kernel: ", end + 1) ? end + 9 : at;
    if (code === COLON || code === OPEN_BRACKET) return at;
  }
  return at;
}

/** The date has one of three lengths, and behind it stands no bracket: Apache's error log begins alike. */
function datedEnd(text: string, at: number, to: number): number {
  const close = [25, 13, 12].find((length) => text.charCodeAt(at + length) === CLOSE_BRACKET);
  if (close === undefined || text.charCodeAt(at + close + 2) === OPEN_BRACKET) return at;
  return within(to, at, sticky(DATED, text, at));
}
