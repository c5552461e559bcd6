import { COLON, DASH, isDigit, isSpace, OPEN_BRACKET, OPEN_PAREN, skipBlanks } from "../chars";
import { Recurring } from "../recurring";
import type { Span } from "../span";
import { LEVELS } from "./levels";
import { bracketTime } from "./time";

const DOT = 46;
const SLASH = 47;
const LETTER_A = 65;

/** Everything in front of an entry's message. Offsets are in the line. */
export class Head {
  /** How the time is written; null where the line has none (syslog has its own). */
  timeStyle: "ctime" | "iso" | null = null;
  time: string | null = null;
  timeSpan: Span = { from: 0, to: 0 };
  severity: string | null = null;
  module: string | null = null;
  pid: string | null = null;
  tid: string | null = null;
  source: { file: string; line: string } | null = null;
  errno: string | null = null;
  errorText: string | null = null;
  /** `127.0.0.1:57234` of the other end of the connection, and which end that is. */
  peer: { role: "client" | "remote"; address: string } | null = null;
  /** `%L` and `%{c}L` of an ErrorLogFormat. */
  requestId: string | null = null;
  connectionId: string | null = null;
  code: string | null = null;
  messageFrom = 0;
}

/** Reads `[time] [module:level] [pid 1:tid 2] file.c(3): (4)Error: [client ...] AH00005: ` as far as it is there. */
export function scanHead(line: string, groups: Groups): Head {
  const head = new Head();
  let at = takeTime(line, skipBlanks(line, 0, line.length), head);
  for (let last = -1; last !== at; ) {
    last = at;
    at = takeGroup(line, at, head, groups);
    at = takeSource(line, at, head);
    at = takeError(line, at, head);
  }
  at = takeBareIds(line, at, head);
  head.messageFrom = takeCode(line, at, head);
  return head;
}

function takeTime(line: string, at: number, head: Head): number {
  const end = bracketEnd(line, at);
  if (end < 0) return at;
  const found = bracketTime(line.slice(at + 1, end));
  if (found === null) return at;
  head.timeStyle = found.style;
  head.time = found.time;
  head.timeSpan = { from: at + 1, to: end };
  return skipBlanks(line, end + 1, line.length);
}

/** Nothing that stands in brackets before a message is longer than this. */
const LONGEST_GROUP = 200;

function bracketEnd(line: string, at: number): number {
  if (line.charCodeAt(at) !== OPEN_BRACKET) return -1;
  const end = line.indexOf("]", at);
  return end < at + LONGEST_GROUP ? end : -1;
}

function takeGroup(line: string, at: number, head: Head, groups: Groups): number {
  const end = bracketEnd(line, at);
  if (end < 0 || !understand(line.slice(at + 1, end), head, groups)) return at;
  return skipBlanks(line, end + 1, line.length);
}

/** `error`, `core:error`, `:error`, `-:error`. */
interface Level {
  readonly severity: string;
  readonly module: string | null;
}

/** `pid 28454`, `pid 28454:tid 28460`, `tid 28460`. */
interface Ids {
  readonly pid: string | null;
  readonly tid: string | null;
}

/** What the brackets of a log say again and again; null for what says nothing of the kind. */
export class Groups {
  readonly levels: Recurring<Level | null> = new Recurring(levelOf);
  readonly ids: Recurring<Ids | null> = new Recurring(idsOf);
}

function understand(group: string, head: Head, groups: Groups): boolean {
  if (group.startsWith("pid ") || group.startsWith("tid ")) return takeIds(group, head, groups);
  if (group.startsWith("client ") || group.startsWith("remote ")) return takePeer(group, head);
  return takeLevel(group, head, groups) || takeId(group, head);
}

/** The names by themselves, so that no record keeps a piece of its text for one. */
const LEVEL_NAMES: ReadonlyMap<string, string> = new Map(
  LEVELS.map((level) => [level.name, level.name]),
);

function takeLevel(group: string, head: Head, groups: Groups): boolean {
  const level = head.severity === null ? groups.levels.get(group) : null;
  if (level === null) return false;
  head.severity = level.severity;
  head.module = level.module;
  return true;
}

function levelOf(group: string): Level | null {
  const colon = group.lastIndexOf(":");
  const severity = LEVEL_NAMES.get(colon < 0 ? group : group.slice(colon + 1));
  const module = group.slice(0, Math.max(0, colon));
  if (severity === undefined || !isModule(module)) return null;
  return { severity, module: module === "" || module === "-" ? null : module };
}

/** `mod_ssl`, `proxy.fcgi`, `-` or nothing. */
function isModule(name: string): boolean {
  for (let at = 0; at < name.length; at++) if (!isNameCode(name.charCodeAt(at))) return false;
  return true;
}

const isNameCode = (code: number): boolean =>
  isDigit(code) ||
  ((code | 32) >= 97 && (code | 32) <= 122) ||
  code === 95 ||
  code === DASH ||
  code === DOT;

function takeIds(group: string, head: Head, groups: Groups): boolean {
  const ids = groups.ids.get(group);
  if (ids === null) return false;
  head.pid = ids.pid ?? head.pid;
  head.tid = ids.tid ?? head.tid;
  return true;
}

function idsOf(group: string): Ids | null {
  const match = /^(?:pid (\d+))?(?:(?:^|:)tid (\d+))?$/.exec(group);
  return match && { pid: match[1] ?? null, tid: match[2] ?? null };
}

function takePeer(group: string, head: Head): boolean {
  if (head.peer !== null || group.length === 7) return false;
  for (let at = 7; at < group.length; at++) if (isSpace(group.charCodeAt(at))) return false;
  head.peer = { role: group.startsWith("c") ? "client" : "remote", address: group.slice(7) };
  return true;
}

/** `R:Vv8GAX8AAQEAAAYXAhUAAAAA`, `C:...`. */
function takeId(group: string, head: Head): boolean {
  const match = group.charCodeAt(1) === COLON && /^([RrCc]):([\w+/@-]+)$/.exec(group);
  if (!match) return false;
  if ((match[1] as string).toLowerCase() === "r") head.requestId = match[2] as string;
  else head.connectionId = match[2] as string;
  return true;
}

const SOURCE = /([\w./-]{1,200}\.(?:c|h|cc|cpp))\((\d+)\): /y;

function takeSource(line: string, at: number, head: Head): number {
  let end = at;
  while (isNameCode(line.charCodeAt(end)) || line.charCodeAt(end) === SLASH) end++;
  if (end === at || line.charCodeAt(end) !== OPEN_PAREN) return at;
  const match = matchAt(SOURCE, line, at);
  if (!match || head.source !== null) return at;
  head.source = { file: match[1] as string, line: match[2] as string };
  return at + match[0].length;
}

/** `(111)Connection refused: `, on Windows `(OS 10054)...  : `. */
const ERROR = /\((?:OS )?(-?\d+)\)([^:]{1,200})(?:: |$)/y;

function takeError(line: string, at: number, head: Head): number {
  const match = line.charCodeAt(at) === OPEN_PAREN ? matchAt(ERROR, line, at) : null;
  if (!match || head.errno !== null) return at;
  head.errno = match[1] as string;
  head.errorText = (match[2] as string).trim();
  return at + match[0].length;
}

/** `192.0.2.7:57234 Vv8GAX8AAQEAAAYXAhUAAAAA `, each part maybe `-`: what stands without brackets in a common format. */
const BARE_IDS = /(?:-|([\da-fA-F.:]{3,45}:\d{1,5})) (?:-|([\w+/@-]{11,24})) /y;

function takeBareIds(line: string, at: number, head: Head): number {
  if (head.timeStyle !== "iso" || head.severity === null || head.peer !== null) return at;
  const match = matchAt(BARE_IDS, line, at);
  if (!match) return at;
  if (match[1] !== undefined) head.peer = { role: "client", address: match[1] };
  head.requestId = match[2] ?? null;
  return at + match[0].length;
}

const CODE = /(AH\d{5}): ?/y;

function takeCode(line: string, at: number, head: Head): number {
  const match = line.charCodeAt(at) === LETTER_A ? matchAt(CODE, line, at) : null;
  if (!match) return at;
  head.code = match[1] as string;
  return at + match[0].length;
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}
