import { GdbReader } from "./gdb/reader";
import { type Lines, splitLines } from "./lines";
import type { Reading, Section } from "./model";
import { emptyOutput, type FormatReader, type Output } from "./output";
import { joinWrapped } from "./rejoin/join";
import { splitGlued } from "./rejoin/split";
import { chain, type Rewritten } from "./rewrite";
import { GdbScriptReader, ShellReader } from "./shell/scripts";
import { decodeEntities } from "./undress/entities";
import { undress } from "./undress/undress";

/** Reads a text. Pure and total: any string gives a reading, and nothing in it is lost. */
export function read(text: string): Reading {
  const clean = undoDamage(text);
  const lines = splitLines(clean.text);
  const output = emptyOutput();
  readFormats(lines, output);
  return { text, clean, ...output, sections: fillGaps(output.sections, lines) };
}

/** Takes off what surrounds the lines, then puts together what was one line and takes apart what was several. */
function undoDamage(text: string): Rewritten {
  const bare = undress(text);
  const joined = chain(bare, (made) => joinWrapped(made, bare.prefixLengths));
  return chain(chain(joined, decodeEntities), splitGlued);
}

function readFormats(lines: Lines, output: Output): void {
  const formats: FormatReader[] = [
    new GdbReader(lines, output),
    new GdbScriptReader(lines, output),
    new ShellReader(lines, output),
  ];
  let at = 0;
  while (at < lines.count) at = readSection(formats, at);
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
