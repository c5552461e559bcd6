import type { Suggestion } from "./suggest";
import { plainCommand } from "./typed";

// Files to run as they stand: gdb's answers come back labelled as if they had been typed, so that a text that holds them
// is read like a session.

/** A gdb command file that asks everything that needs nothing put in by hand: `gdb -nx -batch -x FILE -p PID`. */
export function gdbScript(suggestions: readonly Suggestion[]): string {
  const commands = suggestions
    .filter(({ where, missing }) => where === "gdb" && missing.length === 0)
    .map(({ run, why }) => `# ${why}\n${labelled(run)}`);
  if (commands.length === 0) return "";
  const settings = ["set pagination off", "set confirm off", "set width 0"].join("\n");
  return `${[settings, ...commands].join("\n\n")}\n`;
}

/** The command with an echo of itself before it, at what looks like gdb's prompt. */
const labelled = (command: string): string =>
  `echo \\n(gdb) ${plainCommand(command).replaceAll("\\", "\\\\")}\\n\n${command}`;

/** The shell commands that need nothing put in, one a line under what they find out. */
export function shellScript(suggestions: readonly Suggestion[]): string {
  const commands = suggestions
    .filter(({ where, missing }) => where === "shell" && missing.length === 0)
    .map(({ run, why }) => `# ${why}\n${run}`);
  return commands.length === 0 ? "" : `#!/bin/sh\n${commands.join("\n\n")}\n`;
}

/** A program's name that needs no quoting; pgrep takes at most 15 characters of it. */
const PROGRAM = /^[A-Za-z0-9_][\w.+-]{0,14}$/;

/**
 * A loop that saves the stacks of all processes of a program in one file. Attaching stops each process for a moment.
 * Null for a name that a shell could take for more than a word.
 */
export function captureLoop(program: string): string | null {
  const name = program.replace(/^.*\//, "").slice(0, 15);
  if (!PROGRAM.test(name)) return null;
  return [
    `for pid in $(pgrep -x ${name}); do`,
    '  echo "=== pid $pid ==="',
    "  gdb -nx -batch -p \"$pid\" -ex 'set pagination off' -ex 'thread apply all bt'",
    "done > backtraces.save 2>&1",
    "",
  ].join("\n");
}
