import type { Evidence, NamedReading } from "../../find/finding";
import type { Hypothesis } from "../../notes/hypothesis";
import type { Severity } from "../../notes/note";
import { textOf } from "../../read/renewal";
import { placed } from "../../show/placed";
import { printable, shorten } from "../../words/printable";
import { headOf } from "./claim";

/** `92 %`. */
export const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;

/** What it would be, if the hypothesis is right. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  crash: "a crash",
  hang: "a hang",
  error: "an error",
  warning: "a warning",
  information: "for information",
};

/** The title as plain text on one line. */
export const titleOf = ({ title }: Hypothesis): string => oneLine(title, 300);

/** Text as plain text on one line, for labels. */
export const oneLine = (text: string, length: number): string =>
  printable(shorten(text.replace(/\s+/g, " ").trim(), length));

/** `error_log:12`: the last part of the document's name, and the line counted from 1. */
export const placeName = (evidence: Evidence): string =>
  `${sourceName(evidence.source)}:${placed(headOf(evidence)).start.line + 1}`;

/** The last part of the document's path or URI. */
export function sourceName({ path }: Pick<NamedReading, "path">): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/[?#].*/s, "");
  return oneLine(decoded(name.replace(/^untitled:/, "")), 100) || "text";
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The first line of the place, as far as a list can show it. */
export function quoted(place: Evidence): string {
  const { source, span } = headOf(place);
  return oneLine(textOf(source.reading).slice(span.from, Math.min(span.to, span.from + 2000)), 200);
}

/** The first sentence of an author's Markdown. */
export function firstSentence(markdown: string): string {
  const [paragraph = ""] = markdown.trim().split(/\n[ \t\r]*\n/, 1);
  const line = paragraph.replace(/\s+/g, " ");
  return /^.{1,600}?[.!?](?=\s|$)/.exec(line)?.[0] ?? shorten(line, 600);
}
