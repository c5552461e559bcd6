import {
  type CodeAction,
  CodeActionKind,
  type CreateFile,
  type Range,
  TextDocumentEdit,
  TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { canBeNoted, newNote } from "../../features/noteDocuments/newNote";
import { cleanOffsetAt } from "../convert";
import type { Desk } from "../desk";
import type { OpenDocument } from "../documents";
import { topOf } from "./cases";

/** Where the note is to be written from; it is made when the action is chosen. */
interface NewNoteData {
  readonly newNote: { readonly uri: string; readonly position: Range["start"] };
}

export const NEW_NOTE_KIND = CodeActionKind.RefactorExtract;

const TITLE = "Write a known-issue note from this";

/** The action where there is something to write a note from, and an editor that can make its file. */
export function newNoteActions(desk: Desk, open: OpenDocument, { start }: Range): CodeAction[] {
  if (!canMakeFiles(desk) || homeOf(desk, open.document.uri) === null) return [];
  if (!canBeNoted(open.reading, cleanOffsetAt(open, start))) return [];
  const data: NewNoteData = { newNote: { uri: open.document.uri, position: start } };
  const action: CodeAction = { title: TITLE, kind: NEW_NOTE_KIND, data };
  return [resolvesLater(desk) ? action : resolveNewNote(desk, action)];
}

/** The action with the file that it makes. */
export function resolveNewNote(desk: Desk, action: CodeAction): CodeAction {
  const { uri, position } = (action.data as NewNoteData).newNote;
  const open = desk.documents.get(uri);
  const home = homeOf(desk, uri);
  if (open === undefined || home === null) return action;
  const note = newNote(open.reading, cleanOffsetAt(open, position), desk.teamNotes.takenIds());
  if (note === null)
    return { ...action, disabled: { reason: "There is too little to tell it by." } };
  const file = `${home}/${note.id}.md`;
  const command = { title: TITLE, command: "backtraceReader.showNewNote", arguments: [file] };
  return {
    ...action,
    edit: editThatMakes(file, note.text),
    ...(desk.options.showsCases && { command }),
  };
}

function editThatMakes(uri: string, text: string): WorkspaceEdit {
  const create: CreateFile = { kind: "create", uri, options: { ignoreIfExists: true } };
  const insert = TextEdit.insert(topOf(uri).range.start, text);
  return {
    documentChanges: [create, TextDocumentEdit.create({ uri, version: null }, [insert])],
  };
}

function canMakeFiles({ client }: Desk): boolean {
  const { documentChanges, resourceOperations } = client.workspace?.workspaceEdit ?? {};
  return documentChanges === true && (resourceOperations?.includes("create") ?? false);
}

const resolvesLater = ({ client }: Desk): boolean =>
  client.textDocument?.codeAction?.resolveSupport?.properties.includes("edit") ?? false;

/** The folder of notes of the workspace folder that the document is in, or else of the first one. */
function homeOf({ teamNotes: { homes } }: Desk, uri: string): string | null {
  const around = homes.filter((home) => uri.startsWith(home.slice(0, home.lastIndexOf("/") + 1)));
  const innermost = around.sort((one, other) => other.length - one.length)[0];
  return innermost ?? homes[0] ?? null;
}
