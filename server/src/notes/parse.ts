import type { Condition } from "../match/condition";
import { checkNoteFile, type NoteProblem, plainData } from "./check";
import type { Applies, Assurance, Note, NoteBody, Reference, Severity } from "./note";
import { HEADINGS, type NoteFile, noteFile } from "./noteFile";

/** A note's file as read: the note where nothing is wrong with it. */
export interface ParsedNote {
  readonly file: NoteFile;
  readonly note: Note | null;
  readonly problems: readonly NoteProblem[];
}

/** Reads a note. Never throws: what is wrong with the text is told in `problems`. */
export function parseNote(text: string): ParsedNote {
  const file = noteFile(text);
  const problems = checkNoteFile(file);
  const isWhole = problems.every(({ severity }) => severity !== "error");
  return { file, note: isWhole ? toNote(file) : null, problems };
}

/** The front matter as its schema says, which has been checked. */
interface Front {
  readonly id: string;
  readonly title: string;
  readonly family: string;
  readonly severity: Severity;
  readonly confidence: Assurance;
  readonly applies?: readonly { readonly software: string; readonly versions?: string }[];
  readonly match: Condition;
  readonly supports?: readonly Condition[];
  readonly against?: readonly Condition[];
  readonly commands?: readonly FrontCommand[];
  readonly references?: readonly Reference[];
  readonly related?: readonly string[];
}

interface FrontCommand {
  readonly gdb?: string;
  readonly shell?: string;
  readonly why: string;
  readonly expect?: string;
}

function toNote(file: NoteFile): Note {
  const front = plainData(file) as Front;
  return {
    id: front.id,
    title: front.title,
    family: front.family,
    severity: front.severity,
    confidence: front.confidence,
    applies: (front.applies ?? []).map(
      ({ software, versions }): Applies => ({ software, versions: versions ?? null }),
    ),
    match: front.match,
    supports: front.supports ?? [],
    against: front.against ?? [],
    commands: (front.commands ?? []).map(toCommand),
    references: front.references ?? [],
    related: front.related ?? [],
    body: toBody(file),
    isTrusted: true,
  };
}

const toCommand = ({ gdb, shell, why, expect }: FrontCommand) => ({
  run: gdb ?? shell ?? "",
  where: gdb === undefined ? ("shell" as const) : ("gdb" as const),
  why,
  expect: expect ?? null,
});

function toBody({ sections }: NoteFile): NoteBody {
  const text = (heading: string): string =>
    sections.find((section) => section.heading === heading)?.text ?? "";
  return {
    see: text(HEADINGS.see),
    why: text(HEADINGS.why),
    confirm: text(HEADINGS.confirm),
    fix: text(HEADINGS.fix),
  };
}
