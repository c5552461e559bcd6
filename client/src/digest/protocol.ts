import { type Position, type Range, RequestType } from "vscode-languageclient";

// What the client and the server ask each other about files that are too large for an editor. Where something cannot be
// told, the answer says why.

export interface Problem {
  readonly problem: string;
}

/** What tells a file apart from what it was before; the time is in milliseconds since 1970. */
export interface Stamp {
  readonly size: number;
  readonly time: number;
}

/** A part of a file; `at` is the place in its text that is meant. */
export interface LinkedPart extends Range {
  readonly at: Position;
}

/** A document, with what stretches of it lead to. */
export interface LinkedText {
  readonly text: string;
  readonly links: readonly { readonly range: Range; readonly target: LinkTarget }[];
}

export type LinkTarget =
  | { readonly kind: "part"; readonly part: LinkedPart }
  | { readonly kind: "case"; readonly note: string }
  | { readonly kind: "command"; readonly run: string };

export interface Digest extends LinkedText {
  readonly stamp: Stamp;
}

/** The client asks for these. */
export const digestRequest = new RequestType<
  { uri: string; workDoneToken: string },
  Digest | Problem,
  void
>("backtraceReader/digest");

/** A hypothesis of a digest. */
export const digestCaseRequest = new RequestType<
  { uri: string; note: string },
  LinkedText | null,
  void
>("backtraceReader/digestCase");

/** A process of a digest, or a line, to choose from. */
export interface ListedPart {
  readonly label: string;
  readonly detail: string;
  readonly part: LinkedPart;
}

export const digestPartsRequest = new RequestType<
  { uri: string; text: string },
  ListedPart[] | null,
  void
>("backtraceReader/digestParts");

/** A stretch of the file; places are those of the file. */
export interface Part extends Range {
  readonly text: string;
  /** Does more belong to it than can be shown at once? */
  readonly isCut: boolean;
  /** Does the file go on behind it? */
  readonly hasMore: boolean;
}

export const partRequest = new RequestType<
  { uri: string; stamp: Stamp } & Range,
  Part | Problem,
  void
>("backtraceReader/part");

/** What a file looks like by its beginning. */
export const fileKindRequest = new RequestType<
  { uri: string },
  { readonly kind: "backtrace" | "log" | null } | Problem,
  void
>("backtraceReader/fileKind");

/** The server asks for these, about files that only the client can read. */
export const fileStampRequest = new RequestType<{ uri: string }, Stamp | Problem, void>(
  "backtraceReader/fileStamp",
);

/** A stretch of a file's text from a byte on; `next` is the byte behind it, or null where the file ends. */
export interface FileText {
  readonly text: string;
  readonly next: number | null;
  readonly share: number;
}

export const fileTextRequest = new RequestType<
  { uri: string; byte: number },
  FileText | Problem,
  void
>("backtraceReader/fileText");
