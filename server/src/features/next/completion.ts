import type { Where } from "../../commands/command";
import type { NamedReading } from "../../find/finding";
import type { Judgement } from "../../notes/judge";
import type { Process } from "../../read/model";
import { textOf } from "../../read/renewal";
import type { Span } from "../../read/span";
import { suggest } from "../../suggest/suggest";
import { commandsKnown } from "../hover/known/session";
import { processBefore } from "../locate";

/** Something that may stand at a prompt. */
export interface Completion {
  /** What is put in the place of `span`. */
  readonly text: string;
  readonly kind: "next" | "command" | "number" | "function" | "variable" | "address";
  /** What it finds out or is, in one line. */
  readonly detail: string;
  /** More, in plain text. */
  readonly more: string | null;
  readonly span: Span;
}

/** Names beyond these help nobody. */
const MOST_NAMES = 200;

/** What may be typed at the prompt that the clean-text offset is at; empty where there is none. */
export function completions(
  judgement: Judgement,
  source: NamedReading,
  offset: number,
): Completion[] {
  const prompt = promptAt(source, offset);
  if (prompt === null) return [];
  const next = nextCommands(judgement, prompt);
  return prompt.where === "shell" ? next : [...next, ...gdbWords(source, prompt, offset)];
}

/** A prompt with what stands behind it up to the offset. */
interface PromptHere {
  readonly where: Where;
  /** What was typed, and is replaced by a whole command. */
  readonly command: Span;
  readonly typed: string;
}

/** `$ `, `# `, `me@host:~$ `: bounded, so that no line is looked over twice. */
const SHELL_PROMPT = /^(?:[\w.-]{1,64}@[\w.-]{1,64}:[^\s$#]{0,200})?[$#] /;

function promptAt({ reading }: NamedReading, offset: number): PromptHere | null {
  const text = textOf(reading);
  const from = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(from, offset);
  const gdb = /^(?:\(gdb\) ?){1,8}/.exec(line);
  const found = gdb ?? SHELL_PROMPT.exec(line);
  if (!found) return null;
  const start = from + found[0].length;
  const newline = text.indexOf("\n", offset);
  const end = newline < 0 ? text.length : newline;
  const to = start + text.slice(start, end).trimEnd().length;
  return {
    where: gdb ? "gdb" : "shell",
    command: { from: start, to: Math.max(to, start, offset) },
    typed: text.slice(start, offset),
  };
}

/** Whole commands, ranked: the first answers most. */
function nextCommands(judgement: Judgement, { where, command }: PromptHere): Completion[] {
  return suggest(judgement, judgement.hypotheses)
    .filter((suggestion) => suggestion.where === where)
    .map(({ run, why, expect, because }) => ({
      text: run,
      kind: "next" as const,
      detail: why,
      more: [because, expect === null ? "" : `Answer: ${expect}`]
        .filter((line) => line)
        .join("\n\n"),
      span: command,
    }));
}

/** gdb's command names, and for the command that was typed what the text has for its argument. */
function gdbWords(
  source: NamedReading,
  { command, typed }: PromptHere,
  offset: number,
): Completion[] {
  const lastBlank = typed.lastIndexOf(" ");
  const word = { from: command.from + lastBlank + 1, to: offset };
  const process = processBefore(source.reading, command.from);
  const name = typed.split(" ", 1)[0] ?? "";
  const names = commandsKnown().map(({ name: text, means }) => ({
    text,
    kind: "command" as const,
    detail: means,
    more: null,
    span: { from: command.from, to: offset },
  }));
  const given = process && lastBlank > 0 ? argumentsFor(name, process) : [];
  return [...given.map((each) => ({ ...each, more: null, span: word })), ...names];
}

type Word = Pick<Completion, "text" | "kind" | "detail">;

/** Commands by what they take. */
const TAKES: readonly (readonly [RegExp, (process: Process) => Word[]])[] = [
  [/^(?:f|frame)$/, (process) => frameNumbers(process)],
  [/^(?:t|thread)$/, (process) => threadNumbers(process)],
  [/^(?:b|break|tbreak|l|list|disas|disassemble|info)$/, (process) => functions(process)],
  [
    /^(?:p|print|inspect|call|x|output|ptype|whatis|watch|display)(?:\/\w{1,8})?$/,
    (process) => [...variables(process), ...addresses(process)],
  ],
];

function argumentsFor(command: string, process: Process): Word[] {
  const found = TAKES.find(([pattern]) => pattern.test(command));
  return found ? found[1](process) : [];
}

/** The stack that gdb has selected as far as the text tells: the crashed thread's, else the first. */
const framesOf = ({ threads }: Process) =>
  (threads.find(({ crashed }) => crashed) ?? threads[0])?.frames ?? [];

const frameNumbers = (process: Process): Word[] =>
  framesOf(process)
    .slice(0, MOST_NAMES)
    .flatMap((frame) =>
      frame.number === null
        ? []
        : [{ text: String(frame.number), kind: "number", detail: frame.function ?? "??" }],
    );

const threadNumbers = ({ threads }: Process): Word[] =>
  threads
    .slice(0, MOST_NAMES)
    .flatMap(({ number, frames, name }) =>
      number === null
        ? []
        : [{ text: String(number), kind: "number", detail: name ?? frames[0]?.function ?? "" }],
    );

function functions(process: Process): Word[] {
  const names = framesOf(process).flatMap((frame) => frame.function ?? []);
  return distinct(names).map((text) => ({ text, kind: "function", detail: "on the stack" }));
}

function variables(process: Process): Word[] {
  const names = framesOf(process)
    .slice(0, MOST_NAMES)
    .flatMap((frame) =>
      [...(frame.arguments ?? []), ...(frame.locals ?? [])].map(
        ({ name }) => [name, `in frame ${frame.number ?? "?"}`] as const,
      ),
    );
  const seen = new Map(names.reverse());
  return [...seen]
    .reverse()
    .slice(0, MOST_NAMES)
    .map(([text, detail]) => ({ text, kind: "variable", detail }));
}

/** Arguments that are addresses: what a cast or `x` is asked about. */
function addresses(process: Process): Word[] {
  const found = framesOf(process)
    .slice(0, MOST_NAMES)
    .flatMap((frame) =>
      (frame.arguments ?? []).flatMap(({ name, value }) => {
        const address = /^0x[0-9a-f]{4,16}\b/.exec(value)?.[0];
        return address === undefined
          ? []
          : [[address, `${name} of frame ${frame.number ?? "?"}`] as const];
      }),
    );
  return [...new Map([...found].reverse())]
    .reverse()
    .slice(0, MOST_NAMES)
    .map(([text, detail]) => ({ text, kind: "address", detail }));
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].slice(0, MOST_NAMES);
