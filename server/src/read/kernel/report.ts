import { canonicalAddress } from "../frame";
import type { LogRecord } from "../model";
import { knowledge, type ReportKind } from "./data";
import { isSpeaking, readPart } from "./fields";
import { frameWithin } from "./frame";
import { readHeadline } from "./headline";
import { bodyOf, isStamped, type KernelLine } from "./line";
import { type Fields, newRecord, type OpenRecord } from "./record";
import { Stacks } from "./stacks";
import type { When } from "./when";
import type { Words } from "./words";

/** Beginnings of lines that belong to a report, by their first two characters. */
const partsByStart = new Map<number, string[]>();
for (const part of knowledge.parts) {
  const start = startAt(part, 0);
  partsByStart.set(start, [...(partsByStart.get(start) ?? []), part]);
}

/** A number for the two characters at `at`; others may have the same. */
function startAt(text: string, at: number): number {
  return ((text.charCodeAt(at) & 127) << 7) | (text.charCodeAt(at + 1) & 127);
}

const ADDRESSES = ["address", "status"];

/** An oops, a WARNING, a stall and their kin, from the headline to the last line that belongs to it. */
export class Report implements OpenRecord {
  readonly patience = 24;
  private readonly kind: ReportKind;
  private readonly when: When;
  private readonly words: Words;
  private readonly title: string;
  private readonly headline: KernelLine;
  readonly fields: Fields = {};
  private readonly stacks: Stacks;
  private readonly from: number;
  private to: number;

  /** `from` is where the report starts: a `cut here` line may stand above the headline. */
  constructor(kind: ReportKind, headline: KernelLine, from: number, when: When, words: Words) {
    this.kind = kind;
    this.words = words;
    this.when = when;
    this.headline = headline;
    this.from = from;
    this.to = headline.to;
    this.title = bodyOf(headline);
    this.stacks = new Stacks(kind, words);
    this.readHead(kind, this.title);
  }

  take(line: KernelLine): boolean {
    if (!this.stacks.take(line)) {
      if (!isPart(line)) return line.body === line.to;
      this.stacks.end();
    }
    if (line.body < line.to) this.extend(line);
    const { text, body } = line;
    // Frames, registers and dumps are most of a report and say nothing here.
    if (isSpeaking(text.charCodeAt(body)) || this.words.tellTaint(line))
      readPart(bodyOf(line), this.fields);
    if (text.startsWith("---[ end ", body) && !this.stacks.isEmpty) this.stacks.close();
    return true;
  }

  /** The report goes as far as this line. */
  extend(line: KernelLine): void {
    this.to = line.to;
  }

  /** The oops behind a `BUG:`, the panic behind anything. */
  follow(kind: ReportKind, line: KernelLine): boolean {
    const goesOn = this.kind.leads === true && kind.follows === true && this.stacks.isEmpty;
    if (kind.kind !== "panic" && !goesOn) return false;
    const body = bodyOf(line);
    this.readHead(kind, body);
    readPart(body, this.fields);
    this.to = line.to;
    return true;
  }

  finish(): LogRecord {
    const { text, body, to } = this.headline;
    const { file, line, function: name, ...fields } = this.fields;
    const source = typeof file === "string" && typeof line === "number" ? { file, line } : null;
    return newRecord(this.when, {
      kind: this.kind.kind,
      crash: this.kind.crash,
      message: this.title,
      span: { from: this.from, to: this.to },
      fields: { title: this.title, ...fields, ...(name === undefined ? {} : { function: name }) },
      source,
      ...this.stacks.pick(frameWithin(text, body, to)),
    });
  }

  private readHead(kind: ReportKind, line: string): void {
    for (const [name, value] of Object.entries(readHeadline(kind, line))) {
      if (name in this.fields) continue;
      const isAddress = ADDRESSES.includes(name) && typeof value === "string";
      this.fields[name] = isAddress ? canonicalAddress(value) : value;
    }
  }
}

/**
 * Does the line look like one of those inside a report? What the kernel indents belongs to what stands above; without a
 * stamp an indented line may be anybody's.
 */
function isPart(line: KernelLine): boolean {
  const { text, message, body, to } = line;
  if (isStamped(line) && body > message + 1 && body < to) return true;
  const alike = partsByStart.get(startAt(text, body));
  return alike?.some((part) => text.startsWith(part, body)) ?? false;
}
