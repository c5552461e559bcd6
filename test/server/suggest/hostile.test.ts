import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusal } from "../../../client/src/gdb/commandText";
import { fill, placeholders } from "../../../server/src/commands/fill";
import { gdbScript, shellScript } from "../../../server/src/suggest/script";
import { type Suggestion, situations } from "../../../server/src/suggest/suggest";

// Names and paths of a text may be an attacker's. In every template, in the place of every value: the command stays one
// command, with the words that it has for a harmless value.

const templates = situations.flatMap(({ id, commands }) =>
  commands.map(({ gdb, shell }) => ({
    id,
    where: gdb === undefined ? ("shell" as const) : ("gdb" as const),
    template: gdb ?? shell ?? "",
  })),
);
const withValues = templates.filter(({ template }) => placeholders(template).length > 0);
const shellTemplates = withValues.filter(({ where }) => where === "shell");
const gdbTemplates = withValues.filter(({ where }) => where === "gdb");

const ATTACKS = [
  "; rm -rf /",
  "a; rm -rf ~",
  "a\nid",
  "a\r\nid",
  "a'b",
  "'; id; '",
  'a"b',
  '"; id; "',
  "$(id)",
  "${IFS}id",
  "`id`",
  "a && id",
  "a || id",
  "a | id",
  "a & id",
  "a > /etc/passwd",
  "a < /etc/passwd",
  "a * ?",
  "~root",
  "=ls",
  "{a,b}",
  "#",
  "a # b",
  "\\",
  "a\\",
  "!id",
  "!!",
  "| id",
  "shell id",
  "python import os",
  "-rf",
  "--help",
  "-ex=shell id",
  "0x1; shell id",
  "0x1)!id",
  "1; id",
  "main() | shell id",
  'system("id")',
  "counter++",
  "--counter",
  "a=1",
  "$pc=0",
  "a\u202egnp.sh",
  "a\u2066b",
  "a\u200bb",
  "a\u061cb",
  "a\ufeffb",
  "a\u2028b",
  "a\u0000b",
  "a\u001b[2Jb",
  "a\u0085b",
  "a\ud800b",
  "a\u{e0041}b",
  "x".repeat(5000),
];
const hostile = fc.oneof(
  fc.constantFrom(...ATTACKS),
  fc.string({ unit: "binary" }),
  fc.tuple(fc.string(), fc.constantFrom(...ATTACKS)).map(([text, attack]) => text + attack),
);

/** The same value for every name. */
const everywhere = (template: string, value: string): Record<string, string> =>
  Object.fromEntries(placeholders(template).map((name) => [name, value]));

/** A POSIX shell's words of a command, operators and open quotes included; expansions stand as they are. */
function wordsOf(command: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < command.length; at++) {
    const sign = command[at] as string;
    if (sign === "'" || sign === '"') {
      const end = command.indexOf(sign, at + 1);
      if (end < 0) return [...words, "OPEN QUOTE"];
      word = (word ?? "") + command.slice(at + 1, end);
      at = end;
    } else if (sign === "\\") word = (word ?? "") + (command[++at] ?? "OPEN ESCAPE");
    else if (/\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (";|&<>()`#!*?~{}".includes(sign)) {
      if (word !== null) words.push(word);
      words.push(`OPERATOR ${sign}`);
      word = null;
    } else word = (word ?? "") + sign;
  }
  return word === null ? words : [...words, word];
}

const operatorsOf = (command: string): string[] =>
  wordsOf(command).filter((word) => /^O(?:PERATOR|PEN) /.test(word));

/** The names of the options, without what is given to them. */
const optionsOf = (command: string): (string | undefined)[] =>
  wordsOf(command)
    .filter((word) => word.startsWith("-"))
    .map((word) => word.split("=")[0]);

describe.each(shellTemplates)("in the shell, $id: $template", ({ template }) => {
  test("a value adds no word and no operator", () => {
    const names = placeholders(template);
    const plain = fill(template, "shell", everywhere(template, "0x1")).text;
    fc.assert(
      fc.property(hostile, (value) => {
        const { text } = fill(template, "shell", everywhere(template, value));
        expect(wordsOf(text)).toHaveLength(wordsOf(plain).length);
        expect(operatorsOf(text)).toEqual(operatorsOf(plain));
        expect(text).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(optionsOf(text)).toEqual(optionsOf(plain));
        expect(names.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});

describe.each(gdbTemplates)("in gdb, $id: $template", ({ template }) => {
  test("a value is one name, number or path that computes nothing", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const filled = fill(template, "gdb", everywhere(template, value));
        for (const name of placeholders(template)) {
          const { text } = fill(`\${${name}}`, "gdb", { [name]: value });
          expect(text).toMatch(/^(?:[A-Za-z_]\w*(?:(?:\.|::~?)\w+)*(?:@plt)?|0x[0-9a-fA-F]+|\d+)$/);
        }
        expect(filled.text).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|[!`;|]/u);
        const known = refusal(fill(template, "gdb", {}).text, "terminal");
        expect(refusal(filled.text, "terminal")).toBe(known);
      }),
      { numRuns: 150 },
    );
  });
});

describe("what is run as it stands", () => {
  /** A suggestion with these values, if nothing of it is left to a person. */
  const suggestionsFor = (value: string): Suggestion[] =>
    withValues.map(({ id, where, template }) => {
      const { text, missing } = fill(template, where, everywhere(template, value));
      return {
        run: text,
        where,
        missing,
        why: "Shows it.",
        expect: null,
        because: id,
        from: id,
        needs: [],
        since: null,
        acts: false,
        pid: null,
        evidence: [],
      };
    });

  test("a real shell gives each word back, and does nothing else", () => {
    for (const value of ATTACKS) {
      const { text } = fill("printf '%s' ${object}", "shell", { object: value });
      const said = execFileSync("sh", ["-c", text], { encoding: "utf8" });
      expect([value, "OBJECT"]).toContain(said);
    }
  });

  test("a real shell finds the whole script to be in order", () => {
    for (const value of ATTACKS) {
      const script = shellScript(suggestionsFor(value));
      execFileSync("sh", ["-n"], { input: script });
    }
  });

  test("a script for gdb has the commands in texts of Python, each in its line", () => {
    for (const value of ATTACKS) {
      const lines = gdbScript(suggestionsFor(value)).split("\n");
      const asked = lines.filter((line) => !/^(?:#|$|set |def |end$| {4}|python$)/.test(line));
      for (const line of asked) expect(line).toMatch(/^python ask\("(?:[^"\\]|\\.)*"\)$/);
    }
  });
});
