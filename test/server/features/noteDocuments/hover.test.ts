import { expect, test } from "vitest";
import { noteHover } from "../../../../server/src/features/noteDocuments/hover";
import { shipped } from "../../../../server/src/notes/judge";
import { noteFile } from "../../../../server/src/notes/noteFile";
import { extractCursor } from "../../fixture";

function hovered(front: string): { about: string; says: string } | null {
  const { text, offset } = extractCursor(`---\n${front}\n---\n\n## What you see\n`);
  const found = noteHover(noteFile(text), offset, shipped);
  return (
    found && {
      about: text.slice(found.span.from, found.span.to),
      says: found.markdown.replaceAll("\\", ""),
    }
  );
}

test.each([
  ["sever<|>ity: crash", "severity", "How bad it is"],
  ["severity: cra<|>sh", "crash", "How bad it is"],
  ["match:\n  fra<|>mes: [a]", "frames", "Frames in this order"],
  ["match:\n  frames:\n    - { function: a, wit<|>hin: 3 }", "within", "innermost so many"],
  ["match:\n  all: []\n  wit<|>hin: 3 hours", "within", "log entries within this time"],
  ["match:\n  log: { for<|>mat: apache }", "format", "apache, lighttpd, kernel"],
  ["match:\n  log: { kind: seg<|>fault }", "segfault", "segfault"],
  ['match:\n  log: { kind: "trap|oom-<|>kill" }', "oom-kill", "Memory"],
  ["match:\n  log: { code: AH00<|>171 }", "AH00171", "the prefork MPM"],
  ["match:\n  finding: lock-<|>wait", "lock-wait", "Threads that wait for one lock."],
  ["match:\n  finding: lock-*<|>", "lock-*", "Threads that wait for one lock."],
  ["match:\n  finding: lock-wait\n  where: { wait<|>ers: 3 }", "waiters", "How many threads wait."],
  ["match:\n  frames: [__lll_lock_w<|>ait]", "__lll_lock_wait", "waiting for a lock"],
  ["match:\n  frames:\n    - function: a|defl<|>ate", "deflate", "Compressing data"],
  ["related: [apc-lock-holder-<|>died]", "apc-lock-holder-died", "APC"],
  ["match:\n  process: { signal: SIG<|>SEGV }", "SIGSEGV", "memory"],
])("over %j", (front, about, says) => {
  const card = hovered(front);
  expect(card?.about).toBe(about);
  expect(card?.says).toContain(says);
});

test.each(["nonsen<|>se: 3", "match: {<|>", "- [<|>"])("nothing is said over %j", (front) => {
  expect(hovered(front)).toBeNull();
});

test("what a note's author wrote makes no Markdown", () => {
  const front = "match:\n  frames: [a]\n  '[x](command:y)<|>': 3";
  expect(hovered(front)).toBeNull();
  const shownNote = { ...shipped[0], id: "bad", title: "[x](command:y)" } as (typeof shipped)[0];
  const { text, offset } = extractCursor("---\nrelated: [ba<|>d]\n---\n");
  const found = noteHover(noteFile(text), offset, [shownNote]);
  expect(found?.markdown).toContain("\\[x\\]\\(command\\:y\\)");
});
