import { read } from "../read/read";
import type { NoteProblem } from "./check";
import { judge } from "./judge";
import type { Note } from "./note";
import { placeInFront } from "./noteFile";
import { type ParsedNote, parseNote } from "./parse";

/** A note's file with its text. */
export interface NoteText {
  readonly path: string;
  readonly text: string;
}

/** Is the file of a folder of notes one? A README among them is for people. */
export const isNoteFile = (name: string): boolean =>
  /\.md$/i.test(name) && !/^readme\b/i.test(name);

export interface CheckedNote extends NoteText {
  readonly parsed: ParsedNote;
  readonly problems: readonly NoteProblem[];
}

/**
 * Checks the notes of one folder together: each by itself, its id against its file's name and the other notes, and its
 * samples, each of which its note must be the first to claim. `others` are notes that compete for the samples.
 */
export function checkFolder(
  files: readonly NoteText[],
  others: readonly Note[] = [],
): CheckedNote[] {
  const parsed = files.map((file) => ({ ...file, parsed: parseNote(file.text) }));
  const notes = [...parsed.flatMap(({ parsed: { note } }) => note ?? []), ...others];
  return parsed.map((file) => {
    const { note } = file.parsed;
    const own = note ? [...idProblems(file, note, notes), ...sampleProblems(file, notes)] : [];
    return { ...file, problems: [...file.parsed.problems, ...own] };
  });
}

type Parsed = NoteText & { readonly parsed: ParsedNote };

function idProblems(
  { path, parsed: { file } }: Parsed,
  note: Note,
  notes: readonly Note[],
): NoteProblem[] {
  const span = placeInFront(file, ["id"]);
  const problems: NoteProblem[] = [];
  const name = path.replace(/^.*[\\/]/, "").replace(/\.md$/, "");
  if (name !== note.id) {
    const message = `The id is "${note.id}", but the file is named "${name}.md".`;
    problems.push({ severity: "error", message, span });
  }
  if (notes.filter(({ id }) => id === note.id).length > 1) {
    problems.push({ severity: "error", message: `There are two notes "${note.id}".`, span });
  }
  return problems;
}

function sampleProblems({ parsed: { file, note } }: Parsed, notes: readonly Note[]): NoteProblem[] {
  return file.samples.flatMap(({ text, span }): NoteProblem[] => {
    const [first] = judge([{ path: "sample", reading: read(text) }], notes).hypotheses;
    if (first?.note === note) return [];
    const message = first
      ? `The first hypothesis for this sample is "${first.note.id}", not this note.`
      : "This note does not match its own sample.";
    return [
      { severity: "error", message, span: { from: span.from, to: firstLineEnd(text, span.from) } },
    ];
  });
}

const firstLineEnd = (sample: string, from: number): number => {
  const newline = sample.indexOf("\n");
  return from + (newline < 0 ? sample.length : newline);
};
