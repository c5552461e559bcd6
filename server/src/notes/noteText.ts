import { stringify } from "yaml";
import type { Condition } from "../match/condition";
import type { Assurance, NoteBody, Severity } from "./note";
import { HEADINGS, SAMPLE_HEADING } from "./noteFile";

/** What a new note is made of. */
export interface NoteDraft {
  readonly front: {
    readonly id: string;
    readonly title: string;
    readonly family: string;
    readonly severity: Severity;
    readonly confidence: Assurance;
    readonly match: Condition;
    readonly commands?: readonly { readonly gdb: string; readonly why: string }[];
  };
  readonly body: NoteBody;
  readonly sample: string;
}

/** The note's file. */
export function noteText({ front, body, sample }: NoteDraft): string {
  const sections = (Object.keys(HEADINGS) as (keyof NoteBody)[]).map(
    (part) => `## ${HEADINGS[part]}\n\n${body[part]}\n`,
  );
  return [
    `---\n${stringify(front, { lineWidth: 0 })}---\n`,
    ...sections,
    `## ${SAMPLE_HEADING}\n\n${fenced(sample)}\n`,
  ].join("\n");
}

/** A block that nothing in the text can close. */
function fenced(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + runs.reduce((most, run) => Math.max(most, run.length), 2));
  return `${fence}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}
