import { type Found, RuleIndex } from "./ruleIndex";

/** One file of knowledge/apache/kinds or knowledge/lighttpd/kinds. */
export interface KindFile {
  readonly kinds: readonly MessageKind[];
}

/** What a log entry can report, and how it is told from its message. */
export interface MessageKind {
  readonly kind: string;
  /** A sentence for the reader of the log. */
  readonly about: string;
  /** `client`: caused from outside and no fault of the server, however it is worded. */
  readonly weight: "failure" | "warning" | "information" | "client";
  /** Does such an entry report a crash or a hang? */
  readonly crash?: boolean;
  /** One of these must hold. */
  readonly when: readonly Clause[];
  /** Regular expressions; every named group that takes part in a match is a field of the record. */
  readonly fields?: readonly string[];
  /** The fields that are numbers. */
  readonly numbers?: readonly string[];
  readonly samples: readonly string[];
}

/** Everything that is given must hold. */
export interface Clause {
  readonly codes?: readonly string[];
  readonly errnos?: readonly number[];
  /** Base names of the source files that write it, without `.c`. */
  readonly files?: readonly string[];
  /** All of these stand in the message. */
  readonly has?: readonly string[];
}

/** What is known of an entry before its kind is. One for all entries of a log, filled anew for each. */
export class Message implements Found {
  whole = "";
  from = 0;
  to = 0;
  /** The number of its code; -1 for none. */
  code = -1;
  errno: number | null = null;
  /** The base name of the source file that wrote it stands there, without `.c`; nothing for none. */
  private document = "";
  private fileFrom = 0;
  private fileTo = 0;
  private cut: string | null = null;

  /** A message that stands at `from .. to` of a text. */
  place(whole: string, from: number, to: number): void {
    this.whole = whole;
    this.from = from;
    this.to = to;
    this.cut = null;
  }

  /** What wrote it stands at `from .. to` of the document. */
  placeFile(document: string, from: number, to: number): void {
    this.document = document;
    this.fileFrom = from;
    this.fileTo = to;
  }

  get text(): string {
    this.cut ??= this.whole.slice(this.from, this.to);
    return this.cut;
  }

  isFrom(file: string): boolean {
    const { document, fileFrom, fileTo } = this;
    return file.length === fileTo - fileFrom && document.startsWith(file, fileFrom);
  }
}

interface Rule {
  readonly kind: MessageKind;
  readonly clause: Clause;
  readonly has: readonly string[] | undefined;
}

/** Makes the function that names a message's kind; null for one that no rule knows. */
export function kindFinder(files: readonly KindFile[]): (message: Message) => MessageKind | null {
  const byCode = new Map<number, Rule[]>();
  const general: Rule[] = [];
  for (const rule of rulesOf(files)) {
    if (rule.clause.codes === undefined) general.push(rule);
    for (const code of (rule.clause.codes ?? []).map(codeNumber))
      byCode.set(code, [...(byCode.get(code) ?? []), rule]);
  }
  const index = new RuleIndex(general, ({ clause }, message: Message) => holds(clause, message));
  return (message) => {
    const coded = message.code < 0 ? undefined : byCode.get(message.code);
    return (coded && find(coded, message)) ?? index.first(message)?.kind ?? null;
  };
}

/** 558 of `AH00558`. */
const codeNumber = (code: string): number => Number(code.slice(2));

/** A rule with more conditions says more, so it is asked first; otherwise the order of the files counts. */
function rulesOf(files: readonly KindFile[]): Rule[] {
  const kinds = files.flatMap((file) => file.kinds);
  const rules = kinds.flatMap((kind) =>
    kind.when.map((clause) => ({ kind, clause, has: clause.has })),
  );
  return rules.sort((a, b) => conditions(b.clause) - conditions(a.clause));
}

const conditions = (clause: Clause): number =>
  (clause.has?.length ?? 0) + (clause.errnos ? 1 : 0) + (clause.files ? 1 : 0);

const find = (rules: readonly Rule[], message: Message): MessageKind | null =>
  rules.find((rule) => holds(rule.clause, message))?.kind ?? null;

function holds({ errnos, files, has }: Clause, message: Message): boolean {
  const { errno } = message;
  if (errnos !== undefined && (errno === null || !errnos.includes(errno))) return false;
  if (files !== undefined && !files.some((file) => message.isFrom(file))) return false;
  return has === undefined || has.every((part) => message.text.includes(part));
}

/** A pattern of a kind's fields, and the names of its groups by their numbers. */
interface Pattern {
  readonly pattern: RegExp;
  readonly names: readonly (string | undefined)[];
}

const compiled = new Map<MessageKind, Pattern[]>();

/** The fields that a message of this kind has. A number that is too large for one is null. */
export function messageFields(
  kind: MessageKind,
  text: string,
): Record<string, string | number | null> {
  const fields: Record<string, string | number | null> = {};
  for (const { pattern, names } of patternsOf(kind)) {
    const match = pattern.exec(text);
    if (match === null) continue;
    for (let i = 1; i < names.length; i++) {
      const name = names[i];
      const value = match[i];
      if (name === undefined || value === undefined) continue;
      fields[name] = kind.numbers?.includes(name) ? safe(value) : value;
    }
  }
  return fields;
}

function patternsOf(kind: MessageKind): Pattern[] {
  const known = compiled.get(kind);
  if (known) return known;
  const patterns = (kind.fields ?? []).map(patternOf);
  compiled.set(kind, patterns);
  return patterns;
}

/** An escape, a set of characters, the start of a group, maybe with a name. */
const GROUPS = /\\.|\[(?:\\.|[^\]\\])*\]|\((?!\?)|\(\?<([A-Za-z]\w*)>/g;

/** Groups with names cost an object for each match, so they become groups with numbers. */
function patternOf(source: string): Pattern {
  const names: (string | undefined)[] = [undefined];
  const plain = source.replace(GROUPS, (part, name?: string) => {
    if (!part.startsWith("(")) return part;
    names.push(name);
    return "(";
  });
  return { pattern: new RegExp(plain), names };
}

/** Was a number among the fields too large to be one? */
export function hasNull(fields: Readonly<Record<string, unknown>>): boolean {
  for (const name in fields) if (fields[name] === null) return true;
  return false;
}

/** The number that the digits stand for, or null where it cannot be told from its neighbours. */
export function safe(digits: string): number | null {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : null;
}
