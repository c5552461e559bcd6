import { printable, shorten } from "../../words/printable";
import { escapeMarkdown } from "../escapeMarkdown";

/** No part of a card is longer; the document has the rest. */
const LONGEST = 300;

/**
 * Text of the document as inline code on one line: the fence is longer than any run of backticks in it, so that nothing
 * in it is Markdown.
 */
export function code(text: string): string {
  const line = printable(shorten(text.replace(/\s+/g, " ").trim(), LONGEST));
  const runs = line.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + runs.reduce((most, run) => Math.max(most, run.length), 0));
  const blank = line === "" || line.startsWith("`") || line.endsWith("`") ? " " : "";
  return fence + blank + line + blank + fence;
}

/** Sentences of the knowledge base, and of the document, as they stand. */
export const plain = (text: string): string => escapeMarkdown(shorten(text, 2 * LONGEST));

/** The parts of a line that there are, with a dot between them. */
export const dotted = (parts: readonly (string | false | null | undefined)[]): string =>
  parts.filter((part) => part).join(" · ");

/** A card's paragraphs; those that there are. */
export const paragraphs = (parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part).join("\n\n");
