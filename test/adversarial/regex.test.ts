import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseAst } from "vitest/node";
import { slowness } from "./regex";

describe("the judgement of patterns", () => {
  test.each([
    "(a+)+$",
    "(?:a|b+)*c",
    "\\s*\\s*x",
    ".*a.*b",
    "(\\w+\\s?)+$",
    "a*[ab]*c",
    "(?:x+y?)*z",
    "^.*ab.*c",
    "\\S+: \\d+: .*, .*x",
  ])("refuses /%s/", (source) => expect(slowness(source, "")).toMatch(/two repetitions/));

  test.each([
    "a+b+",
    "(?:,\\s*\\w+)*",
    "\\w{1,40}\\s+\\w+",
    "[^)]*\\)",
    '(?:\\\\.|[^"\\\\])*"',
    "a{1,40}a{1,40}b",
  ])("takes /%s/", (source) => expect(slowness(source, "")).toBeNull());
});

describe("the judgement of searches", () => {
  test.each([
    ".*foo",
    "\\s*x",
    "\\w+=",
    "\\([^)]*\\)",
    "a[^ab]*b[^c]*c",
    "\\s+$",
    "(?:\\w,)+x",
    "(?<!\\d)\\w+=",
    "\\b[\\w.]+=",
  ])("refuses /%s/", (source) => expect(slowness(source, "g", true)).toMatch(/begins again/));

  test.each([
    "^\\s*x",
    "\\w+",
    '"[^"]*"',
    "\\b\\w+=",
    "(?<!\\w)\\w+=",
    "\\w{1,80}=",
    "\\n[^\\n]*x",
    "#\\d+x",
  ])("takes /%s/", (source) => expect(slowness(source, "g", true)).toBeNull());

  test("knows lines and sticky flags", () => {
    expect(slowness("^\\s*x", "m", true)).toMatch(/begins again/);
    expect(slowness("^[ \\t]*x", "m", true)).toBeNull();
    expect(slowness("\\s*x", "y", true)).toBeNull();
  });
});

/** Every regular expression in the code that is shipped, by the language's own parser. */
function patterns(): { file: string; source: string; flags: string }[] {
  return ["server/src", "client/src"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) => {
        const file = path.posix.join(folder, name);
        return literals(parseAst(readFileSync(file, "utf8"), { lang: "ts" })).map((found) => ({
          file,
          ...found,
        }));
      }),
  );
}

function literals(node: unknown): { source: string; flags: string }[] {
  if (Array.isArray(node)) return node.flatMap(literals);
  if (typeof node !== "object" || node === null) return [];
  const { type, regex } = node as { type?: string; regex?: { pattern: string; flags: string } };
  if (type === "Literal" && regex) return [{ source: regex.pattern, flags: regex.flags }];
  return Object.values(node).flatMap(literals);
}

/** Patterns that are fine for a reason that the judgement does not see, each with the reason. */
const FINE: Readonly<Record<string, string>> = {
  "[\\w-]*$": "sees at most 200 characters of a note",
  "[^\\s\"'|,[\\]{}]*$": "sees at most 200 characters of a note",
  "\\\\.|\\[(?:\\\\.|[^\\]\\\\])*\\]|\\((?!\\?)|\\(\\?<([A-Za-z]\\w*)>":
    "sees patterns that are shipped",
  "\\([^)]*\\)": "sees at most 200 characters of a banner",
  "\\((?:[^()\\d]*[ /])?(\\d+\\.\\d[^\\s)]*)(?:\\s[^)]*)?\\)":
    "sees at most 200 characters of a banner",
  " at \\S.*:\\d+$": "sees the last 300 characters of a line",
  "[=\\-*#+~]+$": "sees at most 160 characters of a line",
};

test("no regular expression that is shipped has repetitions that can take the same text", () => {
  const found = patterns();
  expect(found.length).toBeGreaterThan(200);
  const slow = found.flatMap(({ file, source, flags }) => {
    const trouble = source in FINE ? null : slowness(source, flags, true);
    return trouble ? [`${file}: /${source}/${flags}: ${trouble}`] : [];
  });
  expect(slow).toEqual([]);
  const sources = new Set(found.map(({ source }) => source));
  expect(Object.keys(FINE).filter((source) => !sources.has(source))).toEqual([]);
});
