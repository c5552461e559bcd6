import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const SOURCE = "server/src";

/** What each room may import besides itself. An arrow never points upward (ARCHITECTURE.md). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  read: ["knowledge:"],
  frames: ["knowledge:"],
  words: [],
  find: ["read", "frames", "words", "knowledge:"],
  commands: ["find", "words"],
  match: ["read", "frames", "find", "words", "knowledge:", "re2js"],
  notes: ["read", "frames", "find", "commands", "match", "words", "knowledge:", "yaml", "ajv"],
  suggest: ["read", "frames", "find", "commands", "match", "notes", "words", "knowledge:"],
  show: ["read", "frames", "find", "commands", "notes", "suggest", "words"],
  features: [
    "read",
    "frames",
    "find",
    "commands",
    "match",
    "notes",
    "suggest",
    "show",
    "digest",
    "words",
    "knowledge:",
  ],
  lsp: [
    "read",
    "frames",
    "find",
    "notes",
    "suggest",
    "show",
    "digest",
    "features",
    "words",
    "vscode-languageserver",
    "vscode-languageserver-textdocument",
  ],
  digest: ["read", "frames", "find", "notes", "show", "words"],
  files: ["node:"],
  cli: [
    "read",
    "frames",
    "find",
    "notes",
    "suggest",
    "show",
    "digest",
    "files",
    "words",
    "node:",
    "../package.json",
  ],
};

/** The one file of the language server that knows Node and its files; a browser has none. */
const DISK = "server/src/lsp/disk.ts";
const AT_DISK = ["node:", "files"];

describe("the rooms of the server", () => {
  test("are all known", () => {
    const rooms = readdirSync(SOURCE).filter((name) =>
      statSync(path.join(SOURCE, name)).isDirectory(),
    );
    expect(rooms.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  test.each(Object.keys(MAY_IMPORT))("%s imports only what it may", (room) => {
    const foreign = filesBelow(path.join(SOURCE, room)).flatMap((file) =>
      importsOf(file)
        .map((target) => roomOf(file, target))
        .filter((target) => target !== room && !isAllowed(MAY_IMPORT[room] ?? [], target))
        .filter((target) => file !== DISK || !isAllowed(AT_DISK, target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(foreign).toEqual([]);
  });
});

test("only the server that runs in Node knows the disk", () => {
  const knowing = filesBelow(SOURCE).filter((file) =>
    importsOf(file).some(
      (target) => path.posix.join(path.posix.dirname(file), `${target}.ts`) === DISK,
    ),
  );
  expect(knowing).toEqual(["server/src/server.ts"]);
});

describe("the client", () => {
  test("takes from the server only what is pure text work", () => {
    const foreign = filesBelow("client/src").flatMap((file) =>
      importsOf(file)
        .filter((target) => target.includes("server/"))
        .filter(
          (target) =>
            !/server\/src\/(?:read\/looksLikeBacktrace|features\/sourceMap)$/.test(target),
        )
        .map((target) => `${file} imports ${target}`),
    );
    expect(foreign).toEqual([]);
  });
});

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(folder, name))
    .filter((name) => name.endsWith(".ts"));

/** What the file imports, types included. */
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(file, "utf8").matchAll(
      /^(?:import|export)\b[^;]*?\bfrom "([^"]+)";|^import "([^"]+)";/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? "");

/** The room that an import leads to; packages and data keep their names. */
function roomOf(file: string, target: string): string {
  if (!target.startsWith(".")) return target;
  const resolved = path.posix.join(path.posix.dirname(file), target);
  const inside = path.posix.relative(SOURCE, resolved);
  return inside.startsWith("..")
    ? path.posix.join("..", path.posix.basename(resolved))
    : (inside.split("/")[0] ?? inside);
}

const isAllowed = (list: readonly string[], target: string): boolean =>
  list.some((allowed) =>
    allowed.endsWith(":")
      ? target.startsWith(allowed)
      : target === allowed || target.startsWith(`${allowed}/`),
  );
