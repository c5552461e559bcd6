import { ApacheReader } from "./apache/reader";
import type { EnvelopeOf } from "./envelope";
import { closeFrameRows } from "./frame";
import { GdbReader } from "./gdb/reader";
import { KernelReader } from "./kernel/reader";
import { LighttpdReader } from "./lighttpd/reader";
import { type Lines, type Split, splitOnce } from "./lines";
import type { Reading, Section } from "./model";
import { emptyOutput, type FormatReader, type Output } from "./output";
import { addEnvelopes, outOfOrder } from "./records";
import { splitApache } from "./rejoin/apache";
import { joinWrapped } from "./rejoin/join";
import { joinKernelLines } from "./rejoin/kernel";
import { splitLighttpd } from "./rejoin/lighttpd";
import { splitGlued } from "./rejoin/split";
import { straightenTables } from "./rejoin/tables";
import { chain, type Rewritten } from "./rewrite";
import { GdbScriptReader, ShellReader } from "./shell/scripts";
import { TablesReader } from "./tables/reader";
import { decodeEntities } from "./undress/entities";
import { envelopes } from "./undress/envelope";
import { undress } from "./undress/undress";

/** Reads a text. Pure and total: any string gives a reading, and nothing in it is lost. */
export function read(text: string): Reading {
  const split = splitOnce();
  const clean = undoDamage(text, split);
  const lines = split(clean.text);
  const output = emptyOutput();
  const envelopeOf = envelopes(text, clean, lines);
  readFormats(formatReaders(lines, output, envelopeOf), lines.count);
  closeFrameRows();
  const records = clean.mapping ? addEnvelopes(output.records, lines, envelopeOf) : output.records;
  return {
    text,
    clean,
    ...output,
    records,
    problems: [...output.problems, ...outOfOrder(records)],
    sections: fillGaps(output.sections, lines),
  };
}

/** What is done to the text once it is bare, in this order. Each step leaves text alone that it has no business with. */
const REPAIRS: readonly ((text: string, split: Split) => Rewritten)[] = [
  decodeEntities,
  splitGlued,
  joinKernelLines,
  splitApache,
  splitLighttpd,
  straightenTables,
];

/** Takes off what surrounds the lines, then puts together what was one line and takes apart what was several. */
function undoDamage(text: string, split: Split): Rewritten {
  const bare = undress(text, split);
  const joined = chain(bare, (made) => joinWrapped(made, bare.prefixLengths, split));
  return REPAIRS.reduce((made, repair) => chain(made, (t) => repair(t, split)), joined);
}

/** The formats, in the order in which they are asked whether a line is theirs. */
function formatReaders(lines: Lines, output: Output, envelopeOf: EnvelopeOf): FormatReader[] {
  return [
    new GdbReader(lines, output),
    new ApacheReader(lines, output, envelopeOf),
    new LighttpdReader(lines, output, envelopeOf),
    new KernelReader(lines, output, envelopeOf),
    new TablesReader(lines, output),
    new GdbScriptReader(lines, output),
    new ShellReader(lines, output),
  ];
}

function readFormats(formats: readonly FormatReader[], count: number): void {
  let at = 0;
  while (at < count) at = readSection(formats, at);
  for (const format of formats) format.finish();
}

function readSection(formats: readonly FormatReader[], at: number): number {
  for (const format of formats) {
    const after = format.read(at);
    if (after > at) return after;
  }
  return at + 1;
}

/** What nobody claimed is `text`; blank lines alone are not worth a section and go to the one before them. */
function fillGaps(sections: readonly Section[], lines: Lines): Section[] {
  const all: Section[] = [];
  let from = 0;
  for (const section of sections) {
    addText(all, lines, from, section.span.from);
    const last = all[all.length - 1];
    const start = last === undefined ? 0 : last.span.to;
    all.push({ kind: section.kind, span: { from: start, to: section.span.to } });
    from = section.span.to;
  }
  addText(all, lines, from, lines.text.length);
  const last = all[all.length - 1];
  if (last && last.span.to < lines.text.length) {
    all[all.length - 1] = {
      kind: last.kind,
      span: { from: last.span.from, to: lines.text.length },
    };
  }
  return all;
}

function addText(sections: Section[], lines: Lines, from: number, to: number): void {
  if (lines.text.slice(from, to).trim() === "") return;
  sections.push({ kind: "text", span: { from, to } });
}
