import { isNoteFile } from "../notes/folder";
import { type ParsedNote, parseNote } from "../notes/parse";
import type { EditedDocument } from "./editedDocument";

/** A note that is open in the editor, as of one version. */
export interface NoteDocument {
  readonly document: EditedDocument;
  readonly uri: string;
  readonly text: string;
  readonly parsed: ParsedNote;
  /** Does it come with the program, or is it an older version, to be looked at only? */
  readonly isToRead: boolean;
}

/** The folder of notes in a folder of the workspace. */
const FOLDER = ".backtrace-notes";

/** Markdown tells of nothing that happened: notes, and what lies beside them. */
export const isMarkdown = ({ uri, languageId }: EditedDocument): boolean =>
  languageId === "markdown" || isInNotesFolder(uri);

const isInNotesFolder = (uri: string): boolean =>
  /\.md$/i.test(uri) && uri.split("/").at(-2) === FOLDER;

/** How source control shows what a file was. */
const OLDER = /^(?:git|gitfs|vscode-scm):/;

/** Which of the documents are notes. */
export interface NotePlaces {
  /** Is it in one of the folders of the settings? */
  holds(uri: string): boolean;
  /** Of the notes that come with the program. */
  readonly shippedFolder: string | null;
}

const read = new WeakMap<EditedDocument, NoteDocument & { readonly version: number }>();

/** The document as a note, read once a version; null where it is none. */
export function asNote(document: EditedDocument, places: NotePlaces): NoteDocument | null {
  const { uri, version } = document;
  const isShipped = places.shippedFolder !== null && uri.startsWith(`${places.shippedFolder}/`);
  if (!isMarkdown(document) || !isNoteFile(uri.split("/").at(-1) ?? "")) return null;
  if (!isShipped && !isInNotesFolder(uri) && !places.holds(uri)) return null;
  const known = read.get(document);
  if (known?.version === version) return known;
  const text = document.getText();
  const isToRead = isShipped || OLDER.test(uri);
  const note = { document, uri, text, version, parsed: parseNote(text), isToRead };
  read.set(document, note);
  return note;
}
