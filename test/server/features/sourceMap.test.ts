import { expect, test } from "vitest";
import {
  applySourceMap,
  bestMatches,
  learnMapping,
  normalizePath,
  searchGlob,
  sourceCandidates,
} from "../../../server/src/features/sourceMap";

const apc = "/usr/local/src/php-5.3.3/APC-3.1.4/apc_cache.c";

const candidates = (file: string, map: Record<string, string>, ...folders: string[]) =>
  sourceCandidates(file, map, folders)
    .map(({ path }) => path)
    .join(" ");

test("a mapped prefix leads into the workspace folder", () => {
  expect(candidates(apc, { "/usr/local/src/php-5.3.3": "php" }, "/home/me")).toBe(
    "/home/me/php/APC-3.1.4/apc_cache.c",
  );
});

test("a prefix may be mapped to an absolute path inside a folder", () => {
  const map = { "/usr/local/src/php-5.3.3": "/home/me/php" };
  expect(candidates(apc, map, "/home/me")).toBe("/home/me/php/APC-3.1.4/apc_cache.c");
});

test("a prefix may be mapped to the folder itself", () => {
  expect(candidates("/build/a/main.c", { "/build": "" }, "/home/me")).toBe("/home/me/a/main.c");
});

test("the longest of several prefixes wins", () => {
  const map = { "/usr/local/src": "other", "/usr/local/src/php-5.3.3": "php" };
  expect(applySourceMap(apc, map)).toBe("php/APC-3.1.4/apc_cache.c");
});

test("a prefix ends where a path segment ends", () => {
  expect(applySourceMap(apc, { "/usr/local/src/php-5": "php" })).toBeNull();
});

test("an absolute path inside a folder is taken as printed", () => {
  expect(candidates("/home/me/src/a.c", {}, "/home/me", "/srv")).toBe("/home/me/src/a.c");
});

test("a relative path is looked for below every folder", () => {
  expect(candidates("src/./a.c", {}, "/home/me", "/srv")).toBe("/home/me/src/a.c /srv/src/a.c");
});

test.each(["/etc/passwd", "/home/me/../you/a.c", "/home/mean/a.c", "/home/me", "..", ""])(
  "%j is no place inside the workspace",
  (file) => {
    expect(candidates(file, {}, "/home/me")).toBe("");
  },
);

test("a relative path cannot climb out of the folder", () => {
  expect(candidates("../../etc/passwd", {}, "/home/me")).toBe("/home/me/etc/passwd");
});

test("a map cannot lead out of the workspace", () => {
  expect(candidates("/src/x/shadow", { "/src/x": "/etc" }, "/home/me")).toBe("");
  expect(candidates("/src/x/shadow", { "/src/x": "../../etc" }, "/home/me")).toBe(
    "/home/me/etc/shadow",
  );
});

test("a path of Windows is written as in URIs", () => {
  expect(normalizePath("C:\\src\\..\\lib\\a.c")).toBe("/c:/lib/a.c");
  expect(candidates("C:\\src\\a.c", {}, "/c:/src")).toBe("/c:/src/a.c");
});

test("a backslash in another path is a character of a name", () => {
  expect(normalizePath("/src/a\\b.c")).toBe("/src/a\\b.c");
});

test("of files with the same name, the one with the longest common end is taken", () => {
  const found = ["/home/me/apc_cache.c", "/home/me/APC-3.1.4/apc_cache.c", "/home/me/main.c"];
  expect(bestMatches(apc, found)).toEqual(["/home/me/APC-3.1.4/apc_cache.c"]);
});

test("half a name in common is nothing in common", () => {
  expect(bestMatches("cache.c", ["/home/me/apc_cache.c"])).toEqual([]);
});

test("equally good files are all offered", () => {
  const found = ["/home/me/old/src/a.c", "/home/me/a/a.c", "/home/me/b/a.c"];
  expect(bestMatches("/x/a.c", found)).toEqual(found);
});

test("a chosen file teaches where the prefix is", () => {
  expect(learnMapping(apc, "/home/me/php/APC-3.1.4/apc_cache.c")).toEqual({
    from: "/usr/local/src/php-5.3.3",
    to: "/home/me/php",
  });
});

test("what was learned finds the other files of the same tree", () => {
  const learned = learnMapping(apc, "/home/me/php/APC-3.1.4/apc_cache.c");
  const map = { [learned?.from ?? ""]: learned?.to ?? "" };
  expect(candidates("/usr/local/src/php-5.3.3/main/main.c", map, "/home/me")).toBe(
    "/home/me/php/main/main.c",
  );
});

test("nothing is learned from a file of another name, or from the same place", () => {
  expect(learnMapping(apc, "/home/me/other.c")).toBeNull();
  expect(learnMapping(apc, apc)).toBeNull();
});

test("a name with signs of a glob is searched with any character in their place", () => {
  expect(searchGlob("/src/a[1]{x}*.c")).toBe("**/a?1??x??.c");
  expect(searchGlob("/")).toBeNull();
});
