import { CLOSE_BRACKET, isDigit, OPEN_BRACKET } from "../chars";
import { canonicalAddress } from "../frame";
import type { Problem } from "../model";
import type { Span } from "../span";
import { trapNamed } from "./data";
import { readMapping, readNotes } from "./mapping";
import { readPageFaultError } from "./pageFault";
import type { Fields } from "./record";
import { indexWithin } from "./search";

// What the kernel says when a program dies of a fault that it does not handle itself:
//
//     haproxy[610]: segfault at 8 ip 00007f19 sp 00007ffd error 4 in libc.so.6[167ad8,7f196e9e0000+156000] likely on CPU 1
//     traps: worker[4711] trap divide error ip:55d0 sp:7ffd error:0 in worker[429b,55d0c0a47000+9000]
//     traps: worker[4711] general protection fault ip:55d0 sp:7ffd error:0 in worker[4222,55d0c0a47000+9000]
//     worker[4711]: unhandled exception: DABT (lower EL), ESR 0x92000006, level 2 translation fault in worker[41c3,...]
//     worker[4711]: unhandled level 2 translation fault (11) at 0x00000018, esr 0x92000006
//     worker[4711]: unhandled signal 11 code 0x1 at 0x0000000000000018 in worker[2aaaa0000+1000]
//     worker[4711]: segfault (11) at 18 nip 10000b7c lr 10000b90 code 1 in worker[10000000+10000]
//     worker: unhandled page fault (11) at 0x00000018, code 0x017
//     do_page_fault(): sending SIGSEGV to worker for invalid read access from 00000018
//     User process fault: interruption code 003b ilc:2 in worker[1000000+3000]

/** The words that tell such a line; what stands before them is the thread's name and number. */
export const FAULT_PHRASES = [
  ": segfault at ",
  "] trap ",
  "] general protection ",
  ": unhandled ",
  ": segfault (",
  "(): sending SIG",
  "User process fault: interruption code ",
] as const;

export type FaultPhrase = (typeof FAULT_PHRASES)[number];

/** Reads what stands behind the words into `fields`; the kind of the record, or null where the line is something else. */
type ReadTail = (tail: string, fields: Fields) => string | null;

const tails: Readonly<Record<FaultPhrase, ReadTail>> = {
  ": segfault at ": segfault,
  "] trap ": trap,
  "] general protection ": generalProtection,
  ": unhandled ": unhandled,
  ": segfault (": signalled,
  "(): sending SIG": sent,
  "User process fault: interruption code ": interruption,
};

export const isFaultPhrase = (phrase: string): phrase is FaultPhrase => phrase in tails;

/** What the words of a fault say, with what follows from the numbers. */
export interface Fault {
  readonly kind: string;
  readonly fields: Fields;
}

/** The fault that a line without its stamp tells of, or null; what cannot be right goes to the problems of the span. */
export function readFault(
  body: string,
  phrase: FaultPhrase,
  span: Span,
  problems: Problem[],
): Fault | null {
  const at = body.indexOf(phrase);
  const fields: Fields = {};
  if (!readThread(body.slice(0, at), phrase, fields)) return null;
  const kind = tails[phrase](body.slice(at + phrase.length), fields);
  if (kind === null) return null;
  readNotes(fields);
  noteProblems(span, kind, fields, problems);
  return { kind, fields };
}

/** The process of the thread that the line tells of, where it is numbered. */
export function threadNumber(body: string, phrase: FaultPhrase): number | null {
  const fields: Fields = {};
  readThread(body.slice(0, body.indexOf(phrase)), phrase, fields);
  return typeof fields.pid === "number" ? fields.pid : null;
}

/** No number of 64 bits has more digits. */
const MOST_DIGITS = 16;

/** What stands in front of the numbers of x86's lines. */
const SEGFAULT_SIGNS = ["", " ip ", " sp ", " error "];
const TRAP_SIGNS = ["ip:", " sp:", " error:"];

/** The name of a trap is shorter, the blank in front of the address included. */
const LONGEST_TRAP = 48;

/**
 * The kind of a line such as `haproxy[610]: segfault at 8 ip 00007f19 sp 00007ffd error 4 in libc.so.6[...]`, in which
 * nothing can be wrong; null for others. Most are such lines, and say no more than that until somebody asks.
 */
export function plainKind(text: string, body: number, to: number, phrase: FaultPhrase) {
  const from = text.startsWith("traps: ", body) ? body + 7 : body;
  let end = from;
  while (end < to && isGraphic(text.charCodeAt(end))) end++;
  const at = end - 1;
  const behind = at + phrase.length;
  if (!text.startsWith(phrase, at)) return null;
  if (phrase === ": segfault at ") {
    const isPlain = from === body && isNumberedName(text, from, at);
    return isPlain && hasNumbers(text, behind, to, SEGFAULT_SIGNS) ? "segfault" : null;
  }
  if (!isNumberedName(text, from, end)) return null;
  if (phrase === "] general protection ") {
    const numbers = text.startsWith("fault ", behind) ? behind + 6 : behind;
    return hasNumbers(text, numbers, to, TRAP_SIGNS) ? "general-protection" : null;
  }
  if (phrase !== "] trap ") return null;
  const sign = indexWithin(text, " ip:", behind + 1, Math.min(to, behind + LONGEST_TRAP));
  return sign >= 0 && hasNumbers(text, sign + 1, to, TRAP_SIGNS) ? "trap" : null;
}

/** Stands a number of 64 bits behind each of the signs, and no larger one behind them? */
function hasNumbers(text: string, from: number, to: number, signs: readonly string[]): boolean {
  let at = from;
  for (const sign of signs) {
    const digits = at + sign.length;
    const end = hexEnd(text, digits, to);
    if (!text.startsWith(sign, at) || end === digits || end - digits > MOST_DIGITS) return false;
    at = end;
  }
  return !hasLongHex(text, at, to);
}

const isGraphic = (code: number): boolean => code > 32 && code < 127;

/** `haproxy[610]` */
function isNumberedName(text: string, from: number, to: number): boolean {
  if (text.charCodeAt(to - 1) !== CLOSE_BRACKET) return false;
  let digits = to - 1;
  while (digits > from && isDigit(text.charCodeAt(digits - 1))) digits--;
  const count = to - 1 - digits;
  const length = digits - 1 - from;
  const isShort = count > 0 && count <= 10 && length > 0 && length <= 64;
  return isShort && text.charCodeAt(digits - 1) === OPEN_BRACKET;
}

function hexEnd(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isLowerHex(text.charCodeAt(at))) at++;
  return at;
}

const isLowerHex = (code: number): boolean => isDigit(code) || (code >= 97 && code <= 102);

/** Stand more digits in a row there than a number of 64 bits has? */
function hasLongHex(text: string, from: number, to: number): boolean {
  for (let at = from + MOST_DIGITS; at < to; at += MOST_DIGITS + 1) {
    if (!isLowerHex(text.charCodeAt(at))) continue;
    let start = at;
    while (start > from && isLowerHex(text.charCodeAt(start - 1))) start--;
    at = hexEnd(text, at, to);
    if (at - start > MOST_DIGITS) return true;
  }
  return false;
}

/** `traps: worker[4711` or `worker[4711]`: a name may hold brackets itself, so the last number counts. */
function readThread(head: string, phrase: FaultPhrase, fields: Fields): boolean {
  if (phrase === "User process fault: interruption code ") return head === "";
  if (phrase === "(): sending SIG") return /^[\w.]{1,64}$/.test(head);
  const found = /^(.{1,64})\[(\d{1,10})\]?$/.exec(
    head.replace(/^(?:.* kernel: )?(?:traps: )?/, ""),
  );
  fields.process = found ? (found[1] as string) : head;
  if (found) fields.pid = Number(found[2]);
  return found !== null || (phrase === ": unhandled " && head.length > 0 && head.length < 17);
}

/** `18 ip 000055d0c0a4b1c3 sp 00007ffd8a1e2f40 error 6 in worker[41c3,55d0c0a47000+9000] likely on CPU 2 (core 2, socket 0)` */
function segfault(tail: string, fields: Fields): string | null {
  const found =
    /^([0-9a-f]{1,40})(?:,? (?:ip|rip|eip) ([0-9a-f]{1,40}))?(?:,? (?:sp|rsp|esp) ([0-9a-f]{1,40}))?(?:,? error ([0-9a-f]{1,16}))?/.exec(
      tail,
    );
  if (!found) return null;
  setAddresses(fields, found[1], found[2], found[3]);
  if (found[4] !== undefined) readPageFaultError(Number.parseInt(found[4], 16), fields);
  readMapping(tail.slice(found[0].length), fields);
  readProcessor(tail, fields);
  return "segfault";
}

function readProcessor(tail: string, fields: Fields): void {
  const found = / likely on CPU (\d{1,6}) \(core (\d{1,6}), socket (\d{1,6})\)/.exec(tail);
  if (!found) return;
  for (const [index, name] of ["cpu", "core", "socket"].entries())
    fields[name] = Number(found[index + 1]);
}

/** `divide error ip:55d0c0a4b29b sp:7ffd8a1e2740 error:0 in worker[429b,55d0c0a47000+9000]` */
function trap(tail: string, fields: Fields): string | null {
  const at = tail.search(/ [re]?ip:[0-9a-f]/);
  return at > 0 && at < 48 ? readTrap(tail.slice(0, at), tail.slice(at + 1), fields) : null;
}

/** `fault ip:55d0c0a4b222 ...`; before 4.20 without the word. */
function generalProtection(tail: string, fields: Fields): string | null {
  return readTrap("general protection", tail.replace(/^fault /, ""), fields)
    ? "general-protection"
    : null;
}

function readTrap(name: string, tail: string, fields: Fields): string | null {
  const found =
    /^[re]?ip:([0-9a-f]{1,40})(?: [re]?sp:([0-9a-f]{1,40}))?(?: error:([0-9a-f]{1,8}))?/.exec(tail);
  if (!found) return null;
  setAddresses(fields, undefined, found[1], found[2]);
  fields.trap = name;
  fields.signal = trapNamed(name)?.signal ?? null;
  if (found[3] !== undefined) fields.error = Number.parseInt(found[3], 16);
  readMapping(tail.slice(found[0].length), fields);
  return "trap";
}

const SIGNALS: Readonly<Record<string, string>> = {
  4: "SIGILL",
  5: "SIGTRAP",
  7: "SIGBUS",
  8: "SIGFPE",
  11: "SIGSEGV",
};

/** arm64's `exception: DABT (lower EL), ESR 0x..., level 2 translation fault`, riscv's `signal 11 code 0x1 at 0x18`, arm's `page fault (11) at 0x18, code 0x17`. */
function unhandled(tail: string, fields: Fields): string | null {
  const number = /^signal (\d{1,3})|\((\d{1,3})\) at /.exec(tail);
  const address = / at 0x([0-9a-f]{1,40})/.exec(tail)?.[1];
  const syndrome = /(?:ESR|esr|code) 0x([0-9a-f]{1,16})/.exec(tail)?.[1];
  if (!number && !tail.startsWith("exception: ")) return null;
  fields.signal = number ? (SIGNALS[(number[1] ?? number[2]) as string] ?? null) : "SIGSEGV";
  setAddresses(fields, address, undefined, undefined);
  const name = number?.[1] === undefined ? "syndrome" : "signalCode";
  if (syndrome !== undefined) fields[name] = Number.parseInt(syndrome, 16);
  const what = /^(?:exception: )?(?:.{0,80}ESR 0x[0-9a-f]+, )?(.{0,80}? fault)\b/.exec(tail)?.[1];
  if (what !== undefined) fields.fault = what;
  readMapping(tail, fields);
  return fields.signal === "SIGSEGV" ? "segfault" : "trap";
}

/** powerpc: `11) at 18 nip 10000b7c lr 10000b90 code 1 in worker[10000000+10000]` */
function signalled(tail: string, fields: Fields): string | null {
  const found =
    /^(\d{1,3})\) at ([0-9a-f]{1,40}) nip ([0-9a-f]{1,40}) lr ([0-9a-f]{1,40}) code ([0-9a-f]{1,8})/.exec(
      tail,
    );
  if (!found) return null;
  setAddresses(fields, found[2], found[3], undefined);
  fields.link = canonicalAddress(found[4] as string);
  fields.signal = SIGNALS[found[1] as string] ?? null;
  fields.signalCode = Number.parseInt(found[5] as string, 16);
  readMapping(tail.slice(found[0].length), fields);
  return "segfault";
}

/** mips and loongarch: `SEGV to worker for invalid read access from 00000018` */
function sent(tail: string, fields: Fields): string | null {
  const found =
    /^(\w{3,5}) to (.{1,64}) for invalid (read|write) access (?:from|to) ([0-9a-f]{1,40})/.exec(
      tail,
    );
  if (!found) return null;
  fields.process = found[2] as string;
  fields.signal = `SIG${found[1]}`;
  fields.access = found[3] as string;
  setAddresses(fields, found[4], undefined, undefined);
  return "segfault";
}

/** s390: `003b ilc:2 in worker[1000000+3000]` */
function interruption(tail: string, fields: Fields): string | null {
  const found = /^([0-9a-f]{4}) (?:ilc:(\d))?/.exec(tail);
  if (!found) return null;
  fields.interruption = found[1] as string;
  readMapping(tail, fields);
  return "segfault";
}

function setAddresses(
  fields: Fields,
  address: string | undefined,
  ip: string | undefined,
  sp: string | undefined,
): void {
  for (const [name, hex] of [
    ["address", address],
    ["ip", ip],
    ["sp", sp],
  ] as const)
    if (hex !== undefined) fields[name] = canonicalAddress(hex);
}

/** 64 bits have 16 digits; a segfault without an error code broke off. */
function noteProblems(span: Span, kind: string, fields: Fields, problems: Problem[]): void {
  for (const name of ["address", "ip", "sp", "base", "size"]) {
    const value = fields[name];
    if (typeof value !== "string" || value.length <= 18) continue;
    problems.push({ code: "number-too-large", message: `${name} has more than 64 bits.`, span });
    fields[name] = null;
  }
  const isX86 = kind === "segfault" && !("signal" in fields) && !("interruption" in fields);
  if (!isX86 || "error" in fields) return;
  const message = "The line breaks off before the error code.";
  problems.push({ code: "truncated-record", message, span });
}
