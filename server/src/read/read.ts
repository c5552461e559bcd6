import { splitOnce } from "./lines";
import type { Reading, Section } from "./model";
import type { Output } from "./output";
import { readLines } from "./readLines";
import { addEnvelopes, outOfOrder } from "./records";
import { nothingMet } from "./rejoin/met";
import { keepRenewal } from "./renewal";
import type { Rewritten } from "./rewrite";
import { undoDamage } from "./undoDamage";
import { envelopes } from "./undress/envelope";

/** Reads a text. Pure and total: any string gives a reading, and nothing in it is lost. */
export function read(text: string): Reading {
  const split = splitOnce();
  const met = nothingMet();
  const clean = undoDamage(text, split, met);
  const lines = split(clean.text);
  const envelopeOf = envelopes(text, clean, lines);
  const { output, marks } = readLines(lines, envelopeOf);
  const records = clean.mapping ? addEnvelopes(output.records, lines, envelopeOf) : output.records;
  const reading = toReading(text, clean, { ...output, records });
  if (clean.mapping === null) keepRenewal(reading, { output, marks, met, wholeLogs: null });
  return reading;
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

/** What nobody claimed is `text`; blank lines alone are not worth a section and go to the one before them. */
function fillGaps(sections: readonly Section[], text: string): Section[] {
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

function addText(sections: Section[], text: string, from: number, to: number): void {
  if (text.slice(from, to).trim() === "") return;
  sections.push({ kind: "text", span: { from, to } });
}
