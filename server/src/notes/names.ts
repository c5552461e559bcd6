import { knownFindings } from "../find/known";
import type { Condition, FindingCondition, LogPattern } from "../match/condition";
import { matchesText } from "../match/names";
import { ahCode } from "../read/apache/codes";
import { nearest } from "../words/nearest";
import type { NoteProblem } from "./check";
import type { Note } from "./note";
import { type NoteFile, placeInFront } from "./noteFile";
import { codeNames, type LogFormat, logFormats } from "./vocabulary";

type Path = readonly (string | number)[];

/**
 * Names of kinds, formats, fields and values that nothing is called by: a condition with one never holds. Warnings, for
 * a newer reader may know more.
 */
export function nameProblems(file: NoteFile, note: Note): NoteProblem[] {
  const named = [
    { path: ["match"] as Path, condition: note.match },
    ...note.supports.map((condition, i) => ({ path: ["supports", i] as Path, condition })),
    ...note.against.map((condition, i) => ({ path: ["against", i] as Path, condition })),
  ];
  return named.flatMap(({ path, condition }) => inCondition(file, condition, path));
}

function inCondition(file: NoteFile, condition: Condition, path: Path): NoteProblem[] {
  if ("log" in condition) return inLog(file, condition.log, [...path, "log"]);
  if ("finding" in condition) return inFinding(file, condition, path);
  for (const key of ["all", "any", "none", "of"] as const) {
    const parts = (condition as Partial<Record<typeof key, readonly Condition[]>>)[key];
    if (parts) return parts.flatMap((part, i) => inCondition(file, part, [...path, key, i]));
  }
  return [];
}

function inLog(file: NoteFile, log: LogPattern, path: Path): NoteProblem[] {
  const formats = logFormats.filter(
    ({ name }) => log.format === undefined || matchesText(log.format, name),
  );
  const formatNames = logFormats.map(({ name }) => name);
  const problems = unknownIn(file, log.format, "log format", formatNames, [...path, "format"]);
  // Of a format that is not known, nothing else is.
  if (formats.length === 0) return problems;
  const kinds = formats.flatMap((format) => format.kinds.map(({ name }) => name));
  const fields = Object.keys(log.fields ?? {});
  return [
    ...problems,
    ...unknownIn(file, log.kind, `kind of entry${of(log, formats)}`, kinds, [...path, "kind"]),
    ...unknownCodes(file, log.code, [...path, "code"]),
    ...fields.flatMap((field) =>
      unknownKey(
        file,
        field,
        `field of an entry${of(log, formats)}`,
        formats.flatMap((format) => format.fields),
        [...path, "fields"],
      ),
    ),
  ];
}

const of = ({ format }: LogPattern, formats: readonly LogFormat[]): string =>
  format === undefined ? "" : ` of ${formats.map(({ name }) => name).join(" or ")}`;

function unknownCodes(file: NoteFile, pattern: string | undefined, path: Path): NoteProblem[] {
  if (pattern === undefined) return [];
  const codes = alternativesOf(pattern).filter((code) => !code.includes("*"));
  if (codes.every((code) => ahCode(code) !== null)) return [];
  const names = codeNames().map(({ name }) => name);
  return unknownIn(file, pattern, "message code of Apache", names, path);
}

function inFinding(file: NoteFile, condition: FindingCondition, path: Path): NoteProblem[] {
  const { finding, where = {} } = condition;
  const names = knownFindings.map(({ kind }) => kind);
  const problems = unknownIn(file, finding, "kind of finding", names, [...path, "finding"]);
  const values = knownFindings
    .filter(({ kind }) => matchesText(finding, kind))
    .flatMap((known) => known.values.map(({ name }) => name));
  if (values.length === 0) return problems;
  return [
    ...problems,
    ...Object.keys(where).flatMap((name) =>
      unknownKey(file, name, `value of ${finding}`, values, [...path, "where"]),
    ),
  ];
}

const alternativesOf = (pattern: string): string[] => pattern.split("|").map((part) => part.trim());

/** Alternatives of a pattern that none of the names fits. */
function unknownIn(
  file: NoteFile,
  pattern: string | undefined,
  what: string,
  names: readonly string[],
  path: Path,
): NoteProblem[] {
  if (pattern === undefined) return [];
  return alternativesOf(pattern)
    .filter((alternative) => !names.some((name) => matchesText(alternative, name)))
    .map((alternative) => unknown(alternative, what, names, wordIn(file, path, alternative)));
}

/** Where the alternative stands in the pattern. */
function wordIn(file: NoteFile, path: Path, word: string): NoteProblem["span"] {
  const span = placeInFront(file, path);
  const at = file.text.slice(span.from, span.to).indexOf(word);
  return at < 0 ? span : { from: span.from + at, to: span.from + at + word.length };
}

function unknownKey(
  file: NoteFile,
  key: string,
  what: string,
  names: readonly string[],
  path: Path,
): NoteProblem[] {
  if (names.includes(key)) return [];
  return [unknown(key, what, names, placeInFront(file, path, key))];
}

function unknown(
  word: string,
  what: string,
  names: readonly string[],
  span: NoteProblem["span"],
): NoteProblem {
  const near = nearest(word, names);
  const hint = near === null ? "" : ` Did you mean "${near}"?`;
  return { severity: "warning", message: `"${word}" is no known ${what}.${hint}`, span };
}
