import { knownFindings } from "../../find/known";
import { matchesText } from "../../match/names";
import type { FrontPlace } from "../../notes/frontPlace";
import type { NoteFile } from "../../notes/noteFile";
import { codeNames, logFormats, moduleNames, type Named } from "../../notes/vocabulary";
import { signals } from "../hover/known/values";
import { schemaAt } from "./schema";

/** What can stand at a place of the front matter. */
export type NameKind =
  | "function"
  | "format"
  | "log-kind"
  | "severity"
  | "code"
  | "module"
  | "field"
  | "finding"
  | "finding-value"
  | "signal"
  | "note"
  | "key"
  | "word";

/** Which names a place is for; null for free text. */
export function kindAt({ role, path }: FrontPlace): NameKind | null {
  const [outer, last] = [path.at(-2), path.at(-1)];
  if (role === "key") {
    if (last === "fields" && outer === "log") return "field";
    return last === "where" ? "finding-value" : "key";
  }
  if (outer === "frames" || last === "function") return "function";
  if (outer === "log" && typeof last === "string") return LOG_NAMES[last] ?? otherKind(path);
  if (outer === "process" && last === "signal") return "signal";
  if (last === "finding") return "finding";
  return outer === "related" ? "note" : otherKind(path);
}

const LOG_NAMES: Readonly<Record<string, NameKind>> = {
  format: "format",
  kind: "log-kind",
  code: "code",
  module: "module",
  severity: "severity",
};

const otherKind = (path: FrontPlace["path"]): NameKind | null =>
  schemaAt(path)?.enum ? "word" : null;

/** The names that can stand there, each with what it means. Those of functions and notes are looked up elsewhere. */
export function namesFor(kind: NameKind, place: FrontPlace, file: NoteFile): readonly Named[] {
  switch (kind) {
    case "format":
      return logFormats;
    case "log-kind":
      return distinct(formatsOf(place, file).flatMap(({ kinds }) => kinds));
    case "severity":
      return distinct(formatsOf(place, file).flatMap(({ severities }) => severities.map(bare)));
    case "field":
      return distinct(formatsOf(place, file).flatMap(({ fields }) => fields.map(bare)));
    case "code":
      return codeNames();
    case "module":
      return moduleNames();
    case "finding":
      return knownFindings.map(({ kind: name, about }) => ({ name, about }));
    case "finding-value":
      return valuesOf(place, file);
    case "signal":
      return signals.map(({ name, means }) => ({ name, about: means }));
    case "word":
      return (schemaAt(place.path)?.enum ?? []).map(bare);
    default:
      return [];
  }
}

const bare = (name: string): Named => ({ name, about: "" });

/** The formats that the log condition around the place allows. */
function formatsOf({ path }: FrontPlace, file: NoteFile) {
  const format = textAt(file, [...path.slice(0, -1), "format"]);
  const named = logFormats.filter(({ name }) => format !== null && matchesText(format, name));
  return named.length > 0 ? named : logFormats;
}

/** The values of the finding that the `where` stands beside. */
function valuesOf({ path }: FrontPlace, file: NoteFile): Named[] {
  const finding = textAt(file, [...path.slice(0, -1), "finding"]);
  const kinds = knownFindings.filter(({ kind }) => finding !== null && matchesText(finding, kind));
  return distinct(kinds.flatMap(({ values }) => values));
}

function textAt({ front }: NoteFile, path: readonly (string | number)[]): string | null {
  const value: unknown = front?.document.getIn(path);
  return typeof value === "string" ? value : null;
}

const distinct = (names: readonly Named[]): Named[] =>
  [...new Map([...names].reverse().map((each) => [each.name, each])).values()].reverse();
