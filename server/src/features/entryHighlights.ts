import type { Reading } from "../read/model";
import type { Span } from "../read/span";
import { entryAt } from "./entries/entry";
import { mentionsOf, type Subject, subjectsOf } from "./entries/mentions";

/** The process, program, backend, client or address at the clean-text offset, in all entries that name it. */
export function entryHighlights(reading: Reading, offset: number): Span[] {
  const record = entryAt(reading, offset);
  if (record === null) return [];
  const isHere = ({ from, to }: Span) => from <= offset && offset <= to;
  const subject = subjectsOf(record).find((it) => mentionsOf(reading, record, it).some(isHere));
  return subject === undefined ? [] : everyMention(reading, subject);
}

function everyMention(reading: Reading, wanted: Subject): Span[] {
  const isWanted = ({ role, text }: Subject) => role === wanted.role && text === wanted.text;
  return reading.records
    .filter((record) => subjectsOf(record).some(isWanted))
    .flatMap((record) => mentionsOf(reading, record, wanted));
}
