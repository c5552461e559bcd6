import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { judge } from "../../server/src/notes/judge";
import { read } from "../../server/src/read/read";
import type { SituationCommand } from "../../server/src/suggest/situation";
import { type Suggestion, situations, suggest } from "../../server/src/suggest/suggest";
import { Workbench } from "../client/gdb/programs";
import { CASES, type Case, notRun } from "./cases";
import { cutCore } from "./cutCore";
import { answers, build, gdb, untilAsleep, untilStarted } from "./gdb";

const bench = new Workbench();
afterAll(() => bench.clear());

/** Commands by situation that a gdb was asked. */
const done = new Set<string>();

/** gdb's target, and the text that it gives of it. */
interface Scene {
  readonly target: readonly string[];
  readonly text: string;
}

const commandArguments = (commands: readonly string[]): string[] =>
  commands.flatMap((command) => ["-ex", command]);

let cores = 0;

/** Runs a program in gdb until it stops, and keeps its core. */
async function crashed(one: Case): Promise<Scene> {
  const { program, args = [], settings = [], look = ["bt"], how } = one;
  const executable = build(bench, program);
  const core = path.join(bench.folder, `core.${++cores}`);
  const steps = ["run", `generate-core-file ${core}`, ...(how === "crash" ? look : [])];
  const printed = await gdb(bench, [
    ...settings,
    ...commandArguments(steps),
    "--args",
    executable,
    ...args,
  ]);
  if (one.core === "cut") cutCore(core);
  const loaded = one.wrong === undefined ? executable : build(bench, one.wrong);
  const early = settings.filter((_, i) => settings[i - (i % 2)] === "-iex");
  const target = [...early, ...(how === "bare" ? [] : [`--se=${loaded}`]), `--core=${core}`];
  if (how === "crash") return { target, text: printed.replace(/^Saved corefile .*\n/m, "") };
  return { target, text: await gdb(bench, [...target, ...commandArguments(look)]) };
}

/** Attaches to a program while it waits. */
async function attached(one: Case): Promise<Scene> {
  const { program, args = [], settings = [], look = ["bt"] } = one;
  const { pid } = bench.start(build(bench, program), ...args);
  if (one.busy === "all") await untilStarted(pid);
  else await untilAsleep(pid, one.busy === "others");
  const target = [...settings, `--pid=${pid}`];
  return {
    target,
    text: `=== pid ${pid} ===\n${await gdb(bench, [...target, ...commandArguments(look)])}`,
  };
}

const next = (text: string): Suggestion[] => {
  const sources = [{ path: "text", reading: read(text) }];
  const { findings } = judge(sources);
  return suggest({ sources, findings }, []);
};

/** The command of the data that a suggestion was filled from. */
function templateOf({ from, why }: Suggestion): SituationCommand & { readonly key: string } {
  const command = situations
    .find(({ id }) => id === from)
    ?.commands.find((each) => each.why === why);
  if (command === undefined) throw new Error(`${from} has no such command.`);
  return { ...command, key: `${from}: ${command.gdb ?? command.shell}` };
}

/** A shell command with its output, as a terminal shows it. */
function shell(command: string): string {
  const options = { encoding: "utf8", cwd: bench.folder } as const;
  return `$ ${command}\n${execFileSync("sh", ["-c", `${command} 2>&1 || true`], options)}`;
}

const kept = new Set<string>();

/**
 * `KEEP_TEXTS=test/fixtures/situations npx vitest run test/gdb` keeps the texts in which the situations were recognised,
 * for the tests that need no gdb.
 */
function keep(situation: string, text: string): void {
  const folder = process.env.KEEP_TEXTS;
  if (folder === undefined || kept.has(situation)) return;
  kept.add(situation);
  writeFileSync(
    path.join(folder, `${situation}.txt`),
    text.replaceAll(bench.folder, "/home/dev/demo"),
  );
}

/** Answers that lead to further questions come within so many rounds. */
const MOST_ROUNDS = 4;

interface Outcome {
  readonly first: string;
  readonly seen: ReadonlySet<string>;
  readonly wrong: readonly string[];
  readonly text: string;
}

/**
 * Asks gdb all that is suggested, and appends the answer to each situation's first command: the text grows as that of a
 * person who asks what decides. Goes on until nothing new is suggested.
 */
async function askAll(one: Case): Promise<Outcome> {
  const { target, text: start } = one.how === "attach" ? await attached(one) : await crashed(one);
  let text = `${one.before ?? ""}${start}`;
  const seen = new Set<string>();
  const asked = new Map<string, string | null>();
  const appended = new Set<string>();
  const wrong: string[] = [];
  const first = next(text).find(({ where }) => where === "gdb")?.run ?? "";
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const suggestions = next(text);
    for (const { from } of suggestions) {
      if (one.shows.includes(from) && !seen.has(from)) keep(from, text);
      seen.add(from);
    }
    const questions = suggestions.filter(
      (each) =>
        each.where === "gdb" &&
        each.missing.length === 0 &&
        notRun(each.from, templateOf(each).gdb ?? "") === undefined,
    );
    for (const { run } of questions) if (appended.has(run)) wrong.push(`${run} is asked again`);
    const open = questions.map(({ run }) => run).filter((run) => !asked.has(run));
    const given = open.length === 0 ? [] : await answers(bench, target, open);
    for (const [i, run] of open.entries()) asked.set(run, given[i] ?? null);
    for (const question of questions) {
      const { key, accepts = "" } = templateOf(question);
      const answer = asked.get(question.run) ?? null;
      done.add(key);
      if (answer === null || !new RegExp(accepts, "m").test(answer)) {
        wrong.push(`${key} (${question.run}) was answered: ${answer?.slice(0, 300)}`);
      }
    }
    const decisive = questions.filter(
      ({ from }, i) => questions.findIndex((each) => each.from === from) === i,
    );
    const commands = suggestions.filter(
      ({ where, run }) => where === "shell" && one.shell !== undefined && run.startsWith(one.shell),
    );
    const before = appended.size;
    for (const { run } of decisive.filter(({ run }) => !appended.has(run))) {
      appended.add(run);
      text += `\n(gdb) ${run}\n${asked.get(run)}\n`;
    }
    for (const { run } of commands.filter(({ run }) => !appended.has(run))) {
      appended.add(run);
      text += `\n${shell(run)}`;
    }
    if (appended.size === before) break;
  }
  return { first, seen, wrong, text };
}

describe("a real gdb in a real situation", { timeout: 150_000 }, () => {
  test.concurrent.each(CASES.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    const { first, seen, wrong, text } = await askAll(one);
    expect(wrong).toEqual([]);
    expect([...seen], text).toEqual(expect.arrayContaining([...one.shows]));
    if (one.first !== undefined) {
      expect(first.replace(/\b0x[0-9a-f]+|\b\d+$/g, "N")).toBe(one.first);
    }
  });
});

test("every command of gdb was run, or is known not to be", () => {
  const all = situations.flatMap(({ id, commands }) =>
    commands.flatMap(({ gdb: command }) =>
      command === undefined || notRun(id, command) !== undefined ? [] : [`${id}: ${command}`],
    ),
  );
  expect(all.filter((command) => !done.has(command))).toEqual([]);
});
