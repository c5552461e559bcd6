import { isMap, isPair, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";
import type { Span } from "../read/span";
import { type NoteFile, noteFile } from "./noteFile";

type Path = readonly (string | number)[];

/** What stands at a place of the front matter. */
export interface FrontPlace {
  readonly role: "key" | "value";
  /** To the value; for a key, to the map that it stands in. */
  readonly path: Path;
  readonly text: string;
  /** In the file. */
  readonly span: Span;
  /** For a key, the other keys of its map. */
  readonly siblings: readonly string[];
}

/** The key or value at an offset of the file; null where none is. */
export function frontPlaceAt(file: NoteFile, offset: number): FrontPlace | null {
  const { front } = file;
  if (front === null) return null;
  const inFront = offset - front.at;
  return findPlace(front.document.contents, front.at, ({ range }) =>
    range ? range[0] <= inFront && inFront <= range[1] : false,
  );
}

/** Nobody writes this, and YAML takes it for an ordinary word. */
const MARK = "\ue000cursor\ue000";

/** What is being written at an offset: the file need not be whole yet, nor the key or value begun. */
export function frontPlaceWritten(text: string, offset: number): FrontPlace | null {
  const { front } = noteFile(text);
  if (front === null || offset < front.at || isBelow(text, offset, front.at)) return null;
  const lineFrom = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(lineFrom, offset);
  const after = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? "";
  if (isComment(before)) return null;
  const mark = startsEntry(before) && /^[\w-]*[ \t]*$/.test(after) ? `${MARK}:` : MARK;
  const marked = noteFile(text.slice(0, offset) + mark + text.slice(offset)).front;
  if (marked === null) return null;
  const found = findPlace(marked.document.contents, marked.at, ({ source, value }) =>
    String(source ?? value).includes(MARK),
  );
  return found && { ...found, ...wordAround(text, offset, found.role) };
}

/** Behind the line that closes the front matter? */
function isBelow(text: string, offset: number, from: number): boolean {
  const closing = /^---[ \t]*\r?$/m.exec(text.slice(from));
  return closing !== null && offset > from + closing.index;
}

/** Only blanks, dashes of list items and a word are before it: what is written here may become a key. */
const startsEntry = (before: string): boolean => /^ *(?:- +)*[\w-]*$/.test(before);

function isComment(before: string): boolean {
  const behindQuotes = Math.max(before.lastIndexOf('"'), before.lastIndexOf("'")) + 1;
  return before.trimStart().startsWith("#") || /\s#/.test(before.slice(behindQuotes));
}

/** The word that the cursor is in: of a pattern, the alternative. */
function wordAround(text: string, offset: number, role: FrontPlace["role"]) {
  const [begins, ends] =
    role === "key" ? [/[\w-]*$/, /^[\w-]*/] : [/[^\s"'|,[\]{}]*$/, /^[^\s"'|,[\]{}]*/];
  // A word is short; a line may not be.
  const before = begins.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? "";
  const after = ends.exec(text.slice(offset, offset + 200))?.[0] ?? "";
  const span = { from: offset - before.length, to: offset + after.length };
  return { text: before, span };
}

/** The first key or value that is the one looked for. */
function findPlace(
  node: unknown,
  at: number,
  isIt: (scalar: Scalar) => boolean,
  path: Path = [],
): FrontPlace | null {
  if (isScalar(node)) return isIt(node) ? placeOf(node, at, "value", path, []) : null;
  if (isSeq(node)) return inItems(node.items, at, isIt, path);
  return isMap(node) ? inPairs(node.items, at, isIt, path) : null;
}

function inItems(
  items: readonly unknown[],
  at: number,
  isIt: (scalar: Scalar) => boolean,
  path: Path,
): FrontPlace | null {
  for (const [i, item] of items.entries()) {
    // A single pair in brackets is a map of its own.
    const found = isPair(item)
      ? inPairs([item], at, isIt, [...path, i])
      : findPlace(item, at, isIt, [...path, i]);
    if (found) return found;
  }
  return null;
}

function inPairs(
  pairs: readonly Pair[],
  at: number,
  isIt: (scalar: Scalar) => boolean,
  path: Path,
): FrontPlace | null {
  for (const pair of pairs) {
    const { key, value } = pair;
    if (isScalar(key) && isIt(key)) {
      const siblings = pairs.filter((other) => other !== pair).map((other) => keyText(other));
      return placeOf(key, at, "key", path, siblings);
    }
    const found = findPlace(value, at, isIt, [...path, keyText(pair)]);
    if (found) return found;
  }
  return null;
}

/** A key that is a list or a map leads nowhere. */
const keyText = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : "");

function placeOf(
  { range, value }: Scalar & Partial<Node>,
  at: number,
  role: FrontPlace["role"],
  path: Path,
  siblings: readonly string[],
): FrontPlace {
  const [from, to] = range ?? [0, 0];
  return { role, path, text: String(value), span: { from: at + from, to: at + to }, siblings };
}
