import type { LogRecord, Reading } from "../../read/model";
import { textOf } from "../../read/renewal";
import type { Span } from "../../read/span";
import { entriesTouching, headlineSpan } from "../entries/entry";
import { mentionsOf, type Subject, subjectsOf } from "../entries/mentions";
import type { TokenModifier, TokenType } from "./legend";
import { type Token, token } from "./token";

/** The head of each log entry and what its message names: when, how grave, who, where. */
export function entryTokens(reading: Reading, within: Span): Token[] {
  return entriesTouching(reading, within).flatMap((record) => tokensOfEntry(reading, record));
}

function tokensOfEntry(reading: Reading, record: LogRecord): Token[] {
  const line = headline(reading, record);
  return [
    ...timeToken(line, record),
    ...headTokens(line, record),
    ...subjectsOf(record).flatMap((it) => subjectTokens(reading, record, it)),
    ...(record.format === "kernel" ? faultTokens(line, record) : []),
    ...(record.crash ? found(line, CRASH_WORDS, "btSignal", ["crashed"]) : []),
  ];
}

/** A line with its place in the text. */
interface Line {
  readonly text: string;
  readonly from: number;
}

/** What tells of an entry stands at its beginning. */
const LONGEST = 2000;

function headline(reading: Reading, record: LogRecord): Line {
  const { from, to } = headlineSpan(reading, record);
  return { text: textOf(reading).slice(from, Math.min(to, from + LONGEST)), from };
}

const STAMP = /^[ \t]*(?:\[[^\]]{0,60}\d\d:\d\d:\d\d[^\]]{0,30}\]|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/g;

/** The kernel's stamp has many forms, but is all that stands before the message. */
function timeToken(line: Line, { format, message }: LogRecord): Token[] {
  if (format !== "kernel") return found(line, STAMP, "btBanner");
  const stamp = line.text.slice(0, Math.max(0, line.text.indexOf(message))).trimEnd();
  return stamp === "" ? [] : [at(line, 0, stamp, "btBanner")];
}

const GRAVE: ReadonlySet<string> = new Set(["emerg", "alert", "crit", "error", "err"]);

/** `[core:error]`, `file.c(3)` or `(file.c.3)`, `AH00052`. */
function headTokens(line: Line, { module, severity, source, code }: LogRecord): Token[] {
  const faint: TokenModifier[] = severity !== null && GRAVE.has(severity) ? [] : ["machinery"];
  return [
    ...(module === null ? [] : after(line, "[", module, "btLibrary")),
    ...(severity === null
      ? []
      : after(line, module ? `${module}:` : "[", severity, "btSignal", faint)),
    ...(code === null ? [] : after(line, "", code, "btValue")),
    ...(source === null ? [] : sourceTokens(line, source)),
  ];
}

type Source = NonNullable<LogRecord["source"]>;

/** The file and its line, in the three ways of writing them. */
function sourceTokens(line: Line, { file, line: number }: Source): Token[] {
  const forms = [`${file}(${number})`, `${file}.${number})`, `${file}:${number}`];
  const index = forms.map((form) => line.text.indexOf(form)).find((it) => it >= 0);
  if (index === undefined) return [];
  const behind = index + file.length + 1;
  return [at(line, index, file, "btFile"), at(line, behind, `${number}`, "btLine")];
}

const SUBJECTS: Readonly<Record<Subject["role"], TokenType>> = {
  process: "btProcess",
  program: "btProcess",
  backend: "btAddress",
  client: "btAddress",
  address: "btAddress",
};

function subjectTokens(reading: Reading, record: LogRecord, subject: Subject): Token[] {
  return mentionsOf(reading, record, subject).map((span) => token(span, SUBJECTS[subject.role]));
}

/** Addresses of a fault, of which the small ones stand for nothing elsewhere. */
const FAULT_ADDRESS = /(?<=\b(?:at|ip|sp|nip|lr|address:)[ :])(?:0x)?[0-9a-f]{1,16}\b/g;

function faultTokens(line: Line, { fields: { object } }: LogRecord): Token[] {
  const addresses = found(line, FAULT_ADDRESS, "btAddress");
  return typeof object === "string"
    ? [...addresses, ...after(line, " in ", object, "btLibrary")]
    : addresses;
}

/** The words that say what kind of crash it was. */
const CRASH_WORDS =
  /\b(?:SIG[A-Z]{2,8}|[Ss]egmentation fault|segfault|trap [a-z]{1,12}(?: [a-z]{1,12})?|signall?(?:ed)?:? \d{1,2}|Oops|BUG|WARNING|Kernel panic|oom-killer)\b/g;

function found(
  line: Line,
  pattern: RegExp,
  type: TokenType,
  modifiers: readonly TokenModifier[] = [],
): Token[] {
  return [...line.text.matchAll(pattern)].map(({ 0: words, index }) =>
    at(line, index, words, type, modifiers),
  );
}

/** The words where they follow `lead` for the first time. */
function after(
  line: Line,
  lead: string,
  words: string,
  type: TokenType,
  modifiers: readonly TokenModifier[] = [],
): Token[] {
  const index = line.text.indexOf(lead + words);
  return index < 0 ? [] : [at(line, index + lead.length, words, type, modifiers)];
}

const at = (
  line: Line,
  index: number,
  words: string,
  type: TokenType,
  modifiers: readonly TokenModifier[] = [],
): Token =>
  token({ from: line.from + index, to: line.from + index + words.length }, type, modifiers);
