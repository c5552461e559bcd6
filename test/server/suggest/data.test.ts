import { readdirSync, readFileSync } from "node:fs";
import Ajv from "ajv";
import { describe, expect, test } from "vitest";
import { isKnownName, placeholders } from "../../../server/src/commands/fill";
import { refusal } from "../../../server/src/match/expression";
import type { SituationCommand } from "../../../server/src/suggest/situation";
import { situations } from "../../../server/src/suggest/suggest";

const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

describe("the situations of knowledge/commands", () => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajv.addSchema(json("knowledge/schema/note.schema.json") as object, "note.schema.json");
  const valid = ajv.compile(json("knowledge/schema/commands.schema.json") as object);

  test.each(readdirSync("knowledge/commands"))("%s has the form of its schema", (file) => {
    valid(json(`knowledge/commands/${file}`));
    expect(valid.errors ?? []).toEqual([]);
  });

  test("are many, with an id each", () => {
    const ids = situations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(60);
  });

  test("files have an order of their own each", () => {
    const orders = readdirSync("knowledge/commands").map(
      (file) => (json(`knowledge/commands/${file}`) as { order: number }).order,
    );
    expect(new Set(orders).size).toBe(orders.length);
  });
});

const templates = situations.flatMap((situation) =>
  situation.commands.map((command) => ({ situation, command, template: templateOf(command) })),
);

function templateOf({ gdb, shell }: SituationCommand): string {
  return gdb ?? shell ?? "";
}

describe("the commands", () => {
  test("ask only for values that are checked", () => {
    const unchecked = templates.flatMap(({ situation, command, template }) =>
      placeholders(template)
        .filter((name) => !isKnownName(name, command.gdb === undefined ? "shell" : "gdb"))
        .map((name) => `${situation.id}: ${name}`),
    );
    expect(unchecked).toEqual([]);
  });

  test("do not begin with a value, which could be any command", () => {
    const open = templates.filter(({ template }) => /(?:^|[;&|`]\s*|\$\(\s*)\$\{/.test(template));
    expect(open).toEqual([]);
  });

  test("and what they look for are patterns that the engine takes", () => {
    const refused = templates
      .flatMap(({ situation, command }) => [command.accepts ?? "", ...linesOf(situation.match)])
      .filter((pattern) => refusal(pattern) !== null);
    expect(refused).toEqual([]);
  });

  test("of gdb have a pattern for the answer, unless they need an interpreter's or a server's own", () => {
    const without = templates
      .filter(({ command }) => command.gdb !== undefined && command.accepts === undefined)
      .map(({ command }) => command.gdb);
    expect(without.sort()).toEqual([
      "call (void)rb_backtrace()",
      "info goroutines",
      "p (char *)executor_globals.active_op_array.filename",
      "p *PL_curcop",
      "py-bt",
      "zbacktrace",
    ]);
  });

  test("that end, start or write something say so", () => {
    const loud =
      /\b(?:kill -|valgrind|LD_PRELOAD|RUST_BACKTRACE|install|tee)\b|> (?!\/dev\/null)|^(?:finish|catch|handle|call|set|generate-core-file)\b/;
    const silent = templates.filter(
      ({ command, template }) => loud.test(template) && command.acts !== true,
    );
    expect(silent.map(({ template }) => template)).toEqual([
      "p ((pthread_rwlock_t *)${lock})->__data.__readers >> 3",
    ]);
  });

  test("of one situation each find out something else", () => {
    for (const { id, commands } of situations) {
      expect(new Set(commands.map(({ why }) => why)).size, id).toBe(commands.length);
    }
  });
});

/** The regular expressions within a condition. */
function linesOf(condition: unknown): string[] {
  if (typeof condition !== "object" || condition === null) return [];
  return Object.entries(condition).flatMap(([name, value]) =>
    (name === "line" || name === "message") && typeof value === "string" ? [value] : linesOf(value),
  );
}
