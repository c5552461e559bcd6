import {
  BLANK,
  CLOSE_BRACKET,
  COLON,
  codeTable,
  DASH,
  GREATER,
  indexWithin,
  isBlank,
  isDigit,
  LESS,
  OPEN_BRACKET,
  skipBlanks,
  skipDigits,
} from "../chars";

/** What a mailer or a log shipper put before a line. */
export type PrefixKind =
  | "quote"
  | "syslog"
  | "rfc5424"
  | "iso"
  | "cri"
  | "priority"
  | "compose"
  | "grep";

/** The line's own text starts at `end`. */
export interface Prefix {
  readonly kind: PrefixKind;
  readonly end: number;
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** `error.log:123:` that grep puts before what it found, where something of ours stands behind it. */
const GREP =
  /^(?:[\w@+-]*[./_])[\w./@+-]{1,200}:(?:\d{1,9}[:-])?(?=\[|#\d|\d{4}-\d\d-|Thread \d|[A-Z][a-z]{2} [ \d]\d )/;

/** As far as a path and a line's number are looked for. */
const LONGEST_GREP = 300;

const LETTER_T = 84;
const BAR = 124;

const NAME_CODES = codeTable(".-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
const isNameCode = (code: number): boolean => code < 128 && NAME_CODES[code] === 1;

/** What a path is made of, as grep prints it. */
const isPathCode = (code: number): boolean =>
  isNameCode(code) || code === 47 || code === 64 || code === 43;

/** The prefix that stands at `from`, or null. Only shapes that name their shipper: a bare time is `timeEnd`'s. */
export function prefixAt(text: string, from: number, to: number): Prefix | null {
  return shippersPrefix(text, from, to) ?? grepPrefix(text, from, to);
}

function grepPrefix(text: string, from: number, to: number): Prefix | null {
  const code = text.charCodeAt(from) | 32;
  if ((code < 97 || code > 122) && code !== 46 && code !== 47) return null;
  const last = Math.min(to, from + LONGEST_GREP);
  let end = from;
  while (end < last && isPathCode(text.charCodeAt(end))) end++;
  if (text.charCodeAt(end) !== COLON) return null;
  const found = GREP.exec(text.slice(from, last));
  return found && { kind: "grep", end: from + found[0].length };
}

function shippersPrefix(text: string, from: number, to: number): Prefix | null {
  const code = text.charCodeAt(from);
  if (code === GREATER) return { kind: "quote", end: quoteEnd(text, from, to) };
  if (code === LESS) return priority(text, from, to);
  if (isDigit(code)) return isoPrefix(text, from, to);
  if (code >= 65 && code <= 90) return syslogPrefix(text, from, to);
  if (code >= 97 && code <= 122) return composePrefix(text, from, to);
  return null;
}

/** One quote mark and the blank behind it: `> `. */
function quoteEnd(text: string, from: number, to: number): number {
  return from + 1 < to && text.charCodeAt(from + 1) === BLANK ? from + 2 : from + 1;
}

/** `<30>` before a syslog line, `<4>` of a raw kernel line, `<165>1 ` of RFC 5424. */
function priority(text: string, from: number, to: number): Prefix | null {
  const digits = skipDigits(text, from + 1, to);
  if (digits === from + 1 || digits > from + 4 || text.charCodeAt(digits) !== GREATER) return null;
  const end = digits + 1;
  if (text.startsWith("1 ", end)) return rfc5424(text, end + 2, to);
  return { kind: "priority", end };
}

/** `2026-11-20T21:37:44.003Z host app 311 ID47 - text`, or structured data `[...]` in place of the dash. */
function rfc5424(text: string, from: number, to: number): Prefix | null {
  let at = from;
  for (let word = 0; word < 5; word++) {
    const end = indexWithin(text, " ", at, to);
    if (end < 0) return null;
    at = end + 1;
  }
  if (text.startsWith("- ", at)) return { kind: "rfc5424", end: at + 2 };
  if (text.charCodeAt(at) !== OPEN_BRACKET) return null;
  const close = indexWithin(text, "] ", at, to);
  return close < 0 ? null : { kind: "rfc5424", end: close + 2 };
}

/** `Nov 20 21:37:44 host httpd[311]: ` */
function syslogPrefix(text: string, from: number, to: number): Prefix | null {
  const end = monthTimeEnd(text, from, to);
  if (end < 0) return null;
  const tag = hostAndTagEnd(text, end, to);
  return tag < 0 ? null : { kind: "syslog", end: tag };
}

/** `2026-11-20T21:37:44.123456789Z stdout F ` (Kubernetes) or `2026-11-20T21:37:44+0000 host httpd[311]: `. */
function isoPrefix(text: string, from: number, to: number): Prefix | null {
  if (text.charCodeAt(from + 10) !== LETTER_T) return null;
  const end = isoTimeEnd(text, from, to);
  if (end < 0 || text.charCodeAt(end) !== BLANK) return null;
  const cri = criEnd(text, end + 1);
  if (cri >= 0) return { kind: "cri", end: cri };
  const tag = hostAndTagEnd(text, end, to);
  return tag < 0 ? null : { kind: "iso", end: tag };
}

function criEnd(text: string, at: number): number {
  if (!text.startsWith("stdout ", at) && !text.startsWith("stderr ", at)) return -1;
  const flag = text.charAt(at + 7);
  if (flag !== "F" && flag !== "P") return -1;
  return text.charCodeAt(at + 8) === BLANK ? at + 9 : -1;
}

/** `web_1  | ` of docker compose. */
function composePrefix(text: string, from: number, to: number): Prefix | null {
  let at = from;
  while (at < to && at < from + 64 && isNameCode(text.charCodeAt(at))) at++;
  const bar = skipBlanks(text, at, to);
  if (bar === at || text.charCodeAt(bar) !== BAR || text.charCodeAt(bar + 1) !== BLANK) return null;
  return isDigit(text.charCodeAt(at - 1)) ? { kind: "compose", end: bar + 2 } : null;
}

/** The end of ` host tag[311]: ` at `from`, or -1. */
function hostAndTagEnd(text: string, from: number, to: number): number {
  const host = skipBlanks(text, from, to);
  const hostEnd = wordEnd(text, host, to);
  const isHost = hostEnd > host && hostEnd < to && text.charCodeAt(hostEnd - 1) !== COLON;
  if (!isHost) return -1;
  const tag = skipBlanks(text, hostEnd, to);
  const tagEnd = wordEnd(text, tag, to);
  if (tagEnd - tag < 2 || text.charCodeAt(tagEnd - 1) !== COLON) return -1;
  return tagEnd < to ? tagEnd + 1 : tagEnd;
}

function wordEnd(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && at < from + 128 && !isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** The end of a bare time, in brackets or not, that some tool put before a line; -1 where there is none. */
export function timeEnd(text: string, from: number, to: number): number {
  const isBracketed = text.charCodeAt(from) === OPEN_BRACKET;
  const start = isBracketed ? from + 1 : from;
  let end = isoTimeEnd(text, start, to);
  if (end < 0) end = monthTimeEnd(text, start, to);
  if (end < 0) end = clockEnd(text, start, to);
  if (end < 0) return -1;
  if (isBracketed) {
    if (text.charCodeAt(end) !== CLOSE_BRACKET) return -1;
    end++;
  }
  return end >= to ? to : isBlank(text.charCodeAt(end)) ? end + 1 : -1;
}

/** `2026-11-20T21:37:44.003+01:00`, with a blank for the `T`, a comma for the dot. */
function isoTimeEnd(text: string, from: number, to: number): number {
  if (text.charCodeAt(from + 4) !== DASH || text.charCodeAt(from + 7) !== DASH) return -1;
  if (!digitsAt(text, from, 4) || !digitsAt(text, from + 5, 2) || !digitsAt(text, from + 8, 2)) {
    return -1;
  }
  const join = text.charCodeAt(from + 10);
  if (join !== LETTER_T && join !== BLANK) return -1;
  const clock = clockEnd(text, from + 11, to);
  return clock < 0 ? -1 : zoneEnd(text, clock, to);
}

function zoneEnd(text: string, at: number, to: number): number {
  const sign = text.charAt(at);
  if (sign === "Z") return at + 1;
  if ((sign !== "+" && sign !== "-") || !digitsAt(text, at + 1, 2)) return at;
  const minutes = text.charAt(at + 3) === ":" ? at + 4 : at + 3;
  return Math.min(to, digitsAt(text, minutes, 2) ? minutes + 2 : at + 3);
}

/** `21:37:44`, `21:37:44.003` */
function clockEnd(text: string, from: number, to: number): number {
  if (text.charCodeAt(from + 2) !== COLON || text.charCodeAt(from + 5) !== COLON) return -1;
  if (!digitsAt(text, from, 2) || !digitsAt(text, from + 3, 2) || !digitsAt(text, from + 6, 2)) {
    return -1;
  }
  const dot = text.charAt(from + 8);
  return dot === "." || dot === "," ? skipDigits(text, from + 9, to) : from + 8;
}

/** `Nov 20 21:37:44`, `Nov  2 21:37:44` */
function monthTimeEnd(text: string, from: number, to: number): number {
  if (text.charCodeAt(from + 3) !== BLANK) return -1;
  const month = MONTHS.indexOf(text.slice(from, from + 3));
  if (month < 0 || month % 3 !== 0) return -1;
  const day = skipBlanks(text, from + 3, to);
  const dayEnd = skipDigits(text, day, to);
  if (dayEnd === day || dayEnd > day + 2 || text.charCodeAt(dayEnd) !== BLANK) return -1;
  return clockEnd(text, dayEnd + 1, to);
}

function digitsAt(text: string, from: number, count: number): boolean {
  for (let at = from; at < from + count; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return true;
}
