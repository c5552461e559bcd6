import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { needDebugger } from "../../../../scripts/host/debian.mjs";
import { hover } from "../../../../server/src/features/hover/hover";
import { readGdbScript } from "../../../../server/src/read/shell/wholeScript";
import { extractCursor, log } from "../../fixture";
import { cardOver } from "./card";

/** The card over the cursor in a file of gdb commands: the words that it is about, and what it says of them. */
function scriptCard(fixture: string): string {
  const { text, offset } = extractCursor(fixture);
  const found = hover(readGdbScript(text), offset);
  if (found === null) return "-";
  const words = text.slice(found.span.from, found.span.to);
  return `[${words}] ${found.markdown.replace(/\\([!-/:-@[-`{-~])/g, "$1")}`;
}

test("the old way to turn pages off is told apart from the new one", () => {
  expect(scriptCard("set <|>pagination 0\n")).toBe(
    "[set pagination 0] **`set pagination 0`**: The old spelling of set pagination off, which gdb still takes: no question for each screen page, so that a script is never held up.",
  );
  expect(scriptCard("set <|>pagination off\n")).toContain("**`set pagination off`**: Turns");
});

test("a single command is enough, which nobody would take for a script elsewhere", () => {
  expect(scriptCard("<|>detach")).toContain("Lets the process go on");
});

test("a command for threads or frames and the command that it does are explained one by one", () => {
  expect(scriptCard("thread app<|>ly all -q bt full\n")).toMatch(/^\[thread apply all -q\] /);
  expect(scriptCard("thread apply all -q bt <|>full\n")).toMatch(/^\[bt full\] \*\*`bt full`/);
  expect(scriptCard("thread apply 2-5 frame apply 3 info lo<|>cals\n")).toMatch(/^\[info locals\]/);
  expect(scriptCard("tfaas -s p<|> lock\n")).toMatch(/^\[p lock\] \*\*`p`/);
  expect(scriptCard("with print pretty on -- p <|>*r\n")).toMatch(/^\[p \*r\]/);
  expect(scriptCard("thread apply a<|>ll\n")).toMatch(/^\[thread apply all\]/);
});

test("the same holds for what is typed at a prompt", () => {
  expect(cardOver("(gdb) thread apply all bt full\nNo stack.\n", "bt full")).toContain("[bt full]");
});

test("a register in an expression is explained", () => {
  expect(scriptCard("x/16ga $s<|>p\n")).toMatch(/^\[\$sp\] \*\*`\$sp`\*\*: The end of the stack/);
  expect(scriptCard("x/16<|>ga $sp\n")).toContain("Prints memory");
});

test("a variable that gdb keeps is explained, in prompts and in scripts", () => {
  expect(scriptCard("p $_sig<|>info.si_code\n")).toMatch(
    /^\[\$_siginfo\] \*\*`\$_siginfo`\*\*: What/,
  );
  expect(scriptCard("if $ar<|>gc == 0\n")).toContain("How many arguments");
  expect(scriptCard("p $my<|>_own\n")).toContain("Computes an expression");
  expect(cardOver("(gdb) p $_exitcode\n$1 = 3\n", "$_exitcode")).toContain("returned at its end");
});

const own = log`
  # what the server was asked
  define requests
    set $i = 0
    while $i < 4
      printf "%d\\n", $i
      python
  print(1)
  finish
      end
    end
  end
  document requests
  Print what the server was asked.
  end
`;

const over = (words: string) => scriptCard(own.replace(words, `<|>${words}`));

test("blocks are explained by their first line and their end", () => {
  expect(over("define")).toContain("Begins a command of one's own");
  expect(over("while")).toContain("Repeats the lines");
  expect(over("printf")).toContain("in the manner of the function printf");
  expect(over("document")).toContain("Begins the help text");
  expect(scriptCard(`${own}<|>end`)).toContain("Closes the block");
});

test("no command is seen in a comment, in a help text or in Python", () => {
  expect(over("what the")).toBe("-");
  expect(over("print(1)")).toBe("-");
  expect(over("finish")).toBe("-");
  expect(over("Print what")).toBe("-");
  expect(scriptCard("python import os\nfin<|>ish\n")).toContain("Runs until");
});

test("a script is no backtrace, whatever its comments look like", () => {
  const reading = readGdbScript("# seen:\n#0  main () at a.c:3\nbt\n");
  expect(reading.processes).toEqual([]);
  expect(reading.sections.map(({ kind }) => kind)).toEqual(["gdb-script"]);
  expect(readGdbScript(" \n").sections).toEqual([]);
});

/** Not before a later gdb than Debian's, or only once something has set them. */
const NOT_LISTED = /^\$(?:_|__|arg.|argc|bpnum|_exit.*|_shell.*)$/;

test("gdb keeps every variable that is explained", () => {
  needDebugger();
  const file = JSON.parse(readFileSync("knowledge/gdb-variables/gdb.json", "utf8"));
  const names: string[] = file.variables.flatMap(({ names }: { names: string[] }) => names);
  const args = ["-nx", "-batch", "-ex", "show convenience"];
  const kept = execFileSync("gdb", args, { encoding: "utf8" });
  const asked = names.filter((name) => !NOT_LISTED.test(name));
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.filter((name) => !kept.includes(`${name} = `))).toEqual([]);
});

/** What scripts of others bring along, and words that only stand inside blocks. */
const NOT_IN_HELP = /^(?:py-|zbacktrace$|printzv$|else$|loop_)/;

test("gdb knows every command that is explained", () => {
  needDebugger();
  const files = readFileSync("knowledge/gdb-commands/gdb.json", "utf8");
  const names: string[] = JSON.parse(files).commands.flatMap(
    ({ names }: { names: string[] }) => names,
  );
  const asked = names.filter((name) => !NOT_IN_HELP.test(name));
  const commands = asked.flatMap((name) => ["-ex", `echo <${name}>\\n`, "-ex", `help ${name}`]);
  const args = ["-nx", "-batch", "-ex", "set pagination off", ...commands];
  const answer = execFileSync("gdb", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const unknown = asked.filter((name) => answer.includes(`<${name}>\n<`));
  expect(unknown).toEqual([]);
});
