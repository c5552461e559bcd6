import { waitingFor } from "../../frames/waiting";
import type { Process, Thread } from "../../read/model";
import { plural } from "../../words/plural";
import { processState } from "../lenses";
import type { ThreadPlace } from "../locate";
import { processName, threadName } from "../symbols";
import { messageKnown } from "./known/session";
import { signalNamed } from "./known/values";
import { code, dotted, paragraphs, plain } from "./markdown";

/** A thread, and what its numbers stand for. */
export function threadCard({ thread, process }: ThreadPlace): string {
  const { number, id, lwp, name, crashed, frames } = thread;
  const signal = process.signal ?? "the signal";
  return paragraphs([
    `**${code(threadName(thread))}**`,
    dotted([
      crashed ? `got ${plain(signal)}` : null,
      plain(waitingFor(frames)),
      plural(frames.length, ["frame", "frames"]),
      endNote(thread),
    ]),
    number === null
      ? null
      : `${code(`Thread ${number}`)}: gdb's number, for ${code(`thread ${number}`)}.`,
    id === null ? null : `${code(id)}: the pthread id, as pthread\\_self returns it.`,
    lwp === null
      ? null
      : `${code(`LWP ${lwp}`)}: the kernel's thread id, as in ${code("ps -L")} and /proc.`,
    name === null
      ? null
      : `${code(name)}: the name, which a program or its library gave the thread.`,
  ]);
}

function endNote({ ends }: Thread): string | null {
  if (ends === "complete") return null;
  return ends === "cut"
    ? "the text breaks the stack off"
    : "gdb could not follow the stack to its end";
}

/** A process and what it is doing. */
export function processCard(process: Process): string {
  const { threads, program, signal, gdb } = process;
  const frames = threads.reduce((sum, thread) => sum + thread.frames.length, 0);
  return paragraphs([
    `**${code(processName(process))}**`,
    dotted([
      processState(process) && plain(processState(process) as string),
      plural(threads.length, ["thread", "threads"]),
      plural(frames, ["frame", "frames"]),
    ]),
    program === null ? null : `Program: ${code(program)}`,
    signal === null ? null : signalCard(signal),
    gdb === null ? null : `Read with gdb ${plain(gdb)}.`,
  ]);
}

/** A signal by its name, or by its number as old versions of gdb print it. */
export function signalCard(name: string): string | null {
  const signal = signalNamed(name);
  if (signal === null) return null;
  const { name: printed, number, means, look } = signal;
  return paragraphs([`**${plain(printed)}** (${number}): ${plain(means)}`, look && plain(look)]);
}

/** A sentence of gdb's. */
export function messageCard(line: string): string | null {
  const message = messageKnown(line);
  return message && paragraphs([plain(message.means), message.then && plain(message.then)]);
}
