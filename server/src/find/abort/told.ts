import type { Span } from "../../read/span";
import type { Reason } from "./data";

/** What a message says of an abort. */
export interface Said {
  readonly reason: Reason;
  /** The message without what stands around it; of an assertion, the expression. */
  readonly message: string | null;
  readonly function?: string | null | undefined;
  readonly file?: string | null | undefined;
  readonly line?: number | null;
  readonly exception?: string | null | undefined;
  readonly what?: string | null | undefined;
  readonly program?: string | null | undefined;
  readonly pid?: number | null;
}

/** A message, and the lines that it stands on. */
export interface Told extends Said {
  readonly span: Span;
}

/** The line with a message in it, and where its telling words stand there. */
export interface MessageLine {
  readonly text: string;
  readonly at: number;
  /** The next lines of the text, of which some messages need one: so many at most. */
  readonly after: (index: number) => string;
}

export const LINES_AFTER = 8;

/** Reads a message that has the telling words of its kind; null where it is something else after all. */
export type ReadMessage = (line: MessageLine) => (Said & { readonly lines?: number }) | null;

/** Nothing, the name of a program, or the header of a log: a sentence that quotes the message has something else. */
export const isLead = (before: string): boolean =>
  before.trim() === "" || /(?:[\]:>|] +|\*\*\* )$/.test(before);

/** Longer messages are cut: what stands there is a program's own text. */
export const LONGEST = 2000;
