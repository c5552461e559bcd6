import validate from "knowledge:check/note";
import type { ErrorObject } from "ajv";
import type { Condition } from "../match/condition";
import { expression, refusal } from "../match/expression";
import type { Span } from "../read/span";
import { HEADINGS, LONGEST_FRONT, type NoteFile, placeInFront } from "./noteFile";

/** What is wrong with a note's file, and where. */
export interface NoteProblem {
  readonly severity: "error" | "warning" | "information";
  readonly message: string;
  readonly span: Span;
}

/** Conditions that find evidence themselves. */
const LEAF_KINDS = ["frames", "log", "line", "finding", "process", "typed"] as const;

/** The keys that make a condition what it is. */
export const CONDITION_KINDS = [...LEAF_KINDS, "all", "any", "none", "atLeast"] as const;

/** Keys that belong to one kind of condition. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  frames: ["crashed"],
  finding: ["where"],
  atLeast: ["of"],
  all: ["same", "within"],
};

/** Combinations give no evidence of their own. */
const LEAVES: ReadonlySet<string> = new Set(LEAF_KINDS);

/** The keys that a condition with these may have besides. */
export function keysBeside(keys: readonly string[]): readonly string[] {
  const kind = CONDITION_KINDS.find((each) => keys.includes(each));
  if (kind === undefined) return CONDITION_KINDS;
  return [...(COMPANIONS[kind] ?? []), ...(LEAVES.has(kind) ? ["says", "weight"] : [])];
}

/** The first few lead to the rest. */
const MOST_ERRORS = 5;

type Path = readonly (string | number)[];

/** Everything that is wrong with the file taken alone: its YAML, its form, its patterns, its sections. */
export function checkNoteFile(file: NoteFile): NoteProblem[] {
  if (file.front === null) {
    return [
      error("A note begins with front matter between two lines ---.", placeInFront(file, [])),
    ];
  }
  const { document, at, isClosed, isTooLong } = file.front;
  if (isTooLong) {
    const most = LONGEST_FRONT >> 10;
    return [error(`The front matter is longer than ${most} KB.`, { from: 0, to: at })];
  }
  if (!isClosed) {
    return [error("The front matter is not closed by a second line ---.", { from: 0, to: at })];
  }
  if (document.errors.length > 0) {
    return document.errors
      .slice(0, MOST_ERRORS)
      .map(({ message, pos }) =>
        error(message.split("\n")[0] as string, { from: at + pos[0], to: at + pos[1] }),
      );
  }
  const front = plainData(file);
  if (front instanceof Error) return [error(front.message, placeInFront(file, []))];
  if (!validate(front))
    return [...schemaProblems(file, validate.errors ?? []), ...sectionProblems(file)];
  return [...frontProblems(file, front as Front), ...sectionProblems(file)];
}

/** The front matter as data; an error where its aliases would fill the memory. */
export function plainData({ front }: NoteFile): unknown {
  try {
    return front?.document.toJS({ maxAliasCount: 50 });
  } catch (caught) {
    return caught instanceof Error ? caught : new Error(String(caught));
  }
}

/** The front matter as its schema says. */
interface Front {
  readonly match: Condition;
  readonly supports?: readonly Condition[];
  readonly against?: readonly Condition[];
  readonly commands?: readonly { readonly gdb?: string; readonly shell?: string }[];
}

const error = (message: string, span: Span): NoteProblem => ({ severity: "error", message, span });

function schemaProblems(file: NoteFile, errors: readonly ErrorObject[]): NoteProblem[] {
  return errors.slice(0, 4 * MOST_ERRORS).map((each) => {
    const path = each.instancePath
      .split("/")
      .slice(1)
      .map((part) =>
        /^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~"),
      );
    const { additionalProperty } = each.params as { additionalProperty?: string };
    const span = placeInFront(file, path, additionalProperty);
    return error(inWords(each, path, additionalProperty), span);
  });
}

function inWords(each: ErrorObject, path: Path, extra: string | undefined): string {
  const where = path.filter((part) => typeof part === "string").at(-1) ?? "the front matter";
  if (extra !== undefined) return `"${extra}" is not known in ${where}.`;
  if (each.keyword === "required") {
    return `${where} lacks "${(each.params as { missingProperty: string }).missingProperty}".`;
  }
  if (each.keyword === "enum") {
    const { allowedValues } = each.params as { allowedValues: readonly string[] };
    return `${where} is one of ${allowedValues.join(", ")}.`;
  }
  return `${where} ${each.message ?? "is not valid"}.`;
}

function frontProblems(file: NoteFile, front: Front): NoteProblem[] {
  const problems = conditionProblems(file, front.match, ["match"]);
  for (const key of ["supports", "against"] as const) {
    for (const [i, condition] of (front[key] ?? []).entries()) {
      problems.push(...conditionProblems(file, condition, [key, i]));
    }
  }
  for (const [i, command] of (front.commands ?? []).entries()) {
    if ((command.gdb === undefined) === (command.shell === undefined)) {
      problems.push(
        error("A command has either gdb or shell.", placeInFront(file, ["commands", i])),
      );
    }
  }
  return problems;
}

/** A condition is of exactly one kind and has only what belongs to it; its patterns are ones that RE2 takes. */
function conditionProblems(file: NoteFile, condition: Condition, path: Path): NoteProblem[] {
  const keys = Object.keys(condition);
  const kinds = keys.filter((key) => (CONDITION_KINDS as readonly string[]).includes(key));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const found = kinds.length > 1 ? `, not ${kinds.join(" and ")}` : "";
    const message = `A condition has one of ${CONDITION_KINDS.join(", ")}${found}.`;
    return [error(message, placeInFront(file, path))];
  }
  const allowed = [
    kind,
    ...(COMPANIONS[kind] ?? []),
    ...(LEAVES.has(kind) ? ["says", "weight"] : []),
  ];
  const problems = keys
    .filter((key) => !allowed.includes(key))
    .map((key) => error(`"${key}" does not go with ${kind}.`, placeInFront(file, path, key)));
  return [...problems, ...patternProblems(file, condition, path), ...nested(file, condition, path)];
}

function nested(file: NoteFile, condition: Condition, path: Path): NoteProblem[] {
  for (const key of ["all", "any", "none", "of"] as const) {
    const parts = (condition as Partial<Record<typeof key, readonly Condition[]>>)[key];
    if (parts) return parts.flatMap((part, i) => conditionProblems(file, part, [...path, key, i]));
  }
  if ("atLeast" in condition) return [error('atLeast needs "of".', placeInFront(file, path))];
  return [];
}

function patternProblems(file: NoteFile, condition: Condition, path: Path): NoteProblem[] {
  if ("line" in condition) return expressionProblems(file, condition.line, [...path, "line"]);
  if (!("log" in condition) || condition.log.message === undefined) return [];
  return expressionProblems(file, condition.log.message, [...path, "log", "message"]);
}

function expressionProblems(file: NoteFile, pattern: string, path: Path): NoteProblem[] {
  const span = placeInFront(file, path);
  const refused = refusal(pattern);
  if (refused !== null) {
    return [error(`RE2, which takes linear time, does not take this pattern: ${refused}`, span)];
  }
  const { required, spellings } = expression(pattern);
  if (required !== null || spellings !== null) return [];
  const message =
    "Every line is tried with this pattern: it has no plain text of three characters that each match must hold.";
  return [{ severity: "warning", message, span }];
}

function sectionProblems(file: NoteFile): NoteProblem[] {
  return Object.values(HEADINGS).flatMap((heading) => {
    const section = file.sections.find((each) => each.heading === heading);
    if (section === undefined) {
      const end = file.text.trimEnd().length;
      return [
        error(`The section "## ${heading}" is missing.`, { from: Math.max(0, end - 1), to: end }),
      ];
    }
    return section.text === ""
      ? [error(`The section "## ${heading}" is empty.`, section.headingSpan)]
      : [];
  });
}
