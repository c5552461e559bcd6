import type { Suggestion } from "./suggest";

// Files to run as they stand: gdb's answers come back labelled as if they had been typed, so that a text that holds them
// is read like a session.

/**
 * A gdb command file that asks everything that needs nothing put in by hand: `gdb -nx -batch -x FILE -p PID`. It attaches
 * by itself where the questions are about several processes.
 */
export function gdbScript(suggestions: readonly Suggestion[]): string {
  const asked = suggestions.filter((each) => each.where === "gdb" && isPlainQuestion(each));
  if (asked.length === 0) return "";
  const pids = new Set(asked.flatMap(({ pid }) => (pid === null ? [] : [pid])));
  const parts = pids.size < 2 ? [questions(asked)] : [...pids].map((pid) => partOf(pid, asked));
  return `${[HEAD, ...parts].join("\n\n")}\n`;
}

/** A script is run unread: it only looks, and has all values. */
const isPlainQuestion = ({ missing, acts }: Suggestion): boolean => missing.length === 0 && !acts;

/** gdb gives up a command file at the first command that fails; asked from Python it goes on. */
const HEAD = `set pagination off
set confirm off
set width 0
python
def ask(command):
    gdb.write("\\n(gdb) " + command + "\\n")
    try:
        gdb.execute(command)
    except gdb.error as problem:
        gdb.write(str(problem) + "\\n")
end`;

const questions = (asked: readonly Suggestion[]): string =>
  asked.map(({ run, why }) => `# ${why}\npython ask(${pythonText(run)})`).join("\n\n");

/** The questions about one of several processes, and those about any. */
function partOf(pid: number, asked: readonly Suggestion[]): string {
  const mine = asked.filter((each) => each.pid === pid || each.pid === null);
  return [
    `echo \\n=== pid ${pid} ===\\n`,
    `python ask("attach ${pid}")`,
    "",
    questions(mine),
    "",
    'python ask("detach")',
  ].join("\n");
}

/** JSON's texts are texts of Python, too. */
const pythonText = (text: string): string => JSON.stringify(text);

/** The shell commands that need nothing put in, one a line under what they find out. */
export function shellScript(suggestions: readonly Suggestion[]): string {
  const commands = suggestions
    .filter((each) => each.where === "shell" && isPlainQuestion(each))
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
    // pgrep takes a pattern.
    `for pid in $(pgrep -x '${name.replace(/[.+]/g, "[$&]")}'); do`,
    '  echo "=== pid $pid ==="',
    "  gdb -nx -batch -p \"$pid\" -ex 'set pagination off' -ex 'thread apply all bt'",
    "done > backtraces.save 2>&1",
    "",
  ].join("\n");
}
