import { noteProposals } from "../../server/src/features/noteDocuments/completion";
import { noteHover } from "../../server/src/features/noteDocuments/hover";
import { matchedPlaces } from "../../server/src/features/noteDocuments/matches";
import { newNote } from "../../server/src/features/noteDocuments/newNote";
import { checkAmong } from "../../server/src/notes/folder";
import { judge, shipped } from "../../server/src/notes/judge";
import type { ParsedNote } from "../../server/src/notes/parse";
import { parseNote } from "../../server/src/notes/parse";
import { cleanOffset } from "../../server/src/read/place";
import { read } from "../../server/src/read/read";
import type { Span } from "../../server/src/read/span";
import { isInside, show } from "../adversarial/nesting";

/** What is wrong with the answers about a note that is being written, at places given as shares of its length. */
export function faultsOfNote(text: string, places: readonly number[]): string[] {
  const parsed = parseNote(text);
  const file = { path: "/notes/damaged.md", text, parsed };
  const spans: Span[] = checkAmong(file, [file], shipped).map(({ span }) => span);
  for (const share of places) {
    const offset = Math.floor(share * text.length);
    spans.push(
      ...[noteProposals(text, offset, shipped), noteHover(parsed.file, offset, shipped)].flatMap(
        (found) => found?.span ?? [],
      ),
    );
  }
  return [...outside(spans, text), ...faultsOfMatching(parsed)];
}

const outside = (spans: readonly Span[], { length }: string): string[] =>
  spans
    .filter((span) => !isInside(span, { from: 0, to: length }))
    .map((span) => `a note: ${show(span)} lies outside of it`);

/** A note that is whole is looked for, in its own samples. */
function faultsOfMatching({ note, file }: ParsedNote): string[] {
  if (note === null) return [];
  const sources = file.samples.map(({ text }, i) => ({ path: `${i}`, reading: read(text) }));
  const { findings, hypotheses } = judge(sources, [note]);
  const places = [
    ...matchedPlaces(note, sources, findings),
    ...hypotheses.flatMap(({ evidence }) => evidence),
  ];
  return places.flatMap(({ source, span }) => outside([span], source.reading.clean.text));
}

/** A note that is made of a damaged text is whole. */
export function faultsOfNewNotes(text: string, places: readonly number[]): string[] {
  const reading = read(text);
  return places.flatMap((share) => {
    const offset = cleanOffset(reading, Math.floor(share * text.length));
    const made = newNote(reading, offset, new Set());
    if (made === null) return [];
    const errors = parseNote(made.text).problems.filter(({ severity }) => severity === "error");
    return errors.map(({ message }) => `a new note is not whole: ${message}`);
  });
}
