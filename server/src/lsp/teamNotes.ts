import { checkAmong, isNoteFile, type NoteInFile, withOthers } from "../notes/folder";
import { shipped } from "../notes/judge";
import type { Note } from "../notes/note";
import { parseNote } from "../notes/parse";

/** What the client tells of the team's own notes, all of them each time. */
export interface ToldNotes {
  readonly files: readonly ToldFile[];
  /** Folders of notes besides `.backtrace-notes`, as URIs. */
  readonly folders: readonly string[];
  /** Where new notes go: the folder of notes of each folder of the workspace, whether it is there or not. */
  readonly homes: readonly string[];
}

export interface ToldFile {
  readonly uri: string;
  readonly text: string;
  /** Does whoever sits at the editor vouch for where it is from? */
  readonly isTrusted: boolean;
}

interface TeamFile extends NoteInFile {
  readonly isTrusted: boolean;
}

// What a folder that nobody looked after can hold at most. The client keeps to the same limits.
const MOST_NOTES = 2000;
const LONGEST_NOTE = 256 << 10;

/** The notes of the workspace and of the folders in the settings, as they were saved. */
export class TeamNotes {
  private files: readonly TeamFile[] = [];
  private folders: readonly string[] = [];
  homes: readonly string[] = [];

  /** Takes what the client told; a file that is as it was is not read again. Are the notes others than before? */
  tell(told: ToldNotes): boolean {
    const before = this.files;
    const known = new Map(before.map((file) => [file.path, file]));
    this.files = told.files
      .filter(
        ({ uri, text }) => isNoteFile(uri.replace(/^.*\//, "")) && text.length <= LONGEST_NOTE,
      )
      .slice(0, MOST_NOTES)
      .map(({ uri, text, isTrusted }) => {
        const file = known.get(uri);
        if (file?.text === text && file.isTrusted === isTrusted) return file;
        const parsed = file?.text === text ? file.parsed : parseNote(text);
        return { path: uri, text, isTrusted, parsed };
      });
    this.folders = told.folders.map(withoutSlash);
    this.homes = told.homes.map(withoutSlash);
    return before.length !== this.files.length || before.some((file, i) => file !== this.files[i]);
  }

  /** Those that nothing is wrong with; of two with one id the first. */
  own(): Note[] {
    const byId = new Map<string, Note>();
    for (const { parsed, isTrusted } of this.files) {
      const { note } = parsed;
      if (note && !byId.has(note.id)) byId.set(note.id, { ...note, isTrusted });
    }
    return [...byId.values()];
  }

  /** What is looked for: the notes that come with the program, and these. */
  all(): readonly Note[] {
    return this.files.length === 0 ? shipped : withOthers(this.own(), shipped);
  }

  /** The file of a note; null for one that is not the team's. */
  uriOf(id: string): string | null {
    return this.files.find(({ parsed }) => parsed.note?.id === id)?.path ?? null;
  }

  /** Is it a note of a folder in the settings? */
  holds(uri: string): boolean {
    return this.folders.some((folder) => uri.startsWith(`${folder}/`));
  }

  /** Everything that is wrong with a note's text as it stands in the editor. */
  check(file: NoteInFile) {
    const others = this.files.filter(({ path }) => path !== file.path);
    return checkAmong(file, [...others, file], shipped);
  }

  /** Names that a new note cannot have. */
  takenIds(): Set<string> {
    const names = this.files.map(({ path }) => path.replace(/^.*\//, "").replace(/\.md$/i, ""));
    return new Set([...this.all().map(({ id }) => id), ...names]);
  }
}

const withoutSlash = (uri: string): string => uri.replace(/\/$/, "");

/** Makes of what came over the wire what it should be; anything else is left out. */
export function parseTold(sent: unknown): ToldNotes {
  const { files, folders, homes } = (isRecord(sent) ? sent : {}) as Record<string, unknown>;
  return {
    files: list(files).flatMap((file) => {
      if (!isRecord(file) || typeof file.uri !== "string" || typeof file.text !== "string")
        return [];
      return [{ uri: file.uri, text: file.text, isTrusted: file.isTrusted === true }];
    }),
    folders: list(folders).filter((item) => typeof item === "string"),
    homes: list(homes).filter((item) => typeof item === "string"),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
