import { afterEach, expect, test } from "vitest";
import type {
  ClientCapabilities,
  CodeAction,
  CodeLens,
  CompletionList,
  CreateFile,
  Diagnostic,
  DocumentSymbol,
  Hover,
  MarkupContent,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { log } from "../fixture";
import { FRAMES, teamNote } from "../notes/teamNote";
import { Session } from "./session";

const hang = log`
  #0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6
  #1  0x00007f299a342969 in stock_ask (item=7) at src/stock.c:72
  #2  0x00007f299a33d0ef in checkout_run (cart=0x7f2981ef6088) at src/checkout.c:578
  #3  0x00007f29a4a017ef in main () from /usr/sbin/shopd
`;

const folder = "file:///home/me/shop/.backtrace-notes";
const uri = `${folder}/our-checkout.md`;
const ours = { showsCases: true, notesFolder: "file:///extension/knowledge/notes" };
const good = teamNote(FRAMES, "commands:\n  - { shell: stockctl status, why: Shows the queue. }\n");

let session: Session;
afterEach(() => session.close());

const open = async (note: string, options: object = ours) => {
  session = await Session.open(hang, {}, {}, options);
  await session.openAs(uri, note, "markdown");
};

const tell = (text: string, isTrusted = true, more: object = {}) =>
  session.tell("backtraceReader/notes", {
    files: [{ uri, text, isTrusted }],
    folders: [],
    homes: [folder],
    ...more,
  });

const about = <R>(method: string, params: object = {}, document = uri): Promise<R> =>
  session.ask<R>(`textDocument/${method}`, { textDocument: { uri: document }, ...params });

const diagnosticsOf = async (document = uri): Promise<string[]> =>
  (await about<{ items: Diagnostic[] }>("diagnostic", {}, document)).items.map(
    ({ range: { start }, severity, message }) =>
      `${start.line}:${start.character} ${severity} ${message}`,
  );

const at = (text: string, words: string) => ({
  position: TextDocument.create(uri, "markdown", 1, text).positionAt(
    text.indexOf(words) + words.length,
  ),
});

interface Item {
  readonly note: string;
  readonly commands: readonly object[];
}

const hypotheses = () => session.ask<Item[]>("backtraceReader/hypotheses", {});

test("a note that was saved joins the shipped ones, and leaves with its file", async () => {
  await open(good);
  expect((await hypotheses()).map(({ note }) => note)).not.toContain("our-checkout");
  const told = session.told("backtraceReader/hypothesesChanged");
  await tell(good);
  await told;
  expect((await hypotheses())[0]?.note).toBe("our-checkout");
  await session.tell("backtraceReader/notes", { files: [], folders: [], homes: [] });
  expect((await hypotheses()).map(({ note }) => note)).not.toContain("our-checkout");
});

test("a note with errors is not looked for, and what is no note is not read", async () => {
  await open(good);
  await tell(good.replace("severity: hang", "severity: odd"));
  expect(await hypotheses()).toEqual([]);
  await session.tell("backtraceReader/notes", {
    files: [{ uri: `${folder}/README.md`, text: good }, { uri: 3 }, null],
    folders: "x",
  });
  expect(await hypotheses()).toEqual([]);
});

test("the commands of a note are offered only where the workspace is trusted", async () => {
  await open(good);
  await tell(good);
  const [trusted] = await hypotheses();
  expect(trusted?.commands).toHaveLength(1);
  const shown = () =>
    session.ask<{ text: string; commands: object[]; note: string }>("backtraceReader/case", {
      note: "our-checkout",
    });
  expect((await shown()).commands).toHaveLength(1);
  expect((await shown()).note).toBe(uri);
  const next = async () =>
    (
      await session.ask<{ commands: { run: string }[] }>("backtraceReader/next", {
        uri: session.uri,
        position: { line: 1, character: 0 },
      })
    ).commands.map(({ run }) => run);
  expect(await next()).toContain("stockctl status");
  await tell(good, false);
  expect(await next()).not.toContain("stockctl status");
  const [untrusted] = await hypotheses();
  expect(untrusted).toMatchObject({ note: "our-checkout", commands: [] });
  const { text, commands } = await shown();
  expect(commands).toEqual([]);
  expect(text).toContain("stockctl status");
  expect(text).toContain("you have not trusted");
});

test("a note is no text to read: nothing else answers about it", async () => {
  await open(good);
  expect(await about<DocumentSymbol[]>("documentSymbol")).toEqual([]);
  expect(await about<object[]>("foldingRange")).toEqual([]);
  expect(
    await about("references", { position: { line: 40, character: 3 }, context: {} }),
  ).toBeNull();
  const before = await session.ask<unknown>("backtraceReader/stacks", { stamp: null, path: [] });
  await session.openAs(`${folder}/README.md`, hang, "markdown");
  await session.openAs("file:///home/me/shop/ticket.md", hang, "markdown");
  const after = await session.ask<unknown>("backtraceReader/stacks", { stamp: null, path: [] });
  expect(after).toEqual(before);
  expect(await diagnosticsOf(`${folder}/README.md`)).toEqual([]);
  expect(await diagnosticsOf("file:///home/me/shop/ticket.md")).toEqual([]);
});

test("what is wrong with a note stands where it is, as it is typed", async () => {
  const wrong = good.replace("severity: hang", "severity: bad").replace("family:", "familie:");
  await open(wrong);
  expect(await diagnosticsOf()).toEqual([
    '1:0 1 the front matter lacks "family".',
    '3:0 1 "familie" is not known in the front matter.',
    "4:10 1 severity is one of crash, hang, error, warning, information.",
  ]);
});

test.each([
  ["line: 'a(?=b) long'", 1, "RE2, which takes linear time, does not take this pattern"],
  ["line: '[a-z]+'", 2, "Every line is tried with this pattern"],
  ["finding: lock-wat", 2, '"lock-wat" is no known kind of finding. Did you mean "lock-wait"?'],
])("a condition %s is told of", async (condition, severity, message) => {
  await open(teamNote(`${FRAMES}\nsupports:\n  - ${condition}`));
  const [first, ...more] = await diagnosticsOf();
  expect(first).toContain(` ${severity} ${message}`);
  expect(more).toEqual([]);
});

test("a sample that does not match, and an id that another file has, are errors", async () => {
  await open(good);
  expect(await diagnosticsOf()).toEqual([]);
  const other = { uri: `${folder}/again.md`, text: good, isTrusted: true };
  await session.tell("backtraceReader/notes", { files: [other], folders: [], homes: [] });
  expect(await diagnosticsOf()).toEqual(['1:4 1 There are two notes "our-checkout".']);
  await session.openAs(
    `${folder}/x.md`,
    teamNote("match:\n  frames: [nothing_like_it]", "", "x"),
    "markdown",
  );
  expect(await diagnosticsOf(`${folder}/x.md`)).toEqual([
    "29:0 1 This note does not match its own sample.",
  ]);
});

test("keys and names are completed and explained", async () => {
  await open(good);
  const { items } = await about<CompletionList>("completion", at(good, "\nsev"));
  expect(items.map(({ label, textEdit }) => [label, textEdit])).toEqual([
    [
      "severity",
      {
        range: { start: { line: 4, character: 0 }, end: { line: 4, character: 8 } },
        newText: "severity",
      },
    ],
  ]);
  const card = await about<Hover>("hover", at(good, "\nfam"));
  expect((card.contents as MarkupContent).value).toContain("What it is about");
  expect(card.range?.start.line).toBe(3);
});

test("above a note stands where it matches, and a click shows it", async () => {
  await open(good);
  const [lens] = await about<CodeLens[]>("codeLens");
  expect(lens?.command).toMatchObject({
    title: "matches 1 place in open documents",
    command: "backtraceReader.showLocations",
    arguments: [uri, { line: 0, character: 0 }, [{ uri: session.uri }]],
  });
  await session.replace("Hello\n");
  const [none] = await about<CodeLens[]>("codeLens");
  expect(none?.command).toMatchObject({
    title: "matches nothing in the open documents",
    command: "",
  });
});

test("a shipped note that is looked at is explained, not checked", async () => {
  await open(good);
  const shipped = `${ours.notesFolder}/any.md`;
  await session.openAs(shipped, teamNote("match:\n  finding: nonsense"), "markdown");
  expect(await diagnosticsOf(shipped)).toEqual([]);
  expect(await about("hover", { position: { line: 4, character: 2 } }, shipped)).not.toBeNull();
});

test("a folder of the settings is one of notes too", async () => {
  await open(good);
  const elsewhere = "file:///srv/notes/mine.md";
  await session.openAs(elsewhere, "---\n---\n", "markdown");
  expect(await diagnosticsOf(elsewhere)).toEqual([]);
  await tell(good, true, { folders: ["file:///srv/notes/"] });
  expect((await diagnosticsOf(elsewhere)).length).toBeGreaterThan(0);
});

const canMakeFiles: ClientCapabilities = {
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } },
};

const resolves: ClientCapabilities = {
  textDocument: { codeAction: { resolveSupport: { properties: ["edit"] } } },
};

const noteActions = (line: number, uri = session.uri) =>
  session.ask<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line, character: 8 }, end: { line, character: 8 } },
    context: { diagnostics: [], only: ["refactor.extract"] },
  });

test("a note is written from a stack: a file with an id of its own that passes the check", async () => {
  session = await Session.open(hang, {}, { ...canMakeFiles, ...resolves }, ours);
  expect(await noteActions(2)).toEqual([]);
  await tell(teamNote(FRAMES, "", "stock-ask"), true, {
    homes: ["file:///home/me/.backtrace-notes"],
  });
  const [action] = await noteActions(2);
  expect(action).toMatchObject({ title: "Write a known-issue note from this" });
  expect(action?.edit).toBeUndefined();
  const { edit, command } = await session.ask<CodeAction>(
    "codeAction/resolve",
    action as CodeAction,
  );
  const file = "file:///home/me/.backtrace-notes/stock-ask-2.md";
  expect(command).toMatchObject({ command: "backtraceReader.showNewNote", arguments: [file] });
  const [create, insert] = (edit as WorkspaceEdit).documentChanges as [
    CreateFile,
    TextDocumentEdit,
  ];
  expect(create).toMatchObject({ kind: "create", uri: file });
  expect(insert.textDocument.uri).toBe(file);
  const text = (insert.edits[0] as TextEdit).newText;
  await session.openAs(file, text, "markdown");
  expect(await diagnosticsOf(file)).toEqual([]);
});

test("an editor that cannot make files, or asks for everything at once, is heeded", async () => {
  session = await Session.open(hang, {}, resolves, ours);
  await tell(good);
  expect(await noteActions(2)).toEqual([]);
  session.close();
  session = await Session.open(hang, {}, canMakeFiles);
  await tell(good);
  const [action] = await noteActions(2);
  expect(action?.edit?.documentChanges).toHaveLength(2);
  expect(action?.command).toBeUndefined();
});
