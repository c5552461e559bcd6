import type { GdbRun } from "./run";
import { type Target, targetLabel } from "./target";

/** Why a process or a core gave no stack, and what can be done, in a sentence or two. */
export interface Trouble {
  readonly target: Target;
  readonly message: string;
}

/** What is looked up on the machine when gdb may not attach. */
export interface Machine {
  /** Yama's setting; null where the kernel has none. */
  ptraceScope(): number | null;
}

/** Why gdb shows nothing of the target; null where it shows a frame. */
export function troubleOf(target: Target, run: GdbRun, machine: Machine): string | null {
  if (run.ended === "missing") return GDB_MISSING;
  if (run.ended === "refused") return GDB_REFUSED;
  if (/^#0 /m.test(run.text)) return null;
  const label = targetLabel(target);
  for (const [pattern, sentence] of REASONS) {
    if (pattern.test(run.text)) return sentence(label, machine);
  }
  if (run.ended === "stopped") return `gdb was stopped before it showed a stack of ${label}.`;
  return `gdb shows no stack of ${label}: ${lastLine(run.text)}`;
}

/** Is it gdb itself that cannot be run, so that no other target would do better? */
export const isHopeless = ({ ended }: GdbRun): boolean =>
  ended === "missing" || ended === "refused";

const GDB_MISSING =
  "gdb was not found. Install it (apt install gdb, dnf install gdb), or name its program in the setting backtraceReader.gdbPath.";

const GDB_REFUSED =
  "gdb could not be started. Is the setting backtraceReader.gdbPath a program that you may run?";

export const goneMessage = (target: Target): string =>
  `${capital(targetLabel(target))} has ended. Choose another, or its core file.`;

type Sentence = (label: string, machine: Machine) => string;

/** What gdb says, and what that means here. A zombie also may not be attached to, so it comes first. */
const REASONS: readonly (readonly [RegExp, Sentence])[] = [
  [
    /is a zombie/,
    (label) =>
      `${capital(label)} has ended and only waits for its parent to notice (a zombie): it has no stack any more.`,
  ],
  [
    /is already traced by process (\d+)/,
    (label) =>
      `${capital(label)} is held by another debugger or tracer, and only one can hold it. End that one first.`,
  ],
  [
    /ptrace: (?:No such process|Couldn't find)|Can't attach to process \d+: No such process/i,
    (label) => `${capital(label)} has ended. Choose another, or its core file.`,
  ],
  [/Operation not permitted|Could not attach to process/, notPermitted],
  [
    /is not a core dump/,
    (label) => `${capital(label)} is not a core file, or of a kind that this gdb does not read.`,
  ],
  [
    /: No such file or directory/,
    (label) => `A file of ${label} is not there any more. Choose it again.`,
  ],
  [
    /: Permission denied/,
    (label) => `A file of ${label} may not be read by you. Ask for the right to, or copy it.`,
  ],
];

function notPermitted(label: string, { ptraceScope }: Machine): string {
  const scope = ptraceScope();
  const refusal = `gdb may not attach to ${label}.`;
  if (scope === 3)
    return `${refusal} This machine allows it to nobody (kernel.yama.ptrace_scope is 3) until it is started anew; a core file can still be read.`;
  if (scope === 2)
    return `${refusal} This machine allows it to administrators only (kernel.yama.ptrace_scope is 2): run gdb as root and open what it prints.`;
  if (scope === 1)
    return `${refusal} This machine allows it for one's own children only: sudo sysctl kernel.yama.ptrace_scope=0 lifts that until the next start. A process of another user needs root.`;
  return `${refusal} It belongs to another user or is protected: run gdb as root and open what it prints. In a container, start that with --cap-add=SYS_PTRACE.`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What gdb said last, short enough for a message. */
function lastLine(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== "No stack.");
  return lines.at(-1)?.slice(0, 200) ?? "it printed nothing.";
}
