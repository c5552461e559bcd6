import files from "knowledge:apache/kinds";
import { isDigit, skipDigits } from "../chars";
import type { EntryRows } from "../entryRows";
import { FROM, type LogEntry, TO } from "../logEntry";
import { hasNull, type MessageKind, safe } from "../messageKinds";
import type { LogRecord } from "../model";
import { Occurrences } from "../phrase";
import { DAY, KindNumbers, MESSAGE, MESSAGE_TO, OWN, ServerEntry, TIME } from "../serverEntry";
import { signalName } from "../signals";
import { ahCode, mpmOf } from "./codes";
import { CODE_LENGTH, errorAt, Head, scanHead, sourceAt } from "./head";
import { LEVELS } from "./levels";

/** Where the parts of the head stand. */
const MODULE = OWN;
const PID = OWN + 1;
const TID = OWN + 2;
const CODE = OWN + 3;
/** The number of the level. */
const SEVERITY = OWN + 4;
/** Does the head say more than that? Then it is read again when somebody asks. */
const MORE = OWN + 5;

/** What MORE says of a head with anything more, and of one with a source. */
const SOME = 1;
const WITH_SOURCE = 2;

/** How many columns a row of Apache's has. */
export const WIDTH = OWN + 6;

type Fields = Record<string, string | number | boolean | null>;

/** The data of knowledge/apache/kinds. */
export const apacheKinds: readonly MessageKind[] = files.flatMap((file) => file.kinds);

/** Apache's kinds, by their numbers. */
export const apacheKindNumbers = new KindNumbers(apacheKinds);

/** Puts what the head of an entry says into its row. */
export function putHead(rows: EntryRows, row: number, head: Head): void {
  rows.set(row, MESSAGE, head.messageFrom);
  rows.set(row, TIME, head.timeFrom);
  rows.set(row, DAY, head.day);
  rows.set(row, MODULE, head.moduleFrom);
  rows.set(row, PID, head.pidFrom);
  rows.set(row, TID, head.tidFrom);
  rows.set(row, CODE, head.codeFrom);
  rows.set(row, SEVERITY, head.severity);
  const { sourceFrom, errorFrom, peerFrom, requestFrom, connectionFrom } = head;
  const hasMore = Math.max(errorFrom, peerFrom, requestFrom, connectionFrom) >= 0;
  rows.set(row, MORE, sourceFrom >= 0 ? WITH_SOURCE : hasMore ? SOME : 0);
}

const REFERER = ", referer: ";

/** An entry of Apache's error log. */
export class ApacheEntry extends ServerEntry {
  get format(): string {
    return "apache";
  }

  get severity(): string | null {
    return LEVELS[this.number(SEVERITY)]?.name ?? null;
  }

  get module(): string | null {
    const from = this.place(MODULE);
    return from < 0 ? null : this.rows.text.slice(from, this.rows.text.indexOf(":", from));
  }

  get pid(): number | null {
    const digits = this.digits(PID);
    return digits === null ? null : safe(digits);
  }

  get tid(): string | null {
    return this.digits(TID);
  }

  get source(): LogRecord["source"] {
    if (this.number(MORE) !== WITH_SOURCE) return null;
    const from = this.moreOfHead()?.sourceFrom ?? -1;
    const found = from < 0 ? null : sourceAt(this.rows.text, from);
    const line = found && safe(found[2] as string);
    return found === null || line === null ? null : { file: found[1] as string, line };
  }

  get code(): string | null {
    const from = this.place(CODE);
    return from < 0 ? null : this.rows.text.slice(from, from + CODE_LENGTH);
  }

  /** Is one of its numbers too large to be one? */
  get hasLostNumber(): boolean {
    const head = this.moreOfHead();
    const isLost =
      (this.place(PID) >= 0 && this.pid === null) ||
      (head !== null && head.errorFrom >= 0 && head.errno === null) ||
      (head !== null && head.sourceFrom >= 0 && this.source === null);
    return isLost || hasNull(this.messageFields());
  }

  protected get kinds(): KindNumbers {
    return apacheKindNumbers;
  }

  /** `%{cuz}t` has a zone. */
  protected override get zone(): string {
    const { text } = this.rows;
    if (isDigit(text.charCodeAt(this.place(TIME)))) {
      const from = this.clockEnd;
      return text.slice(from, text.indexOf("]", from)).trimStart();
    }
    return "";
  }

  override get fraction(): number {
    return this.zone === "" ? super.fraction : -1;
  }

  protected override joinedMessage(): string {
    return this.splitReferer().message;
  }

  protected inRows(rows: EntryRows, row: number): LogEntry {
    return new ApacheEntry(rows, row);
  }

  readFields(): Fields {
    const found = this.messageFields();
    const head = this.moreOfHead();
    const isJoined = this.place(MESSAGE_TO) < 0;
    const mpm = this.mpm;
    // Most entries say no more than their message.
    if (head === null && !isJoined && mpm === null && found.signal === undefined) return found;
    const fields: Fields = {};
    if (head !== null) addError(fields, this.rows.text, head);
    if (head !== null) addPeer(fields, this.rows.text, head);
    if (isJoined) fields.referer = this.splitReferer().referer;
    if (head !== null) addIds(fields, this.rows.text, head);
    if (mpm !== null) fields.mpm = mpm;
    Object.assign(fields, found);
    if (typeof found.signal === "number") fields.signalName = signalName(found.signal);
    return fields;
  }

  private get mpm(): string | null {
    const module = this.place(MODULE);
    if (module < 0) return mpmOfCode(this.code);
    return this.rows.text.startsWith("mpm_", module) ? mpmOf(this.module) : null;
  }

  private splitReferer(): { message: string; referer: string } {
    const { text } = this.rows;
    return splitReferer(text, this.place(MESSAGE), this.firstEnd, this.place(TO));
  }

  private digits(column: number): string | null {
    const from = this.place(column);
    const { text } = this.rows;
    return from < 0 ? null : text.slice(from, skipDigits(text, from, text.length));
  }

  /** The whole head, where it says more than the row does. */
  private moreOfHead(): Head | null {
    if (this.number(MORE) < SOME) return null;
    return scanHead(this.rows.text, this.place(FROM), this.firstEnd, scanned);
  }

  /** The end of the first line. */
  private get firstEnd(): number {
    const end = this.rows.text.indexOf("\n", this.place(FROM));
    return end < 0 ? this.place(TO) : Math.min(end, this.place(TO));
  }
}

/** The head that was read last: places alone, of no use to anybody but who asked. */
const scanned = new Head();

/** Says of the first line of a message whether it ends in `, referer: http://...`. */
export const refererIn = (text: string): Occurrences => new Occurrences(text, REFERER);

/** Takes the referer off the first line of a message that has one. */
export function splitReferer(
  text: string,
  from: number,
  firstEnd: number,
  to: number,
): { message: string; referer: string } {
  const first = text.slice(from, firstEnd);
  const at = first.lastIndexOf(REFERER);
  const referer = first.slice(at + REFERER.length).trim();
  return { message: (first.slice(0, at) + text.slice(firstEnd, to)).trimEnd(), referer };
}

/** Only the codes of the MPMs themselves tell which one runs, and they are all that a bare line has. */
const mpmOfCode = (code: string | null): string | null =>
  code === null ? null : mpmOf(ahCode(code)?.module ?? null);

function addError(fields: Fields, text: string, head: Head): void {
  const found = head.errorFrom < 0 ? null : errorAt(text, head.errorFrom, head.to);
  if (found === null) return;
  if (head.errno !== null) fields.errno = head.errno;
  fields.error = (found[2] as string).trim();
}

/** Since 2.4 the port stands behind the address, also behind one of IPv6 (`::1:33402`). */
function addPeer(fields: Fields, text: string, head: Head): void {
  if (head.peerFrom < 0) return;
  const role = head.peerRole;
  const address = text.slice(head.peerFrom, head.peerTo);
  const colon = address.lastIndexOf(":");
  const isOld = head.moduleFrom < 0 && head.pidFrom < 0;
  const hasPort = /:\d{1,5}$/.test(address) && (!isOld || address.indexOf(":") === colon);
  fields[role] = hasPort ? address.slice(0, colon) : address;
  if (hasPort) fields[`${role}Port`] = Number(address.slice(colon + 1));
}

function addIds(fields: Fields, text: string, head: Head): void {
  const { requestFrom, requestTo, connectionFrom, connectionTo } = head;
  if (requestFrom >= 0) fields.requestId = text.slice(requestFrom, requestTo);
  if (connectionFrom >= 0) fields.connectionId = text.slice(connectionFrom, connectionTo);
}
