import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { Span } from "../read/span";
import type { NoteBody } from "./note";

// A note's file: front matter in YAML between two lines `---`, then the body in Markdown sections. Samples are fenced
// blocks under `## Sample`.

export interface NoteFile {
  readonly text: string;
  /** The front matter's YAML; null where there is none. */
  readonly front: FrontMatter | null;
  readonly sections: readonly NoteSection[];
  readonly samples: readonly Sample[];
}

export interface FrontMatter {
  readonly document: Document;
  readonly at: number;
  /** Is it closed by a second line `---`? */
  readonly isClosed: boolean;
  /** So long that it was not read. */
  readonly isTooLong: boolean;
}

export interface NoteSection {
  readonly heading: string;
  readonly headingSpan: Span;
  readonly text: string;
}

/** A text that the note must be the first to claim. */
export interface Sample {
  readonly text: string;
  readonly span: Span;
}

/** Headings of the body, in their order. */
export const HEADINGS: Readonly<Record<keyof NoteBody, string>> = {
  see: "What you see",
  why: "Why it happens",
  confirm: "How to confirm",
  fix: "Fix or workaround",
};

export const SAMPLE_HEADING = "Sample";

/** Nobody writes more, and brackets in brackets take a parser long. */
export const LONGEST_FRONT = 32 << 10;

/** Takes a note's file apart. Total: whatever is missing is empty or null. */
export function noteFile(text: string): NoteFile {
  const front = frontMatter(text);
  const body = front ? front.end : 0;
  const isTooLong = front !== null && front.to - front.from > LONGEST_FRONT;
  const yaml = front === null || isTooLong ? "" : text.slice(front.from, front.to);
  // The parser's own warnings would print pieces of the note to a terminal.
  const options = { lineCounter: new LineCounter(), logLevel: "error" } as const;
  const document = front && parseDocument(yaml, options);
  return {
    text,
    front:
      document && front
        ? { document, at: front.from, isClosed: front.end > front.to, isTooLong }
        : null,
    ...bodyOf(text, body),
  };
}

/** Where the YAML stands, and where the body begins. */
function frontMatter(text: string): { from: number; to: number; end: number } | null {
  const opening = /^\ufeff?---[ \t]*\r?\n/.exec(text);
  if (!opening) return null;
  const from = opening[0].length;
  const closing = /^---[ \t]*\r?$/m.exec(text.slice(from));
  if (!closing) return { from, to: text.length, end: text.length };
  const to = from + closing.index;
  return { from, to, end: to + closing[0].length };
}

/** The body's sections; `#` lines inside of fences are text. */
function bodyOf(text: string, start: number): Pick<NoteFile, "sections" | "samples"> {
  const sections: { heading: string; headingSpan: Span; from: number; to: number }[] = [];
  const samples: Sample[] = [];
  let fence: { readonly mark: string; readonly from: number } | null = null;
  for (const { from, to, end } of linesFrom(text, start)) {
    const line = text.slice(from, to);
    const mark = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence) {
      if (mark?.startsWith(fence.mark) && line.trim() === mark) {
        const isSample = sections.at(-1)?.heading === SAMPLE_HEADING;
        const span = { from: fence.from, to: from };
        if (isSample) samples.push({ text: text.slice(span.from, span.to), span });
        fence = null;
      }
    } else if (mark) fence = { mark, from: end };
    else if (line.startsWith("## ")) {
      const heading = line.slice(3).trim();
      sections.push({ heading, headingSpan: { from, to }, from: end, to: text.length });
      const before = sections.at(-2);
      if (before) before.to = from;
    }
  }
  return {
    sections: sections.map(({ heading, headingSpan, from, to }) => ({
      heading,
      headingSpan,
      text: text.slice(from, to).trim(),
    })),
    samples,
  };
}

/** Each line: where it starts, where its text ends, where the next one starts. */
function* linesFrom(text: string, start: number) {
  for (let from = start; from < text.length; ) {
    const newline = text.indexOf("\n", from);
    const end = newline < 0 ? text.length : newline + 1;
    const to = newline < 0 ? text.length : newline;
    yield { from, to: text[to - 1] === "\r" ? to - 1 : to, end };
    from = end;
  }
}

/**
 * Where a value of the front matter stands in the file. `path` leads to it through keys and indices; for a key that
 * stands where it should not, `key` names it.
 */
export function placeInFront(
  { front, text }: NoteFile,
  path: readonly (string | number)[],
  key?: string,
): Span {
  if (front === null) return { from: 0, to: Math.min(3, text.length) };
  const { document, at } = front;
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (key !== undefined && isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    const range = isNode(pair?.key) ? pair.key.range : null;
    if (range) return { from: at + range[0], to: at + range[1] };
  }
  const range = isNode(node) ? node.range : null;
  if (range) return { from: at + range[0], to: at + range[1] };
  return path.length > 0
    ? placeInFront({ front, text } as NoteFile, path.slice(0, -1), String(path.at(-1)))
    : { from: at, to: at };
}
