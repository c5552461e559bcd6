import type { Command } from "../commands/command";
import type { Evidence } from "../find/finding";
import type { Hypothesis } from "../notes/hypothesis";
import { plural } from "../words/plural";
import { printable, shorten } from "../words/printable";
import type { Paint } from "./paint";
import { placed } from "./placed";

/** More than these would bury the likely ones. */
const MOST_HYPOTHESES = 5;
const MOST_PLACES = 4;
const MOST_COMMANDS = 4;

/** What could be the cause, most likely first, with its evidence and the next commands; empty where nothing is known. */
export function hypothesesText(hypotheses: readonly Hypothesis[], paint: Paint): string {
  if (hypotheses.length === 0) return "";
  const shown = hypotheses.slice(0, MOST_HYPOTHESES).map((each) => hypothesisText(each, paint));
  const hidden = hypotheses.length - shown.length;
  const more =
    hidden > 0 ? [`And ${plural(hidden, ["less likely cause", "less likely causes"])}.`] : [];
  return `${[paint.bold("What could be the cause"), ...shown, ...more].join("\n\n")}\n`;
}

function hypothesisText(hypothesis: Hypothesis, paint: Paint): string {
  const { confidence, title, note, evidence, against, commands } = hypothesis;
  const share = `${Math.round(confidence * 100)} %`.padStart(4);
  const lines = [`${paint.strong(share)}  ${printable(title)} ${paint.faint(`(${note.id})`)}`];
  lines.push(...placeLines("for", evidence), ...placeLines("against", against));
  if (commands.length > 0) lines.push("      next:");
  for (const command of commands.slice(0, MOST_COMMANDS)) lines.push(commandLine(command, paint));
  return lines.join("\n");
}

function placeLines(word: string, places: readonly Evidence[]): string[] {
  const lines = places.slice(0, MOST_PLACES).map((place) => `      ${word}: ${placeText(place)}`);
  const hidden = places.length - lines.length;
  if (hidden > 0) lines.push(`      ${word}: ${plural(hidden, ["more place", "more places"])}`);
  return lines;
}

/** `error.log:12: the kernel says that ...`, with lines counted from 1. */
function placeText(evidence: Evidence): string {
  const line = placed(evidence).start.line + 1;
  return shorten(printable(`${evidence.source.path}:${line}: ${evidence.says}`), 160);
}

const commandLine = ({ run, where, why }: Command, paint: Paint): string =>
  `        ${where === "gdb" ? "(gdb)" : "    $"} ${printable(run)}  ${paint.faint(printable(`# ${why}`))}`;
