import { splitOnce } from "./lines";
import type { Marks } from "./marks";
import { type Met, nothingMet } from "./met";
import type { Problem, Reading, Section } from "./model";
import type { Output } from "./output";
import { type Characters, PiecedText } from "./piecedText";
import { type Part, readLinesSteps } from "./readLines";
import { RecordList } from "./recordList";
import { addEnvelopes, envelopesOf, outOfOrder, type Years, yearsWith } from "./records";
import { keepRenewal, nothingEdited } from "./renewal";
import type { Rewritten } from "./rewrite";
import { atOnce, type Steps } from "./steps";
import type { Undone } from "./undoAgain";
import { undoDamage } from "./undoDamage";
import { envelopes } from "./undress/envelope";

/** Reads a text. Pure and total: any string gives a reading, and nothing in it is lost. */
export const read = (text: string): Reading => atOnce(readSteps(text));

/** The same in steps, between which others can have their turn. */
export function* readSteps(text: string): Steps<Reading> {
  const { clean, output, marks, met, years } = yield* readRawSteps(text, null);
  yield;
  const reading = toReading(text, clean, output);
  const { mapping } = clean;
  const original = PiecedText.of(text);
  keepRenewal(reading, {
    original,
    text: mapping === null ? original : PiecedText.of(clean.text),
    mapping,
    met,
    output,
    records: RecordList.of(output.records),
    marks,
    wholeLogs: null,
    years,
    edits: [nothingEdited()],
  });
  return reading;
}

/** What was found in a text, with the marks in its clean form. */
export interface Raw {
  readonly clean: Rewritten;
  readonly output: Output;
  readonly marks: Marks;
  readonly met: Met;
  readonly years: Years | null;
}

/** The first half of reading. `part` tells of the whole where the text is only a part of it. */
export const readRaw = (text: string, part: Part | null = null): Raw =>
  atOnce(readRawSteps(text, part));

function* readRawSteps(text: string, part: Part | null): Steps<Raw> {
  const split = splitOnce();
  const met = nothingMet();
  const clean = yield* undoDamage(text, split, met);
  const lines = split(clean.text);
  yield;
  const envelopeOf = envelopes(text, clean, lines);
  const { output, marks } = yield* readLinesSteps(lines, envelopeOf, part);
  yield;
  const found = clean.mapping && envelopesOf(output.records, lines, envelopeOf);
  if (found === null) return { clean, output, marks, met, years: null };
  const years = yearsWith(new Map(), output.records, found, 1);
  const records = addEnvelopes(output.records, found, years);
  return { clean, output: { ...output, records }, marks, met, years };
}

/** The reading of a text in which so much was found. */
export function toReading(text: string, clean: Rewritten, found: Output): Reading {
  return {
    text,
    clean,
    ...found,
    problems: [...found.problems, ...outOfOrder(found.records)],
    sections: fillGaps(found.sections, clean.text),
  };
}

/** The same, where nobody may ever ask for all records, or for the text in one piece. */
export function toLazyReading(
  { original, text, mapping }: Undone,
  found: Omit<Output, "records">,
  list: RecordList,
): Reading {
  const { processes, tables, prompts } = found;
  let problems: readonly Problem[] | null = null;
  const clean = {
    get text() {
      return text.toString();
    },
    mapping,
  };
  return {
    get text() {
      return original.toString();
    },
    clean,
    sections: fillGaps(found.sections, text),
    processes,
    get records() {
      return list.all();
    },
    tables,
    prompts,
    get problems() {
      problems ??= [...found.problems, ...outOfOrder(list.all())];
      return problems;
    },
  };
}

/** What nobody claimed is `text`; blank lines alone are not worth a section and go to the one before them. */
function fillGaps(sections: readonly Section[], text: Characters): Section[] {
  const all: Section[] = [];
  let from = 0;
  for (const section of sections) {
    addText(all, text, from, section.span.from);
    const last = all[all.length - 1];
    const start = last === undefined ? 0 : last.span.to;
    all.push({ kind: section.kind, span: { from: start, to: section.span.to } });
    from = section.span.to;
  }
  addText(all, text, from, text.length);
  const last = all[all.length - 1];
  if (last && last.span.to < text.length) {
    all[all.length - 1] = {
      kind: last.kind,
      span: { from: last.span.from, to: text.length },
    };
  }
  return all;
}

function addText(sections: Section[], text: Characters, from: number, to: number): void {
  if (text.slice(from, to).trim() === "") return;
  sections.push({ kind: "text", span: { from, to } });
}
