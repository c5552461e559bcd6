import { expect, test } from "vitest";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../../server/src/features/tokens/legend";
import { session, sessionsOf, versions } from "./captures";
import { contributes, projectFile } from "./manifest";

const [language] = contributes.languages;
if (!language) throw new Error("package.json contributes no language");

const isBacktrace = (text: string) => new RegExp(language.firstLine).test(text);

const colours = contributes.semanticTokenScopes[0]?.scopes ?? {};

test("the editor colours every kind of token that the server sends", () => {
  expect(contributes.semanticTokenTypes.map((type) => type.id)).toEqual([...TOKEN_TYPES]);
  expect(contributes.semanticTokenModifiers.map(({ id }) => id)).toEqual([...TOKEN_MODIFIERS]);
  expect(TOKEN_TYPES.filter((type) => !colours[type]?.length)).toEqual([]);
  expect(contributes.semanticTokenScopes.map((entry) => entry.language)).toEqual([language.id]);
});

test("every modifier changes the colour of something", () => {
  const changed = Object.keys(colours).flatMap((selector) => selector.split(".").slice(1));
  expect([...TOKEN_MODIFIERS].filter((modifier) => !changed.includes(modifier))).toEqual([]);
});

test("no colour is given to a token that does not exist", () => {
  const known = new Set<string>([...TOKEN_TYPES, ...TOKEN_MODIFIERS]);
  const parts = Object.keys(colours).flatMap((selector) => selector.split("."));
  expect(parts.filter((part) => !known.has(part))).toEqual([]);
});

test("a theme without our names falls back to the standard kinds of tokens", () => {
  const standard =
    "namespace type parameter variable function keyword comment string number operator";
  const unknown = contributes.semanticTokenTypes.filter(
    ({ superType }) => !standard.split(" ").includes(superType),
  );
  expect(unknown).toEqual([]);
});

test("the grammars are where package.json says, each under its own name", () => {
  for (const { path, scopeName } of contributes.grammars) {
    expect(JSON.parse(projectFile(path)).scopeName).toBe(scopeName);
  }
});

test("the language's configuration and icons are where package.json says", () => {
  expect(JSON.parse(projectFile(language.configuration)).brackets).toContainEqual(["(", ")"]);
  expect(projectFile(language.icon.light)).toContain("<svg");
  expect(projectFile(language.icon.dark)).toContain("<svg");
});

test("the text is evidence: the editor neither wraps nor tidies it", () => {
  expect(contributes.configurationDefaults[`[${language.id}]`]).toMatchObject({
    "editor.wordWrap": "off",
    "editor.semanticHighlighting.enabled": true,
    "editor.foldingMaximumRegions": 65000,
    "files.trimTrailingWhitespace": false,
    "files.insertFinalNewline": false,
  });
});

test("log files stay with the editor's own language for logs", () => {
  expect(language.extensions).toEqual([".backtrace", ".bt", ".stacktrace"]);
  expect(language.filenames).toEqual(["backtraces.save", "gdb.txt"]);
});

test.each([
  "6.8/apache-apc.txt",
  "unknown/haproxy-zlib.txt",
  "7.11/deadlock-attach.txt",
  "9.1/version.txt",
  "13.1/mt-core.txt",
  "13.1/mt-run.txt",
  "13.1/terminal-session.txt",
  "17.1/deadlock-attach.txt",
])("a file that begins like %s is recognised by its first line", (path) => {
  expect(isBacktrace(session(path).split("\n")[0] ?? "")).toBe(true);
});

/** Lines with which a paste often begins, because what stood before was left out. */
const paste = /^(?:#0 |\(gdb\) |Thread \d+ \(|Core was generated|\[New |Program (?:rec|term))/;

test.each(versions)(
  "a paste out of a session of gdb %s is recognised by its first line",
  (version) => {
    const starts = sessionsOf(version)
      .filter((path) => !path.endsWith("/mi.txt"))
      .flatMap((path) => session(path).split("\n"))
      .filter((line) => paste.test(line));
    expect(starts.filter((line) => !isBacktrace(line))).toEqual([]);
    expect(starts.filter((line) => !isBacktrace(`> ${line}`))).toEqual([]);
  },
);

test.each([
  "The deadlock showed up again (see #3)",
  "#1 priority (for now)",
  "#0 is the innermost frame",
  "# Notes on frame 0",
  "=== Heading ===",
  "Thread about locks (long)",
  "GNU is not Unix",
  "[New] a feature",
  "> Program notes",
  "[Fri Nov 20 12:00:00 2026] [notice] caught SIGTERM",
  "",
])("a file that begins with `%s` is left alone", (line) => {
  expect(isBacktrace(line)).toBe(false);
});
