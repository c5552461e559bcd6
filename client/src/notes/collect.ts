import * as vscode from "vscode";
import { findFiles } from "../findFiles";
import type { TeamNote } from "../protocol";
import {
  configuredFolders,
  homeOf,
  NOTES_PATTERN,
  type NotesFolder,
  workspaceFolders,
} from "./folders";

// More than these nobody wrote by hand. The server keeps to the same limits.
const MOST_NOTES = 2000;
const LONGEST_NOTE = 256 << 10;

/** So many are read at a time: the file system may be at the other end of a network. */
const AT_ONCE = 50;

/** The saved notes of the workspace and of the folders in the settings; `tell` hears of what is left out. */
export async function collectNotes(tell: (message: string) => void): Promise<TeamNote[]> {
  const { isTrusted } = vscode.workspace;
  const places = new Map<string, { uri: vscode.Uri; isTrusted: boolean }>();
  for (const uri of await workspaceNotes()) places.set(uri.toString(), { uri, isTrusted });
  for (const folder of configuredFolders()) {
    for (const uri of await notesIn(folder.uri)) {
      places.set(uri.toString(), { uri, isTrusted: isTrusted || folder.isElsewhere });
    }
  }
  const all = [...places.values()].sort((one, other) => (one.uri.path < other.uri.path ? -1 : 1));
  if (all.length > MOST_NOTES) tell(`Of ${all.length} notes, ${MOST_NOTES} are read.`);
  const notes: TeamNote[] = [];
  for (let i = 0; i < Math.min(all.length, MOST_NOTES); i += AT_ONCE) {
    const some = all.slice(i, Math.min(i + AT_ONCE, MOST_NOTES));
    const read = await Promise.all(some.map((place) => readNote(place.uri, place.isTrusted, tell)));
    notes.push(...read.filter((note) => note !== null));
  }
  return notes;
}

/** Searched for, and looked up where most are: not every file system can be searched. */
async function workspaceNotes(): Promise<vscode.Uri[]> {
  const homes = await Promise.all(workspaceFolders().map((folder) => notesIn(homeOf(folder))));
  return [...homes.flat(), ...(await foundNotes())];
}

async function foundNotes(): Promise<vscode.Uri[]> {
  try {
    return await findFiles(NOTES_PATTERN, "**/node_modules/**", MOST_NOTES + 1);
  } catch {
    return [];
  }
}

/** The Markdown files of a folder; none where there is no such folder. */
async function notesIn(folder: NotesFolder["uri"]): Promise<vscode.Uri[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .filter(([name, type]) => /\.md$/i.test(name) && (type & vscode.FileType.File) !== 0)
      .map(([name]) => vscode.Uri.joinPath(folder, name));
  } catch {
    return [];
  }
}

/** Null for one that is too long, or gone by now. */
async function readNote(
  uri: vscode.Uri,
  isTrusted: boolean,
  tell: (message: string) => void,
): Promise<TeamNote | null> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LONGEST_NOTE) {
      tell(`${uri.path} is left out: a note has 256 KB at most.`);
      return null;
    }
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return { uri: uri.toString(), text, isTrusted };
  } catch {
    return null;
  }
}
