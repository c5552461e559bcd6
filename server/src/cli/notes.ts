import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkFolder, isNoteFile, type NoteText, withOthers } from "../notes/folder";
import { shipped } from "../notes/judge";
import type { Note } from "../notes/note";
import { parseNote } from "../notes/parse";
import { Positions } from "../read/positions";
import { plural } from "../words/plural";
import { printable } from "../words/printable";
import { UsageError } from "./options";

/** Puts out text; a promise, because a pipe may be slow. */
type Write = (text: string) => Promise<void>;

/** `backtrace-reader notes list`: the notes that come with the program, one a line. */
export async function listNotes(write: Write): Promise<void> {
  const width = Math.max(...shipped.map(({ id }) => id.length));
  for (const { id, family, severity, title } of shipped) {
    await write(`${id.padEnd(width)}  ${family.padEnd(9)}  ${severity.padEnd(11)}  ${title}\n`);
  }
}

/** `backtrace-reader notes check DIR`: what is wrong with the notes of a folder. The exit code is 1 for any error. */
export async function checkNotes(folder: string, write: Write): Promise<number> {
  const files = notesOf(folder);
  const checked = checkFolder(files, shipped);
  let errors = 0;
  for (const { path: file, text, problems } of checked) {
    const positions = new Positions(text);
    for (const { severity, message, span } of problems) {
      const { line, character } = positions.at(span.from);
      const place = `${file}:${line + 1}:${character + 1}`;
      await write(`${printable(`${place}: ${severity}: ${message}`)}\n`);
      if (severity === "error") errors++;
    }
  }
  await write(`${plural(files.length, "note")}, ${plural(errors, "error")}\n`);
  return errors > 0 ? 1 : 0;
}

/** The notes that come with the program and those of the folders; `tell` hears of notes that cannot be used. */
export function notesWith(folders: readonly string[], tell: (text: string) => void): Note[] {
  return folders.reduce((notes: readonly Note[], folder) => {
    const parsed = notesOf(folder).map(({ text }) => parseNote(text).note);
    const own = parsed.filter((note) => note !== null);
    const broken = parsed.length - own.length;
    if (broken > 0) {
      const what = `${plural(broken, "note")} of ${printable(folder)} left out`;
      tell(`backtrace-reader: ${what}; "notes check" says why\n`);
    }
    return withOthers(own, notes);
  }, shipped) as Note[];
}

/** The Markdown files of a folder, in name order. */
function notesOf(folder: string): NoteText[] {
  try {
    const names = readdirSync(folder).filter(isNoteFile);
    const files = names.sort().map((name) => path.join(folder, name));
    return files.map((file) => ({ path: file, text: readFileSync(file, "utf8") }));
  } catch (error) {
    throw new UsageError(`${folder}: ${(error as Error).message}`);
  }
}
