import { Pace } from "../find/pace";
import type { LogRecord, Reading } from "../read/model";
import { textOf } from "../read/renewal";
import type { Span } from "../read/span";
import type { Steps } from "../read/steps";
import { entriesTouching, entryAt } from "./entries/entry";
import { mentionsOf, type Subject, subjectsOf } from "./entries/mentions";

/** The process, program, backend, client or address at the clean-text offset, in all entries that name it. */
export function* entryHighlights(reading: Reading, offset: number): Steps<Span[]> {
  const record = entryAt(reading, offset);
  if (record === null) return [];
  const isHere = ({ from, to }: Span) => from <= offset && offset <= to;
  const subject = subjectsOf(record).find((it) => mentionsOf(reading, record, it).some(isHere));
  return subject === undefined ? [] : yield* everyMention(reading, subject);
}

function* everyMention(reading: Reading, wanted: Subject): Steps<Span[]> {
  const isWanted = ({ role, text }: Subject) => role === wanted.role && text === wanted.text;
  const found: Span[] = [];
  const pace = new Pace();
  for (const record of yield* entriesWith(reading, wanted.text)) {
    if (subjectsOf(record).some(isWanted)) found.push(...mentionsOf(reading, record, wanted));
    if (pace.isDone(2)) yield;
  }
  return found;
}

/** The entries in whose text the word stands: to look for it in the text is faster than to take each of them apart. */
function* entriesWith(reading: Reading, word: string): Steps<ReadonlySet<LogRecord>> {
  const text = textOf(reading);
  const found = new Set<LogRecord>();
  const pace = new Pace();
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const touched = entriesTouching(reading, { from: at, to: at + word.length });
    for (const record of touched) found.add(record);
    if (pace.isDone(2)) yield;
  }
  return found;
}
