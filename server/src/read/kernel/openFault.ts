import { codeTable } from "../chars";
import { EntryRows } from "../entryRows";
import { FROM, TO } from "../logEntry";
import type { LogRecord, Problem } from "../model";
import {
  BODY,
  BODY_TO,
  BYTES,
  BYTES_TO,
  FAULT_KINDS,
  FaultEntry,
  KIND,
  PHRASE,
  STAMP_TO,
  WIDTH,
} from "./faultEntry";
import { bodyOf, type KernelLine } from "./line";
import type { OpenRecord } from "./record";
import { FAULT_PHRASES, type FaultPhrase, plainKind, readFault } from "./userFault";
import { isPlainStamp, readStamp } from "./when";

/** As far behind a fault as its `Code:` line or its registers may follow. */
const MOST_LINES_AFTER = 16;

const AFTERMATH =
  /^(?:Code: |code: |pc : |lr : |sp : |x\d\d?\s?: |pstate: |epc|ra |Failing address|failing address|Hardware name: |CPU: )/;

const BEGINS_AFTERMATH = codeTable("CcplsxerFfH");

const BYTES_HEAD = "Code: ";

/** Opens the faults of one text, and keeps the rows of their entries. */
export class Faults {
  private rows: EntryRows;

  constructor(text: string) {
    this.rows = EntryRows.of(text, WIDTH);
  }

  /** The fault that the line tells of, or null. */
  at(line: KernelLine, phrase: FaultPhrase, problems: Problem[]): OpenRecord | null {
    const kind = kindAt(line, phrase, problems);
    if (kind === null) return null;
    // Whoever asks for the time reads it anew: here only what is wrong with it counts.
    if (!isPlainStamp(line.text, line.from, line.message))
      readStamp(line.text, line.from, line.message, problems);
    return new OpenFault(this, line, phrase, kind);
  }

  /** A row for the next entry. */
  withRoom(): EntryRows {
    this.rows = this.rows.withRoom();
    return this.rows;
  }
}

function kindAt(line: KernelLine, phrase: FaultPhrase, problems: Problem[]): string | null {
  const { text, body, from, to } = line;
  const plain = plainKind(text, body, to, phrase);
  return plain ?? readFault(bodyOf(line), phrase, { from, to }, problems)?.kind ?? null;
}

/** A program's fault, with the `Code:` line or the registers that follow. */
class OpenFault implements OpenRecord {
  readonly patience = 8;
  private readonly faults: Faults;
  private readonly line: KernelLine;
  private readonly phrase: FaultPhrase;
  private readonly kind: string;
  private last: KernelLine;
  private bytes: KernelLine | null = null;

  constructor(faults: Faults, line: KernelLine, phrase: FaultPhrase, kind: string) {
    this.faults = faults;
    this.line = line;
    this.phrase = phrase;
    this.kind = kind;
    this.last = line;
  }

  take(line: KernelLine): boolean {
    const { text, body } = line;
    if (this.bytes !== null || line.index > this.last.index + MOST_LINES_AFTER) return false;
    if (BEGINS_AFTERMATH[text.charCodeAt(body)] !== 1 || !AFTERMATH.test(bodyOf(line)))
      return false;
    if (text.startsWith(BYTES_HEAD, body)) this.bytes = line;
    this.last = line;
    return true;
  }

  follow(): boolean {
    return false;
  }

  finish(): LogRecord {
    const rows = this.faults.withRoom();
    const { line, bytes } = this;
    const row = rows.add();
    rows.set(row, FROM, line.from);
    rows.set(row, TO, this.last.to);
    rows.set(row, STAMP_TO, line.message);
    rows.set(row, BODY, line.body);
    rows.set(row, BODY_TO, line.to);
    rows.set(row, PHRASE, FAULT_PHRASES.indexOf(this.phrase));
    rows.set(row, KIND, FAULT_KINDS.indexOf(this.kind));
    if (bytes !== null) {
      rows.set(row, BYTES, bytes.body + BYTES_HEAD.length);
      rows.set(row, BYTES_TO, bytes.to);
    }
    return new FaultEntry(rows, row);
  }
}
