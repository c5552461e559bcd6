/** What our own client says when it starts the server; other editors say nothing of it. */
export interface Options {
  /** Can it show a hypothesis as a document of its own, `backtrace-case:/ID.md`? */
  readonly showsCases: boolean;
  /** Where it has the files of the notes that come with the program: a URI without a slash at its end. */
  readonly notesFolder: string | null;
}

export const noOptions: Options = { showsCases: false, notesFolder: null };

export function parseOptions(sent: unknown): Options {
  const values = (typeof sent === "object" && sent !== null ? sent : {}) as Record<string, unknown>;
  const { notesFolder } = values;
  return {
    showsCases: values.showsCases === true,
    notesFolder: typeof notesFolder === "string" ? notesFolder.replace(/\/$/, "") : null,
  };
}

/** The document that shows the hypothesis of a note. */
export const caseUri = (note: string): string => `backtrace-case:/${encodeURIComponent(note)}.md`;
