import type { Reading } from "../../read/model";
import { lastAtOrBefore, type Span } from "../../read/span";
import type { Hover } from "./hover";
import { commandKnown } from "./known/session";
import { lineAround } from "./lineHover";
import { code, plain } from "./markdown";

/** The card of a command that was typed at a prompt, or of a line of a script for gdb. */
export function commandHover(reading: Reading, offset: number): Hover | null {
  const span = promptedCommand(reading, offset) ?? scriptLine(reading, offset);
  if (span === null) return null;
  const known = commandKnown(
    reading.clean.text.slice(span.from, Math.min(span.to, span.from + 200)),
  );
  return known && { span, markdown: `**${code(known.name)}**: ${plain(known.means)}` };
}

function promptedCommand({ prompts }: Reading, offset: number): Span | null {
  const prompt = prompts[lastAtOrBefore(prompts, offset, ({ span }) => span.from)];
  const isHere = prompt && offset <= prompt.command.to && prompt.command.from < prompt.command.to;
  return isHere ? prompt.command : null;
}

function scriptLine({ sections, clean }: Reading, offset: number): Span | null {
  const section = sections[lastAtOrBefore(sections, offset, ({ span }) => span.from)];
  return section?.kind === "gdb-script" ? lineAround(clean.text, offset) : null;
}
