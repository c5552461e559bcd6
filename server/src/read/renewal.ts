import type { Marks } from "./marks";
import type { Reading } from "./model";
import { oncePer } from "./oncePer";
import type { Output } from "./output";
import type { Characters, PiecedText } from "./piecedText";
import type { WholeLogs } from "./readLines";
import { RecordList } from "./recordList";
import type { Met } from "./rejoin/met";

/** What is kept of a reading so that an edit does not make everything be read again. */
export interface Renewal {
  /** The text, which was in no need of repair. */
  readonly text: PiecedText;
  /** What the formats found, before anything was added to it; records apart. */
  readonly output: Omit<Output, "records">;
  readonly records: RecordList;
  readonly marks: Marks;
  readonly met: Met;
  /** Null until somebody asks. */
  readonly wholeLogs: WholeLogs | null;
  /** How many edits ago everything was made for the text as it stood then. */
  readonly edits: number;
}

const renewals = new WeakMap<Reading, Renewal>();

/** Keeps it for as long as somebody holds the reading. */
export function keepRenewal(reading: Reading, renewal: Renewal): void {
  renewals.set(reading, renewal);
}

/** What was kept of it, or undefined: damaged text is always read as a whole. */
export const renewalOf = (reading: Reading): Renewal | undefined => renewals.get(reading);

/** The records of a reading one by one. */
export const recordsOf = oncePer(
  (reading: Reading): RecordList => renewalOf(reading)?.records ?? RecordList.of(reading.records),
);

/** The clean text of a reading, for those who look at a piece of it. */
export const textOf = (reading: Reading): Characters =>
  renewalOf(reading)?.text ?? reading.clean.text;
