import type { Reading } from "../../read/model";
import { textOf } from "../../read/renewal";
import { lastAtOrBefore, type Span } from "../../read/span";
import type { Hover } from "./hover";
import { commandKnown, registerKnown, variableKnown } from "./known/session";
import { code, plain } from "./markdown";
import { commandAt } from "./nestedCommand";
import { scriptCommandAt } from "./scriptLines";

/** A command line is not longer than this. */
const LONGEST = 1000;

/** The card of a command that was typed at a prompt, or of a line of a script for gdb. */
export function commandHover(reading: Reading, offset: number): Hover | null {
  const line = promptedCommand(reading, offset) ?? scriptLine(reading, offset);
  if (line === null || offset > line.from + LONGEST) return null;
  const text = textOf(reading).slice(line.from, Math.min(line.to, line.from + LONGEST));
  return dollarHover(text, line.from, offset) ?? wordsHover(text, line.from, offset);
}

/** The card of the command around the offset: `bt full` inside `thread apply all bt full` has its own. */
function wordsHover(line: string, start: number, offset: number): Hover | null {
  const { from, to } = commandAt(line, offset - start);
  const known = commandKnown(line.slice(from, Math.min(to, from + 200)));
  const span = { from: start + from, to: start + to };
  return known && { span, markdown: `**${code(known.name)}**: ${plain(known.means)}` };
}

/** The card of a register or of one of gdb's variables in an expression, as `$sp` and `$_siginfo`. */
function dollarHover(line: string, start: number, offset: number): Hover | null {
  for (const { 0: name, index } of line.matchAll(/\$[A-Za-z_]\w{0,30}/g)) {
    const span = { from: start + index, to: start + index + name.length };
    if (offset < span.from || offset > span.to) continue;
    const means = registerKnown(name.slice(1)) ?? variableKnown(name);
    return means === null ? null : { span, markdown: `**${code(name)}**: ${plain(means)}` };
  }
  return null;
}

function promptedCommand({ prompts }: Reading, offset: number): Span | null {
  const prompt = prompts[lastAtOrBefore(prompts, offset, ({ span }) => span.from)];
  const isHere = prompt && offset <= prompt.command.to && prompt.command.from < prompt.command.to;
  return isHere ? prompt.command : null;
}

function scriptLine({ sections, clean }: Reading, offset: number): Span | null {
  const section = sections[lastAtOrBefore(sections, offset, ({ span }) => span.from)];
  return section?.kind === "gdb-script" ? scriptCommandAt(clean.text, section.span, offset) : null;
}
