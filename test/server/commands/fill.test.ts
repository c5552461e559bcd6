import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fill } from "../../../server/src/commands/fill";

describe("a command", () => {
  test("takes values of the text", () => {
    expect(fill("p *(pthread_mutex_t *)${lock}", "gdb", { lock: "0x7f2981ef6088" })).toEqual({
      text: "p *(pthread_mutex_t *)0x7f2981ef6088",
      missing: [],
    });
  });

  test("leaves what is not known to the person, in capitals", () => {
    expect(fill("ps -p ${owner} ${objectFile}", "shell", { owner: null })).toEqual({
      text: "ps -p OWNER OBJECT_FILE",
      missing: ["owner", "objectFile"],
    });
  });

  test.each([
    ["ls ${path}", "shell", { path: "/a b/c'd" }, "ls '/a b/c'\\''d'"],
    ["ls ${path}", "shell", { path: "-rf" }, "ls PATH"],
    ["ls ${path}", "shell", { path: "a\nb" }, "ls PATH"],
    ["frame ${frame}", "gdb", { frame: "3; shell id" }, "frame FRAME"],
    ["x ${lock}", "gdb", { lock: "0x1)!id" }, "x LOCK"],
    ["list ${function}", "gdb", { function: "main | shell id" }, "list FUNCTION"],
    ["file ${path}", "gdb", { path: "/usr/bin/gdb" }, "file /usr/bin/gdb"],
    [
      "gdb -ex 'info scope ${function}'",
      "shell",
      { function: "main" },
      "gdb -ex 'info scope main'",
    ],
    ["gdb -ex 'list ${function}'", "shell", { function: "a'; id; '" }, "gdb -ex 'list FUNCTION'"],
    ['grep "${backend}" log', "shell", { backend: "$(id)" }, 'grep "BACKEND" log'],
    ["p ${variable}", "gdb", { variable: "total" }, "p total"],
    ["p ${variable}", "gdb", { variable: "total++" }, "p VARIABLE"],
    ["p ${variable}", "gdb", { variable: "total=1" }, "p VARIABLE"],
    [
      "info scope ${function}",
      "gdb",
      { function: "shop::Cart::~Cart" },
      "info scope shop::Cart::~Cart",
    ],
    ["ipcs -i ${lock}", "shell", { lock: "262146" }, "ipcs -i 262146"],
    ["x ${lock}", "gdb", { lock: "1; shell id" }, "x LOCK"],
    ["ls ${object}", "shell", { object: "a\u202eb" }, "ls OBJECT"],
    ["ls ${object}", "shell", { object: "=ls" }, "ls '=ls'"],
  ] as const)("%s in the %s with %j is %s", (template, where, values, expected) => {
    expect(fill(template, where, values).text).toBe(expected);
  });
});

describe("whatever the text says", () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "; rm -rf /",
      "$(id)",
      "`id`",
      "!id",
      "|id",
      "shell id",
      "'",
      '"',
      "\\",
      "a\nb",
      "&& id",
    ),
  );

  test("the shell sees one word", () => {
    fc.assert(
      fc.property(value, (path) => {
        const word = fill("${path}", "shell", { path }).text;
        expect(word).toMatch(/^(?:[\w./+:@%,=-]+|'(?:[^']|'\\'')*')$/);
        expect(word).not.toMatch(/[\x00-\x1f]/);
        expect(word.startsWith("-")).toBe(false);
      }),
    );
  });

  test("gdb sees one plain word", () => {
    fc.assert(
      fc.property(value, (name) => {
        expect(fill("${name}", "gdb", { name }).text).toMatch(/^[A-Za-z_~/][\w./+:~@-]*$/);
      }),
    );
  });
});
