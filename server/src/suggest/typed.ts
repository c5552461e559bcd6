import type { Reading } from "../read/model";
import { oncePer } from "../read/oncePer";

/** gdb's commands by the short names that people type. */
const SHORT: Readonly<Record<string, string>> = {
  print: "p",
  inspect: "p",
  call: "p",
  backtrace: "bt",
  where: "bt",
  f: "frame",
  t: "thread",
  i: "info",
};

/** A command as it is compared: one blank between words, the usual short name, no echo of a format's default. */
export function plainCommand(command: string): string {
  const words = command.trim().replace(/\s+/g, " ");
  const [first = "", ...rest] = words.split(" ");
  const name = Object.hasOwn(SHORT, first) ? SHORT[first] : first;
  return [name, ...rest].join(" ");
}

/** What was typed at the prompts of a text. */
export const typedCommands: (reading: Reading) => ReadonlySet<string> = oncePer(
  ({ prompts, clean }: Reading) =>
    new Set(prompts.map(({ command }) => plainCommand(clean.text.slice(command.from, command.to)))),
);
