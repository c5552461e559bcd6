import { hover } from "../../../../server/src/features/hover/hover";
import { cleanOffset, place } from "../../../../server/src/read/place";
import { read } from "../../../../server/src/read/read";
import { extractCursor } from "../../fixture";

/** What the reader sees: the hovered text in brackets and the card without its escapes, or `-`. */
export function cardAt(fixture: string): string {
  const { text, offset } = extractCursor(fixture);
  const reading = read(text);
  const found = hover(reading, cleanOffset(reading, offset));
  if (found === null) return "-";
  const { from, to } = place(reading, found.span);
  const hovered = text.slice(from, to).replaceAll("\n", " / ");
  return `[${hovered}]\n${readable(found.markdown)}`;
}

/** Escapes and the blank lines between paragraphs only matter to Markdown. */
const readable = (markdown: string): string =>
  markdown.replace(/\\([!-/:-@[-`{-~])/g, "$1").replaceAll("\n\n", "\n");

/** The card at the first place of `words` in a text that is given as it stands. */
export function cardOver(text: string, words: string): string {
  const at = text.indexOf(words);
  if (at < 0) throw new Error(`"${words}" does not stand in the text.`);
  const middle = at + (words.length >> 1);
  return cardAt(`${text.slice(0, middle)}<|>${text.slice(middle)}`);
}
