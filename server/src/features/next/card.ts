import type { NamedReading } from "../../find/finding";
import type { Judgement } from "../../notes/judge";
import { code, plain } from "../hover/markdown";
import { nextAt } from "./nextAt";

/** More commands than these are in the list of all. */
const MOST_COMMANDS = 2;

/** A section for a hover: what to type next about the place, Markdown; null where there is nothing to ask. */
export function nextCard(
  judgement: Judgement,
  source: NamedReading,
  offset: number,
): string | null {
  const commands = nextAt(judgement, source, offset).slice(0, MOST_COMMANDS);
  if (commands.length === 0) return null;
  const lines = commands.map(
    ({ run, where, why }) =>
      `- ${code(`${where === "gdb" ? "(gdb)" : "$"} ${run}`)}: ${plain(why)}`,
  );
  return `**Next**\n\n${lines.join("\n")}`;
}
