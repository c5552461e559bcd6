import { frameFact } from "../../frames/facts";
import { roleLabel } from "../../frames/roles";
import { matchesText } from "../../match/names";
import { type FrontPlace, frontPlaceAt } from "../../notes/frontPlace";
import type { Note } from "../../notes/note";
import type { NoteFile } from "../../notes/noteFile";
import type { Named } from "../../notes/vocabulary";
import type { Span } from "../../read/span";
import { code, dotted, paragraphs, plain } from "../hover/markdown";
import { kindAt, type NameKind, namesFor } from "./names";
import { schemaAt } from "./schema";

export interface NoteHover {
  readonly span: Span;
  readonly markdown: string;
}

/** What the key, or the name, at an offset of a note means; null where there is nothing to say. */
export function noteHover(
  file: NoteFile,
  offset: number,
  notes: readonly Note[],
): NoteHover | null {
  const place = frontPlaceAt(file, offset);
  if (place === null) return null;
  const kind = kindAt(place);
  if (kind === null) return describe(place, place.path, place.span);
  if (kind === "key") return describe(place, [...place.path, place.text], place.span);
  const word = place.role === "key" ? place : wordAt(file, place, offset);
  const card = nameCard(kind, word.text, place, file, notes);
  if (card !== null) return { span: word.span, markdown: card };
  return place.role === "key" ? null : describe(place, place.path, place.span);
}

/** The schema's words for the value that the path leads to. */
function describe(place: FrontPlace, path: FrontPlace["path"], span: Span): NoteHover | null {
  const schema = schemaAt(path);
  const name = [...path].reverse().find((step) => typeof step === "string");
  if (!schema || name === undefined) return null;
  const choices = schema.enum ? `One of ${schema.enum.map(code).join(", ")}.` : null;
  const markdown = paragraphs([
    `**${code(String(name))}**`,
    schema.description ? plain(schema.description) : null,
    place.role === "key" ? choices : null,
  ]);
  return { span, markdown };
}

/** The alternative of a pattern that the offset is in. */
function wordAt({ text }: NoteFile, { span }: FrontPlace, offset: number) {
  const bars = /[|"'\n]/;
  let { from, to } = { from: offset, to: offset };
  while (from > span.from && !bars.test(text.charAt(from - 1))) from--;
  while (to < span.to && !bars.test(text.charAt(to))) to++;
  const word = text.slice(from, to);
  const blanks = word.length - word.trimStart().length;
  const trimmed = word.trim();
  return { text: trimmed, span: { from: from + blanks, to: from + blanks + trimmed.length } };
}

function nameCard(
  kind: NameKind,
  word: string,
  place: FrontPlace,
  file: NoteFile,
  notes: readonly Note[],
): string | null {
  if (kind === "function") return functionCard(word);
  const names =
    kind === "note"
      ? notes.map(({ id, title }) => ({ name: id, about: title }))
      : namesFor(kind, place, file);
  const fitting = names.filter(({ name }) => matchesText(word, name));
  return listCard(fitting.filter(({ about }) => about !== ""));
}

function functionCard(name: string): string | null {
  const fact = name.includes("*") ? null : frameFact(name);
  if (fact === null) return null;
  return paragraphs([
    dotted([`**${code(name)}**`, plain(roleLabel(fact.role))]),
    plain(fact.explain),
    plain(fact.library),
  ]);
}

/** A pattern may mean many names. */
const MOST_NAMES = 12;

function listCard(names: readonly Named[]): string | null {
  const [first] = names;
  if (first === undefined) return null;
  if (names.length === 1) return paragraphs([`**${code(first.name)}**`, plain(first.about)]);
  const lines = names
    .slice(0, MOST_NAMES)
    .map(({ name, about }) => `- **${code(name)}** ${plain(about)}`);
  const more = names.length > MOST_NAMES ? [`- and ${names.length - MOST_NAMES} more`] : [];
  return [...lines, ...more].join("\n");
}
