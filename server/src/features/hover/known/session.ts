import commandFiles from "knowledge:gdb-commands";
import messageFiles from "knowledge:gdb-messages";
import variableFiles from "knowledge:gdb-variables";
import registerFiles from "knowledge:registers";
import tableFiles from "knowledge:tables";
import { compileGlob } from "../../../frames/glob";
import type { Message } from "./data";

const commands = new Map(
  commandFiles
    .flatMap((file) => file.commands)
    .flatMap(({ names, means }) => names.map((name) => [name, means] as const)),
);

/** The longest command of gdb that `typed` begins with, and what it does; or null. */
export function commandKnown(typed: string): { name: string; means: string } | null {
  // `x/40ga $sp` and `p/x n`: the format belongs to the command.
  const words = typed
    .trim()
    .replace(/^(\S{1,40}?)\/\S*/, "$1")
    .split(/\s+/)
    .slice(0, 4);
  for (let length = words.length; length > 0; length--) {
    const name = words.slice(0, length).join(" ");
    const means = commands.get(name);
    if (means !== undefined) return { name, means };
  }
  return null;
}

/** Every command of gdb that is explained, under each of its names. */
export const commandsKnown = (): { name: string; means: string }[] =>
  [...commands].map(([name, means]) => ({ name, means }));

const opening = (begins: string) => compileGlob(`${begins}*`);

const messages = messageFiles
  .flatMap((file) => file.messages)
  .flatMap((message) => message.begins.map((begins) => ({ message, matches: opening(begins) })));

/** What gdb says with a line, or null. */
export function messageKnown(line: string): Message | null {
  return messages.find(({ matches }) => matches(line))?.message ?? null;
}

const registers = new Map(
  registerFiles
    .flatMap((file) => file.registers)
    .flatMap(({ names, means }) => names.map((name) => [name, means] as const)),
);

/** What a register holds, or null. */
export function registerKnown(name: string): string | null {
  return registers.get(name) ?? null;
}

const variables = new Map(
  variableFiles
    .flatMap((file) => file.variables)
    .flatMap(({ names, means }) => names.map((name) => [name, means] as const)),
);

/** What a variable or function that gdb keeps holds or does, by its name with the `$`, or null. */
export function variableKnown(name: string): string | null {
  return variables.get(name) ?? null;
}

const columns = new Map(
  tableFiles
    .flatMap((file) => file.tables)
    .flatMap(({ kinds, columns: all }) =>
      kinds.flatMap((kind) => all.map(({ name, means }) => [`${kind} ${name}`, means] as const)),
    ),
);

/** What a column of a listing tells, or null. */
export function columnKnown(kind: string, name: string): string | null {
  return columns.get(`${kind} ${name}`) ?? null;
}
