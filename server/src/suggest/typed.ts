import type { Process, Reading } from "../read/model";
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
  thr: "thread",
  i: "info",
  inf: "info",
  disas: "disassemble",
  l: "list",
};

/** What stands behind `info`, as gdb abbreviates it. */
const SHORT_INFO: Readonly<Record<string, string>> = {
  shared: "sharedlibrary",
  share: "sharedlibrary",
  dll: "sharedlibrary",
  reg: "registers",
  r: "registers",
  sym: "symbol",
  lo: "locals",
  ar: "args",
  f: "frame",
  thr: "threads",
};

/**
 * A command as it is compared: the usual short name, one blank between words and none around brackets and operators,
 * addresses without leading zeros.
 */
export function plainCommand(command: string): string {
  const words = command.trim().split(/\s+/);
  const [first = "", ...rest] = words;
  const [verb = "", format] = splitFormat(first);
  const name = Object.hasOwn(SHORT, verb) ? (SHORT[verb] as string) : verb;
  const [kind] = rest;
  if (name === "info" && kind !== undefined && Object.hasOwn(SHORT_INFO, kind)) {
    rest[0] = SHORT_INFO[kind] as string;
  }
  // How much is printed around the answers makes no other question of it.
  const asked = /^(?:thread|frame|taas|tfaas|faas)$/.test(name)
    ? rest.filter((word) => word !== "-q" && word !== "-s")
    : rest;
  const told = asked.join(" ").replace(/ ?([()*&,>=]) ?/g, "$1");
  const addresses = told.replace(/\b0x0*(?=[0-9a-f])/gi, "0x");
  return [name + (format ?? ""), addresses].filter((part) => part !== "").join(" ");
}

/** `print/x` is `print` and `/x`. */
function splitFormat(word: string): [string, string?] {
  const slash = word.indexOf("/");
  return slash > 0 ? [word.slice(0, slash), word.slice(slash)] : [word];
}

/** What was typed at the prompts of a text, by the process that it was about. */
const typedByProcess: (reading: Reading) => ReadonlyMap<Process | null, ReadonlySet<string>> =
  oncePer(({ prompts, processes, clean }: Reading) => {
    const typed = new Map<Process | null, Set<string>>();
    let at = -1;
    for (const { span, command } of prompts) {
      // A session belongs to a process until the next one begins.
      while (at + 1 < processes.length && (processes[at + 1] as Process).span.from <= span.from)
        at++;
      const process = processes[at] ?? null;
      const commands = typed.get(process) ?? new Set();
      typed.set(process, commands.add(plainCommand(clean.text.slice(command.from, command.to))));
    }
    return typed;
  });

/** Batch runs print stacks without a prompt: all of them where each thread has its number in front. */
function isShown({ processes }: Reading, plain: string, pid: number | null): boolean {
  if (plain !== "bt" && plain !== "thread apply all bt") return false;
  return processes.some(
    (process) =>
      (pid === null || process.pid === null || process.pid === pid) &&
      (plain === "bt"
        ? process.threads.some(({ frames }) => frames.length > 0)
        : process.threads.filter(({ number }) => number !== null).length > 1),
  );
}

/** Was the command answered in the text, in a session about the process where that is told apart? */
export function isTypedIn(reading: Reading, command: string, pid: number | null): boolean {
  const plain = plainCommand(command);
  if (isShown(reading, plain, pid)) return true;
  for (const [process, commands] of typedByProcess(reading)) {
    const other = process?.pid ?? null;
    const isOfAnother = pid !== null && other !== null && other !== pid;
    if (!isOfAnother && commands.has(plain)) return true;
  }
  return false;
}
