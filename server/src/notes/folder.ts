import { read } from "../read/read";
import type { NoteProblem } from "./check";
import { judge } from "./judge";
import { nameProblems } from "./names";
import type { Note } from "./note";
import { placeInFront } from "./noteFile";
import { type ParsedNote, parseNote } from "./parse";

/** A note's file with its text; a path or a URI. */
export interface NoteText {
  readonly path: string;
  readonly text: string;
}

/** A note's file that has been read. */
export interface NoteInFile extends NoteText {
  readonly parsed: ParsedNote;
}

export interface CheckedNote extends NoteInFile {
  readonly problems: readonly NoteProblem[];
}

/** Is the file of a folder of notes one? A README among them is for people. */
export const isNoteFile = (name: string): boolean =>
  /\.md$/i.test(name) && !/^readme\b/i.test(name);

/** The notes together, a folder's own in the place of others with the same id. */
export function withOthers(own: readonly Note[], others: readonly Note[]): Note[] {
  const ids = new Set(own.map(({ id }) => id));
  return [...others.filter(({ id }) => !ids.has(id)), ...own];
}

/** Checks the notes of a folder. `others` are the notes that they stand beside. */
export function checkFolder(
  files: readonly NoteText[],
  others: readonly Note[] = [],
): CheckedNote[] {
  const parsed = files.map((file) => ({ ...file, parsed: parseNote(file.text) }));
  return parsed.map((file) => ({ ...file, problems: checkAmong(file, parsed, others) }));
}

/**
 * Everything that is wrong with a note among those of its folder: taken by itself, its names, its id against its file's
 * name and the other notes, and its samples, each of which it must be the first to claim.
 */
export function checkAmong(
  file: NoteInFile,
  folder: readonly NoteInFile[],
  others: readonly Note[],
): NoteProblem[] {
  const { note, problems } = file.parsed;
  if (note === null) return [...problems];
  const own = folder.flatMap(({ parsed }) => parsed.note ?? []);
  return [
    ...problems,
    ...nameProblems(file.parsed.file, note),
    ...idProblems(file, note, own, others),
    ...sampleProblems(file, note, own, others),
  ];
}

function idProblems(
  { path, parsed: { file } }: NoteInFile,
  note: Note,
  own: readonly Note[],
  others: readonly Note[],
): NoteProblem[] {
  const span = placeInFront(file, ["id"]);
  const problems: NoteProblem[] = [];
  const name = fileName(path).replace(/\.md$/, "");
  if (name !== note.id) {
    const message = `The id is "${note.id}", but the file is named "${name}.md".`;
    problems.push({ severity: "error", message, span });
  }
  if (own.filter(({ id }) => id === note.id).length > 1) {
    problems.push({ severity: "error", message: `There are two notes "${note.id}".`, span });
  }
  const replaced = others.find(({ id }) => id === note.id);
  if (replaced && !isSame(replaced, note)) {
    const message =
      "This note takes the place of the one with this id that comes with the program.";
    problems.push({ severity: "information", message, span });
  }
  return problems;
}

/** The last part of a path, or of a URI, in which some characters are escaped. */
function fileName(path: string): string {
  const name = path.replace(/^.*[\\/]/, "");
  if (!path.includes("://")) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const isSame = (one: Note, other: Note): boolean =>
  JSON.stringify({ ...one, isTrusted: true }) === JSON.stringify({ ...other, isTrusted: true });

function sampleProblems(
  { parsed: { file } }: NoteInFile,
  note: Note,
  own: readonly Note[],
  others: readonly Note[],
): NoteProblem[] {
  const all = withOthers(own, others);
  return file.samples.flatMap(({ text, span }): NoteProblem[] => {
    const { hypotheses } = judge([{ path: "sample", reading: read(text) }], all);
    const place = { from: span.from, to: firstLineEnd(text, span.from) };
    if (!hypotheses.some((each) => each.note.id === note.id)) {
      const message = "This note does not match its own sample.";
      return [{ severity: "error", message, span: place }];
    }
    const first = hypotheses[0]?.note as Note;
    const isRival = note.related.includes(first.id) && !own.includes(first);
    if (first.id === note.id || isRival) return [];
    // What comes with the program may change with its next version, so that it breaks no folder.
    const severity = own.includes(first) ? "error" : "warning";
    const message = `The first hypothesis for this sample is "${first.id}", not this note.`;
    return [{ severity, message, span: place }];
  });
}

const firstLineEnd = (sample: string, from: number): number => {
  const newline = sample.indexOf("\n");
  return from + (newline < 0 ? sample.length : newline);
};
