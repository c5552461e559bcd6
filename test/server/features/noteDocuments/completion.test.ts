import { describe, expect, test } from "vitest";
import { noteProposals } from "../../../../server/src/features/noteDocuments/completion";
import { shipped } from "../../../../server/src/notes/judge";
import { extractCursor } from "../../fixture";

/** A note with these lines in its front matter, and the names that are proposed at the cursor. */
function proposed(front: string): string[] {
  const { text, offset } = extractCursor(`---\n${front}\n---\n\n## What you see\n`);
  return noteProposals(text, offset, shipped)?.proposals.map(({ name }) => name) ?? [];
}

describe("keys are proposed", () => {
  test("at the top, those that are there already left out", () => {
    const names = proposed("id: mine\n<|>\nseverity: crash");
    expect(names).toContain("match");
    expect(names).toContain("title");
    expect(names).not.toContain("id");
    expect(names).not.toContain("severity");
  });

  test("by their first letters, those with the letters elsewhere last", () => {
    expect(proposed("re<|>")).toEqual(["references", "related"]);
    expect(proposed("at<|>")).toEqual(["match", "related"]);
  });

  test.each([
    ["match:\n  <|>", "frames"],
    ["match:\n  all:\n    - <|>", "finding"],
    ["match:\n  all:\n    - fr<|>\n    - log: { format: kernel }", "frames"],
    ["supports:\n  - log: { <|> }", "fields"],
    ["supports:\n  - log: { format: apache, <|> }", "code"],
    ["match:\n  frames:\n    - { function: deflate, <|> }", "culprit"],
    ["match:\n  frames:\n    - <|>", "library"],
    ["applies:\n  - so<|>", "software"],
    ["commands:\n  - gdb: bt\n    <|>", "why"],
    ["match:\n  process: { <|> }", "signal"],
  ])("in %j, among them %s", (front, name) => {
    expect(proposed(front)).toContain(name);
  });

  test("that go with the kind of condition, once it has one", () => {
    expect(proposed("match:\n  frames: [a]\n  <|>")).toEqual(["crashed", "says", "weight"]);
    expect(proposed("match:\n  finding: lock-wait\n  <|>")).toEqual(["where", "says", "weight"]);
    expect(proposed("match:\n  all: []\n  <|>")).toEqual(["same", "within"]);
  });

  test("with a colon behind them unless there is one", () => {
    const at = (front: string) => {
      const { text, offset } = extractCursor(`---\n${front}\n---\n`);
      return noteProposals(text, offset, [])?.proposals[0]?.text;
    };
    expect(at("sev<|>")).toBe("severity: ");
    expect(at("sev<|>: crash")).toBe("severity");
  });
});

describe("names are proposed", () => {
  test.each([
    ["severity: <|>", ["crash", "hang", "error", "warning", "information"]],
    ["severity: cr<|>", ["crash"]],
    ["match:\n  log: { format: <|> }", ["apache", "lighttpd", "kernel"]],
    ["match:\n  log: { format: kernel, kind: segf<|> }", ["segfault"]],
    ['match:\n  log: { kind: "segfault|oom-k<|>" }', ["oom-kill"]],
    ["match:\n  log: { format: apache, code: AH0017<|> }", "AH00171"],
    ["match:\n  log: { format: apache, module: mpm_pre<|> }", ["mpm_prefork"]],
    ["match:\n  log: { format: apache, fields: { sig<|> } }", "signalName"],
    ["match:\n  finding: lock-<|>", ["lock-wait"]],
    ["match:\n  finding: lock-wait\n  where: { wait<|> }", ["waiters"]],
    ["match:\n  finding: lock-wait\n  where:\n    <|>", "holderState"],
    ["match:\n  finding: lock-wait\n  where: { waiters: <|> }", ["known", "null", "true", "false"]],
    ["match:\n  process: { signal: SIGS<|> }", "SIGSEGV"],
    ["match:\n  frames: [__lll_lock_w<|>]", "__lll_lock_wait"],
    ["match:\n  frames:\n    - pthread_mutex_lo<|>", "pthread_mutex_lock"],
    ["match:\n  frames:\n    - { function: defla<|> }", "deflate"],
    ["match:\n  frames:\n    - { function: deflate, culprit: <|> }", ["true", "false"]],
    ["match:\n  frames: [a]\n  crashed: t<|>", ["true"]],
    ["related:\n  - apc-lock-holder-d<|>", ["apc-lock-holder-died"]],
    [
      "match:\n  all: [ { log: { kind: segfault } } ]\n  same: <|>",
      ["thread", "process", "source"],
    ],
  ])("in %j", (front, names) => {
    if (typeof names === "string") expect(proposed(front)).toContain(names);
    else expect(proposed(front)).toEqual(names);
  });

  test("of kinds only from the format that is asked for", () => {
    expect(proposed("match:\n  log:\n    format: lighttpd\n    kind: <|>")).not.toContain(
      "segfault",
    );
    expect(proposed("match:\n  log:\n    kind: <|>")).toContain("segfault");
  });

  test("of an alternative, which alone is replaced, with what they mean", () => {
    const { text, offset } = extractCursor('---\nmatch:\n  log: { kind: "trap|segf<|>" }\n---\n');
    const found = noteProposals(text, offset, []);
    expect(found && text.slice(found.span.from, found.span.to)).toBe("segf");
    expect(found?.proposals[0]?.about).toContain("memory");
  });

  test("of functions three hundred at most, and more with more letters", () => {
    const { text, offset } = extractCursor("---\nmatch:\n  frames: [re<|>]\n---\n");
    const found = noteProposals(text, offset, []);
    expect(found?.proposals).toHaveLength(300);
    expect(found?.isPart).toBe(true);
    expect(proposed("match:\n  frames: [a<|>]")).toEqual([]);
  });
});

test.each([
  "title: The <|>",
  "# a comm<|>",
  "id: x\n---\n\nfr<|>",
  "nonsense:\n  <|>",
  "match: &a [*a, <|>]",
  "match:\n\t- {<|>",
])("nothing is proposed in %j", (front) => {
  expect(proposed(front)).toEqual([]);
});

test("nothing is proposed in the body, nor in a text without front matter", () => {
  const { text, offset } = extractCursor("---\nid: a\n---\n\n<|>\n");
  expect(noteProposals(text, offset, [])).toBeNull();
  expect(noteProposals("sev", 3, [])).toBeNull();
  expect(noteProposals("", 0, [])).toBeNull();
});
