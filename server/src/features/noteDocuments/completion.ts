import { frameFact, knownNames } from "../../frames/facts";
import { keysBeside } from "../../notes/check";
import { type FrontPlace, frontPlaceWritten } from "../../notes/frontPlace";
import type { Note } from "../../notes/note";
import { noteFile } from "../../notes/noteFile";
import type { Named } from "../../notes/vocabulary";
import type { Span } from "../../read/span";
import { kindAt, type NameKind, namesFor } from "./names";
import { isOfType, schemaAt } from "./schema";

/** Something that can be written at the cursor. */
export interface NoteProposal {
  readonly kind: NameKind;
  readonly name: string;
  /** What is put in the place of `span`. */
  readonly text: string;
  readonly about: string;
}

export interface NoteProposals {
  readonly span: Span;
  readonly proposals: readonly NoteProposal[];
  /** There are more than were given: with another letter others are to be asked for. */
  readonly isPart: boolean;
}

/** A longer list is of no use to anybody. */
const MOST = 300;

/** What can be written at an offset of a note; null outside of its front matter. */
export function noteProposals(
  text: string,
  offset: number,
  notes: readonly Note[],
): NoteProposals | null {
  const place = frontPlaceWritten(text, offset);
  if (place === null) return null;
  const all = proposalsAt(place, text, notes);
  return { span: place.span, proposals: all.slice(0, MOST), isPart: all.length > MOST };
}

function proposalsAt(place: FrontPlace, text: string, notes: readonly Note[]): NoteProposal[] {
  if (place.role === "key") return [...keys(place, text), ...itemsBesideKeys(place, text, notes)];
  const kind = kindAt(place);
  if (kind === null) return typeProposals(place);
  return namesAt(kind, place, text, notes);
}

/** The value of a list's item is begun as a key would be. */
function itemsBesideKeys(place: FrontPlace, text: string, notes: readonly Note[]): NoteProposal[] {
  const schema = schemaAt(place.path);
  const isItem = typeof place.path.at(-1) === "number" && place.siblings.length === 0;
  if (!isItem || schema === null || !isOfType(schema, "string")) return [];
  const value: FrontPlace = { ...place, role: "value" };
  const kind = kindAt(value);
  return kind === null ? [] : namesAt(kind, value, text, notes);
}

function keys(place: FrontPlace, text: string): NoteProposal[] {
  const kind = kindAt(place) ?? "key";
  const names = kind === "key" ? schemaKeys(place) : namesFor(kind, place, noteFile(text));
  const hasColon = /^[ \t]*:/.test(text.slice(place.span.to, place.span.to + 20));
  return startingWith(place.text, names)
    .filter(({ name }) => !place.siblings.includes(name))
    .map(({ name, about }) => ({ kind, name, text: hasColon ? name : `${name}: `, about }));
}

function schemaKeys({ path, siblings }: FrontPlace): Named[] {
  const properties = schemaAt(path)?.properties ?? {};
  const isCondition = "atLeast" in properties;
  const fitting = isCondition ? new Set(keysBeside(siblings)) : null;
  return Object.keys(properties)
    .filter((name) => fitting?.has(name) ?? true)
    .map((name) => ({ name, about: schemaAt([...path, name])?.description ?? "" }));
}

function namesAt(
  kind: NameKind,
  place: FrontPlace,
  text: string,
  notes: readonly Note[],
): NoteProposal[] {
  const names =
    kind === "function"
      ? functionsLike(place.text)
      : startingWith(
          place.text,
          kind === "note"
            ? notes.map(({ id, title }) => ({ name: id, about: title }))
            : namesFor(kind, place, noteFile(text)),
        );
  return names.map(({ name, about }) => ({ kind, name, text: name, about }));
}

function typeProposals({ path, text }: FrontPlace): NoteProposal[] {
  const schema = schemaAt(path);
  if (schema === null) return [];
  const isTest = ["fields", "where"].includes(String(path.at(-2)));
  const names = [
    ...(isTest ? TESTS : []),
    ...(isOfType(schema, "boolean") ? ["true", "false"] : []),
  ];
  return names
    .filter((name) => name.startsWith(text))
    .map((name) => ({ kind: "word", name, text: name, about: TEST_WORDS[name] ?? "" }));
}

const TESTS = ["known", "null"];

const TEST_WORDS: Readonly<Record<string, string>> = {
  known: "Whatever it is, the text says it.",
  null: "The text does not say it.",
};

/** Names that begin with the letters, then those that hold them. */
function startingWith(letters: string, names: readonly Named[]): Named[] {
  const wanted = letters.toLowerCase();
  const holding = names.filter(({ name }) => name.toLowerCase().includes(wanted));
  const begins = ({ name }: Named) => name.toLowerCase().startsWith(wanted);
  return [...holding.filter(begins), ...holding.filter((each) => !begins(each))];
}

/** Nobody looks for a function by less. */
const FEWEST_LETTERS = 2;

/** These mean something else in YAML. */
const NEEDS_QUOTES = /^[[\]{}*&!%@`#|>'"-]|[[\]{},]|: |\s#/;

function functionsLike(letters: string): Named[] {
  if (letters.length < FEWEST_LETTERS) return [];
  const names = knownNames().filter((name) => !NEEDS_QUOTES.test(name));
  const found = startingWith(
    letters,
    names.map((name) => ({ name, about: "" })),
  );
  return found
    .slice(0, MOST + 1)
    .map(({ name }) => ({ name, about: frameFact(name)?.explain ?? "" }));
}
