import type { Span } from "../../read/span";
import { opensForeignBlock } from "../scriptFolds";
import { lineAround } from "./lineHover";

/** The command that a line of a script holds at an offset; null in comments and in blocks of another language. */
export function scriptCommandAt(text: string, section: Span, offset: number): Span | null {
  const line = lineAround(text, offset);
  const words = text.slice(line.from, line.to);
  if (words === "" || words.startsWith("#")) return null;
  const start = text.lastIndexOf("\n", line.from - 1) + 1;
  if (words !== "end" && isForeign(text, section.from, start)) return null;
  return line;
}

/** Is the line that starts at `at` inside a block that gdb does not take commands from? */
function isForeign(text: string, from: number, at: number): boolean {
  let foreign = false;
  for (const line of text.slice(from, at).split("\n")) {
    foreign = foreign ? line.trim() !== "end" : opensForeignBlock(line);
  }
  return foreign;
}
