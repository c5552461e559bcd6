import { type Change, composed, type Edit } from "./change";
import type { Marks } from "./marks";
import type { Reading } from "./model";
import { oncePer } from "./oncePer";
import type { Output } from "./output";
import type { Characters } from "./piecedText";
import type { WholeLogs } from "./readLines";
import { RecordList } from "./recordList";
import type { Years } from "./records";
import type { Undone } from "./undoAgain";

/** What is kept of a reading so that an edit does not make everything be read again. */
export interface Renewal extends Undone {
  /** What the formats found, before anything was added to it; records apart. */
  readonly output: Omit<Output, "records">;
  readonly records: RecordList;
  readonly marks: Marks;
  /** Null until somebody asks. */
  readonly wholeLogs: WholeLogs | null;
  /** Of the times of the records; null where no record has anything from a shipper's prefix. */
  readonly years: Years | null;
  /** The edits of the clean text since everything was made for the text as it stood then; the first stands for that. */
  readonly edits: readonly Edit[];
}

/** Tells the edits behind it from all others. */
export const nothingEdited = (): Edit => ({ from: 0, to: 0, length: 0 });

const renewals = new WeakMap<Reading, Renewal>();

/** Keeps it for as long as somebody holds the reading. */
export function keepRenewal(reading: Reading, renewal: Renewal): void {
  renewals.set(reading, renewal);
}

/** What was kept of it, or undefined: of a part of a text nothing is. */
export const renewalOf = (reading: Reading): Renewal | undefined => renewals.get(reading);

/** The records of a reading one by one. */
export const recordsOf = oncePer(
  (reading: Reading): RecordList => renewalOf(reading)?.records ?? RecordList.of(reading.records),
);

/** The clean text of a reading, for those who look at a piece of it. */
export const textOf = (reading: Reading): Characters =>
  renewalOf(reading)?.text ?? reading.clean.text;

/** The one edit that made the clean text of one reading of that of another; null where nobody has kept it. */
export function cleanChange(older: Reading, newer: Reading): Change | null {
  const [one, other] = [renewalOf(older), renewalOf(newer)];
  if (one === undefined || other === undefined) return null;
  const known = one.edits.length;
  if (other.edits[known - 1] !== one.edits[known - 1]) return null;
  const { from, to, end } = composed(other.edits.slice(known));
  return { from, to, inserted: other.text.slice(from, end) };
}
