import {
  BLANK,
  CLOSE_BRACKET,
  COLON,
  DASH,
  isDigit,
  isSpace,
  OPEN_BRACKET,
  OPEN_PAREN,
  skipBlanks,
  skipDigits,
} from "../chars";
import { safe } from "../messageKinds";
import { LEVELS } from "./levels";
import { bracketTime, type TimeStyle, takePlainTime } from "./time";

const DOT = 46;
const SLASH = 47;
const LETTER_A = 65;

/** Where everything in front of an entry's message stands in the text; -1 where it has none. */
export class Head {
  from = 0;
  to = 0;
  /** How the time is written; null where the line has none (syslog has its own). */
  timeStyle: TimeStyle | null = null;
  timeFrom = -1;
  timeTo = -1;
  /** 0 where the calendar has no such moment. */
  day = 0;
  /** The number of the level in LEVELS. */
  severity = -1;
  moduleFrom = -1;
  moduleTo = -1;
  pidFrom = -1;
  tidFrom = -1;
  /** `util_script.c(500): ` */
  sourceFrom = -1;
  /** `(111)Connection refused: ` */
  errorFrom = -1;
  /** Null where it is too large a number. */
  errno: number | null = null;
  /** `127.0.0.1:57234` of the other end of the connection, and which end that is. */
  peerFrom = -1;
  peerTo = -1;
  peerRole: "client" | "remote" = "client";
  /** `%L` and `%{c}L` of an ErrorLogFormat. */
  requestFrom = -1;
  requestTo = -1;
  connectionFrom = -1;
  connectionTo = -1;
  /** `AH00005` */
  codeFrom = -1;
  messageFrom = 0;

  /** Forgets all of it. A log has too many lines for a head of its own for each. */
  clear(from: number, to: number): void {
    this.from = from;
    this.to = to;
    this.timeStyle = null;
    this.timeFrom = this.timeTo = -1;
    this.day = 0;
    this.severity = this.moduleFrom = this.moduleTo = -1;
    this.pidFrom = this.tidFrom = this.sourceFrom = this.errorFrom = -1;
    this.errno = null;
    this.peerFrom = this.peerTo = -1;
    this.peerRole = "client";
    this.requestFrom = this.requestTo = this.connectionFrom = this.connectionTo = -1;
    this.codeFrom = -1;
    this.messageFrom = from;
  }
}

/**
 * Reads `[time] [module:level] [pid 1:tid 2] file.c(3): (4)Error: [client ...] AH00005: ` of the line `from .. to`, as far
 * as it is there.
 */
export function scanHead(text: string, from: number, to: number, head: Head): Head {
  head.clear(from, to);
  let at = takeTime(text, skipBlanks(text, from, to), head);
  for (let last = -1; last !== at; ) {
    last = at;
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACKET) at = takeGroup(text, at, head);
    else if (code === OPEN_PAREN) at = takeError(text, at, head);
    else at = takeSource(text, at, head);
  }
  if (head.timeStyle === "iso") at = takeBareIds(text, at, head);
  head.messageFrom = takeCode(text, at, head);
  return head;
}

function takeTime(text: string, at: number, head: Head): number {
  if (text.charCodeAt(at) !== OPEN_BRACKET) return at;
  let end = takePlainTime(text, at + 1, head);
  if (end >= 0) head.timeStyle = "ctime";
  else {
    end = bracketEnd(text, at, head.to);
    const found = end < 0 ? null : bracketTime(text.slice(at + 1, end));
    if (found === null) {
      head.day = 0;
      return at;
    }
    head.timeStyle = found.style;
    head.day = found.day;
  }
  head.timeFrom = at + 1;
  head.timeTo = end;
  return skipBlanks(text, end + 1, head.to);
}

/** Nothing that stands in brackets before a message is longer than this. */
const LONGEST_GROUP = 200;

/** Where the bracket at `at` closes, or -1. */
function bracketEnd(text: string, at: number, to: number): number {
  const last = Math.min(to, at + LONGEST_GROUP);
  for (let end = at + 1; end < last; end++) if (text.charCodeAt(end) === CLOSE_BRACKET) return end;
  return -1;
}

function takeGroup(text: string, at: number, head: Head): number {
  const end = bracketEnd(text, at, head.to);
  if (end < 0 || !understand(text, at + 1, end, head)) return at;
  return skipBlanks(text, end + 1, head.to);
}

function understand(text: string, from: number, to: number, head: Head): boolean {
  if (text.startsWith("pid ", from) || text.startsWith("tid ", from))
    return takeIds(text, from, to, head);
  if (text.startsWith("client ", from)) return takePeer(text, from + 7, to, head, "client");
  if (text.startsWith("remote ", from)) return takePeer(text, from + 7, to, head, "remote");
  return takeLevel(text, from, to, head) || takeId(text, from, to, head);
}

/** The levels that begin with a letter, by its code. */
const levelsByLetter = new Map<number, number[]>();
for (const [number, { name }] of LEVELS.entries()) {
  const code = name.charCodeAt(0);
  levelsByLetter.set(code, [...(levelsByLetter.get(code) ?? []), number]);
}

/** `error`, `core:error`, `:error`, `-:error`. */
function takeLevel(text: string, from: number, to: number, head: Head): boolean {
  if (head.severity >= 0) return false;
  let colon = from;
  while (colon < to && isNameCode(text.charCodeAt(colon))) colon++;
  const isBare = colon === to;
  if (!isBare && text.charCodeAt(colon) !== COLON) return false;
  const severity = levelAt(text, isBare ? from : colon + 1, to);
  if (severity < 0) return false;
  head.severity = severity;
  const isNone = isBare || colon === from || (colon === from + 1 && text.charCodeAt(from) === DASH);
  if (!isNone) {
    head.moduleFrom = from;
    head.moduleTo = colon;
  }
  return true;
}

/** The number of the level that stands at `from .. to`, or -1. */
function levelAt(text: string, from: number, to: number): number {
  for (const number of levelsByLetter.get(text.charCodeAt(from)) ?? []) {
    const { name } = LEVELS[number] as (typeof LEVELS)[number];
    if (name.length === to - from && text.startsWith(name, from)) return number;
  }
  return -1;
}

/** What `mod_ssl`, `proxy.fcgi` and `-` are made of. */
const isNameCode = (code: number): boolean =>
  isDigit(code) ||
  ((code | 32) >= 97 && (code | 32) <= 122) ||
  code === 95 ||
  code === DASH ||
  code === DOT;

/** `pid 28454`, `pid 28454:tid 28460`, `tid 28460`. */
function takeIds(text: string, from: number, to: number, head: Head): boolean {
  const isPid = text.startsWith("pid ", from);
  const end = skipDigits(text, from + 4, to);
  if (end === from + 4) return false;
  const tid = isPid ? end + 1 : from;
  if (!isPid || end < to) {
    const hasTid = (!isPid || text.charCodeAt(end) === COLON) && text.startsWith("tid ", tid);
    const tidEnd = skipDigits(text, tid + 4, to);
    if (!hasTid || tidEnd === tid + 4 || tidEnd !== to) return false;
    head.tidFrom = tid + 4;
  }
  if (isPid) head.pidFrom = from + 4;
  return true;
}

function takePeer(
  text: string,
  from: number,
  to: number,
  head: Head,
  role: "client" | "remote",
): boolean {
  if (head.peerFrom >= 0 || from >= to) return false;
  for (let at = from; at < to; at++) if (isSpace(text.charCodeAt(at))) return false;
  head.peerRole = role;
  head.peerFrom = from;
  head.peerTo = to;
  return true;
}

/** `R:Vv8GAX8AAQEAAAYXAhUAAAAA`, `C:...`. */
function takeId(text: string, from: number, to: number, head: Head): boolean {
  if (text.charCodeAt(from + 1) !== COLON) return false;
  const match = /^([RrCc]):[\w+/@-]+$/.exec(text.slice(from, to));
  if (!match) return false;
  if ((match[1] as string).toLowerCase() === "r") {
    head.requestFrom = from + 2;
    head.requestTo = to;
  } else {
    head.connectionFrom = from + 2;
    head.connectionTo = to;
  }
  return true;
}

const SOURCE = /([\w./-]{1,200}\.(?:c|h|cc|cpp))\((\d+)\): /y;

function takeSource(text: string, at: number, head: Head): number {
  let end = at;
  while (isNameCode(text.charCodeAt(end)) || text.charCodeAt(end) === SLASH) end++;
  if (end === at || text.charCodeAt(end) !== OPEN_PAREN || head.sourceFrom >= 0) return at;
  const match = sourceAt(text, at);
  if (!match) return at;
  head.sourceFrom = at;
  return at + match[0].length;
}

/** The file and the line that stand at `at`. */
export const sourceAt = (text: string, at: number): RegExpExecArray | null =>
  matchAt(SOURCE, text, at);

/** `(111)Connection refused: `, on Windows `(OS 10054)...  : `. */
const ERROR = /^\((?:OS )?(-?\d+)\)([^:]{1,200})(?:: |$)/;

function takeError(text: string, at: number, head: Head): number {
  const match = head.errorFrom < 0 ? errorAt(text, at, head.to) : null;
  if (!match) return at;
  head.errorFrom = at;
  head.errno = safe(match[1] as string);
  return at + match[0].length;
}

/** The number and the text of the system's error that stand at `at` in the line that ends at `to`. */
export const errorAt = (text: string, at: number, to: number): RegExpExecArray | null =>
  ERROR.exec(text.slice(at, to));

/** `192.0.2.7:57234 Vv8GAX8AAQEAAAYXAhUAAAAA `, each part maybe `-`: what stands without brackets in a common format. */
const BARE_IDS = /(-|[\da-fA-F.:]{3,45}:\d{1,5}) (-|[\w+/@-]{11,24}) /y;

function takeBareIds(text: string, at: number, head: Head): number {
  if (head.severity < 0 || head.peerFrom >= 0) return at;
  const match = matchAt(BARE_IDS, text, at);
  if (!match) return at;
  const [whole, peer, id] = match as unknown as string[];
  if (peer !== "-") {
    head.peerFrom = at;
    head.peerTo = at + peer!.length;
  }
  const isId = id !== "-";
  head.requestFrom = isId ? at + peer!.length + 1 : -1;
  head.requestTo = isId ? head.requestFrom + id!.length : -1;
  return at + whole!.length;
}

/** `AH00558` and the colon behind it. */
function takeCode(text: string, at: number, head: Head): number {
  const end = at + CODE_LENGTH;
  if (text.charCodeAt(at) !== LETTER_A || text.charCodeAt(end) !== COLON) return at;
  if (text.charCodeAt(at + 1) !== LETTER_A + 7 || skipDigits(text, at + 2, end) < end) return at;
  head.codeFrom = at;
  return text.charCodeAt(end + 1) === BLANK ? end + 2 : end + 1;
}

/** The length of `AH00558`. */
export const CODE_LENGTH = 7;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
