import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SituationCommand, SituationFile } from "../../../server/src/suggest/situation";
import { notRun } from "../../gdb/cases";

// docs/commands.md is made of the data. `npx vitest run -u test/server/suggest/docs.test.ts` writes it anew.

const HEADINGS: Readonly<Record<string, string>> = {
  "cores.json": "Cores and what keeps gdb from a process",
  "locks.json": "Locks",
  "aborts.json": "Programs that end themselves",
  "faults.json": "Faults and signals",
  "kernel.json": "What the kernel logs",
  "interpreters.json": "Interpreters and servers",
  "logs.json": "Server logs",
  "symbols.json": "Names and source lines that are missing",
  "running.json": "Programs that run",
  "general.json": "First looks",
};

const INTRODUCTION = `# Situations and commands

What Backtrace Reader recognises, and what it offers to type then, in the order in which it offers it. The data is in
\`knowledge/commands\`; this page is made of it by a test.

A command is left out where the text has its answer already, where it was typed before, where it needs a living process
and the text shows a core, and where the text's gdb is too old for it. A command that gdb would probably refuse, because
the text shows that the debug information it needs is missing, comes after those that need none.

\`\${name}\` is a value of the text: an address, a number, a name or a path, each checked for its form and quoted for
where it goes. What the text does not say stands in capitals, for you to put in.

"Tried" says whether the tests ask a real gdb this command in this situation and hold its answer to a pattern
(\`test/gdb\`). Commands for the shell are not tried there.
`;

const files = readdirSync("knowledge/commands")
  .map((name) => ({
    name,
    data: JSON.parse(readFileSync(`knowledge/commands/${name}`, "utf8")) as SituationFile,
  }))
  .sort((one, other) => one.data.order - other.data.order);

/** Code in a table's cell. */
const code = (text: string): string => {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.replaceAll("|", "\\|")}${fence}`;
};

const words = (text: string): string =>
  text
    .replace(/\$\{(\w+)\}/g, "…")
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;");

function tried(situation: string, { gdb }: SituationCommand): string {
  if (gdb === undefined) return "";
  const reason = notRun(situation, gdb);
  return reason === undefined ? "yes" : `no: ${reason}`;
}

function row(situation: string, command: SituationCommand): string {
  const { gdb, shell, why, needs = [], since } = command;
  const remarks = [...needs, ...(since === undefined ? [] : [`gdb ${since}`])].join(", ");
  const where = gdb === undefined ? "shell" : "gdb";
  return `| ${where} | ${code(gdb ?? shell ?? "")} | ${words(why)} | ${remarks} | ${tried(situation, command)} |`;
}

const page = [
  INTRODUCTION,
  ...files.map(({ name, data }) => {
    const situations = data.situations.map(({ id, title, commands }) =>
      [
        `### ${words(title)}`,
        "",
        `\`${id}\``,
        "",
        "| where | command | what it tells | needs | tried |",
        "| --- | --- | --- | --- | --- |",
        ...commands.map((command) => row(id, command)),
        "",
      ].join("\n"),
    );
    return [`## ${HEADINGS[name] ?? name}`, "", situations.join("\n")].join("\n");
  }),
].join("\n");

test("the page of situations and commands is that of the data", async () => {
  await expect(page).toMatchFileSnapshot("../../../docs/commands.md");
});
