import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkFolder, isNoteFile, withOthers } from "../../../server/src/notes/folder";
import { shipped } from "../../../server/src/notes/judge";
import { nameProblems } from "../../../server/src/notes/names";
import type { Note } from "../../../server/src/notes/note";
import { parseNote } from "../../../server/src/notes/parse";
import { logFormats } from "../../../server/src/notes/vocabulary";
import { read } from "../../../server/src/read/read";
import { FRAMES, teamNote } from "./teamNote";

/** What is wrong with the files, each with the text that it is about. */
const told = (texts: readonly string[], others: readonly Note[] = []): string[] =>
  checkFolder(
    texts.map((text) => ({ path: "file:///shop/.backtrace-notes/our-checkout.md", text })),
    others,
  ).flatMap(({ text, problems }) =>
    problems.map(
      ({ severity, message, span }) =>
        `${severity}: ${message} [${text.slice(span.from, span.to)}]`,
    ),
  );

test("nothing is wrong with a good note", () => {
  expect(told([teamNote(FRAMES)], shipped)).toEqual([]);
});

describe("a name that nothing is called by", () => {
  test.each([
    [
      "log: { format: apach, kind: segfault }",
      'warning: "apach" is no known log format. Did you mean "apache"? [apach]',
    ],
    [
      "log: { format: kernel, kind: segfalt }",
      'warning: "segfalt" is no known kind of entry of kernel. Did you mean "segfault"? [segfalt]',
    ],
    [
      "log: { format: apache, kind: segfault }",
      'warning: "segfault" is no known kind of entry of apache. [segfault]',
    ],
    [
      'log: { code: "AH00171|AH99999" }',
      'warning: "AH99999" is no known message code of Apache. Did you mean "AH0',
    ],
    [
      "log: { format: apache, fields: { child: known, signl: 11 } }",
      'warning: "signl" is no known field of an entry of apache. Did you mean "signal"? [signl]',
    ],
    [
      "finding: lock-waits",
      'warning: "lock-waits" is no known kind of finding. Did you mean "lock-wait"? [lock-waits]',
    ],
    [
      "finding: lock-wait\n    where: { waitrs: 3 }",
      'warning: "waitrs" is no known value of lock-wait. Did you mean "waiters"? [waitrs]',
    ],
  ])("in %s is a warning where it stands", (condition, message) => {
    const problems = told([teamNote(`${FRAMES}\nsupports:\n  - ${condition}`)]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.slice(0, message.length)).toBe(message);
  });

  test("is found inside of combinations, and no pattern that fits something is one", () => {
    const condition = `any:
      - none: [{ log: { kind: "seg*|nothing" } }]
      - atLeast: 1
        of: [{ finding: "lock-*" }, { log: { format: "kernel|lighttpd", kind: backend-eof } }]`;
    expect(told([teamNote(`${FRAMES}\nagainst:\n  - ${condition}`)])).toEqual([
      'warning: "nothing" is no known kind of entry. [nothing]',
    ]);
  });

  test("stands in no note that comes with the program", () => {
    const names = readdirSync("knowledge/notes")
      .filter(isNoteFile)
      .flatMap((name) => {
        const { file, note } = parseNote(readFileSync(`knowledge/notes/${name}`, "utf8"));
        return note ? nameProblems(file, note).map(({ message }) => [name, message]) : [];
      });
    expect(names).toEqual([]);
  });
});

test("what entries of the kept logs are called, their fields included, is known", () => {
  const unknown = new Set<string>();
  for (const name of readdirSync("test/fixtures", { recursive: true, encoding: "utf8" })) {
    if (!/\.(?:log|txt)$/.test(name)) continue;
    for (const { format, kind, fields } of read(readFileSync(`test/fixtures/${name}`, "utf8"))
      .records) {
      const known = logFormats.find((each) => each.name === format);
      if (!known?.kinds.some((each) => each.name === kind)) unknown.add(`${format} ${kind}`);
      for (const field of Object.keys(fields))
        if (!known?.fields.includes(field)) unknown.add(`${format} ${kind} ${field}`);
    }
  }
  expect([...unknown]).toEqual([]);
});

describe("the notes of a folder", () => {
  test("with one id are an error in each", () => {
    const twice = told([teamNote(FRAMES), teamNote(FRAMES)]);
    expect(twice).toContain('error: There are two notes "our-checkout". [our-checkout]');
    expect(twice.filter((problem) => problem.includes("two notes"))).toHaveLength(2);
  });

  test("take the place of shipped ones, which is said unless they are the same", () => {
    const [note] = [parseNote(teamNote(FRAMES)).note as Note];
    const other = { ...note, title: "Another title" };
    expect(told([teamNote(FRAMES)], [note])).toEqual([]);
    expect(told([teamNote(FRAMES)], [other])).toEqual([
      "information: This note takes the place of the one with this id that comes with the program. [our-checkout]",
    ]);
    expect(withOthers([note], [other, ...shipped])).toEqual([...shipped, note]);
  });

  test("may lose their sample to a shipped note, which is no error", () => {
    const strong = { ...(parseNote(teamNote(FRAMES)).note as Note), id: "shipped-one" };
    const weak = teamNote("match:\n  frames: [stock_ask]").replace(
      "confidence: high",
      "confidence: low",
    );
    const message = 'The first hypothesis for this sample is "shipped-one", not this note.';
    expect(told([weak], [strong])[0]).toContain(`warning: ${message}`);
    expect(
      told([weak.replace("severity:", "related: [shipped-one]\nseverity:")], [strong]),
    ).toEqual([]);
    const rival = teamNote(FRAMES, "", "shipped-one");
    expect(told([weak, rival])).toContainEqual(expect.stringContaining(`error: ${message}`));
  });
});
