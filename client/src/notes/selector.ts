import { languages, type TextDocument, Uri } from "vscode";
import { configuredFolders, NOTES_PATTERN } from "./folders";

/** The documents that are notes, as the protocol selects them: those to write, and the extension's own to look at. */
export const noteFilters = (extension: Uri) => [
  { pattern: NOTES_PATTERN },
  ...foldersOf(extension).map((uri) => ({
    pattern: { baseUri: uri.toString(), pattern: "*.md" },
  })),
];

/** Is it a note to write? */
export const isNote = (document: TextDocument): boolean =>
  languages.match({ pattern: NOTES_PATTERN }, document) > 0 ||
  configuredFolders().some(({ uri }) => isIn(uri, document.uri));

const foldersOf = (extension: Uri): Uri[] => [
  Uri.joinPath(extension, "knowledge/notes"),
  ...configuredFolders().map(({ uri }) => uri),
];

const isIn = (folder: Uri, file: Uri): boolean =>
  /\.md$/i.test(file.path) && Uri.joinPath(file, "..").toString() === folder.toString();
