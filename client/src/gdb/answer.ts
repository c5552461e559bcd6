import { randomUUID } from "node:crypto";
import { lookAt } from "./look";
import { isPresent } from "./processes";
import type { RunGdb } from "./run";
import { batchArguments, type Target } from "./target";
import { goneMessage, type Machine, troubleOf } from "./trouble";

/** A command and what gdb answered. */
export interface Exchange {
  readonly command: string;
  readonly answer: string;
}

export type Answered = { readonly exchanges: readonly Exchange[] } | { readonly trouble: string };

/** gdb only looks: it calls no function of the program and changes nothing in it. */
const LOOK_ONLY = ["may-call-functions", "may-write-memory", "may-write-registers"].flatMap(
  (setting) => ["-iex", `set ${setting} off`],
);

/** Asks a gdb of its own these commands about the target, one after the other. */
export async function answersOf(
  target: Target,
  commands: readonly string[],
  how: { readonly run: RunGdb; readonly machine: Machine; readonly stop: AbortSignal },
): Promise<Answered> {
  if (!isPresent(target)) return { trouble: goneMessage(target) };
  const mark = `answer-${randomUUID()}`;
  const asked = commands.flatMap((command, i) => [command, `echo \\n${mark}-${i}\\n`]);
  const start = ["set pagination off", "frame 0", `echo \\n${mark}\\n`];
  const args = [...LOOK_ONLY, ...batchArguments(target, [...start, ...asked])];
  const run = await lookAt(target, args, how.run, how.stop);
  const [before = "", ...rest] = split(run.text, mark);
  const trouble = troubleOf(target, { ...run, text: before }, how.machine);
  if (trouble !== null) return { trouble };
  const exchanges = commands.slice(0, rest.length).map((command, i) => {
    return { command, answer: rest[i] as string };
  });
  if (run.ended === "done" && exchanges.length === commands.length) return { exchanges };
  return { trouble: "gdb was stopped before it had answered." };
}

/** The text between the marks, without the line break that each mark brings along. */
function split(text: string, mark: string): string[] {
  const pieces = text.split(new RegExp(`\\n${mark}(?:-\\d+)?\\n`));
  // Behind the last mark gdb only takes its leave.
  return pieces.length > 1 ? pieces.slice(0, -1) : pieces;
}
