import { afterAll, beforeAll, expect, test } from "vitest";
import type {
  CodeLens,
  CompletionItem,
  CompletionList,
  Diagnostic,
  Hover,
} from "vscode-languageserver";
import { FRAMES, teamNote } from "../notes/teamNote";
import { bundleServer } from "./bundle";
import { Editor } from "./editor";

// The team's notes, in the server as it is shipped.

const stack = `#0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6
#1  0x00007f299a342969 in stock_ask (item=7) at src/stock.c:72
#2  0x00007f299a33d0ef in checkout_run (cart=0x7f2981ef6088) at src/checkout.c:578
`;

const uri = "file:///home/me/.backtrace-notes/our-checkout.md";
const wrong = teamNote(`${FRAMES}\nsupports:\n  - log: { format: kernel, kind: segfalt }`);

let server: { file: string; remove: () => void };
let editor: Editor;

beforeAll(async () => {
  server = await bundleServer();
  editor = new Editor(server.file);
  await editor.start();
  await editor.open(stack);
  const textDocument = { uri, languageId: "markdown", version: 1, text: wrong };
  await editor.notify("textDocument/didOpen", { textDocument });
});

afterAll(async () => {
  await editor.stop();
  server.remove();
});

const about = <R>(method: string, params: object = {}): Promise<R> =>
  editor.request<R>(`textDocument/${method}`, { textDocument: { uri }, ...params });

const line = wrong.split("\n").findIndex((each) => each.includes("segfalt"));
const character = wrong.split("\n")[line]?.indexOf("segfalt") ?? 0;

test("an unknown kind is a warning where it stands, with the one that may be meant", async () => {
  const { items } = await about<{ items: Diagnostic[] }>("diagnostic");
  expect(items).toEqual([
    {
      range: { start: { line, character }, end: { line, character: character + 7 } },
      severity: 2,
      source: "Backtrace Reader",
      message: '"segfalt" is no known kind of entry of kernel. Did you mean "segfault"?',
    },
  ]);
});

test("kinds are completed, and keys explained", async () => {
  const list = await about<CompletionList>("completion", {
    position: { line, character: character + 4 },
  });
  expect(list.items[0]).toMatchObject({
    label: "segfault",
    textEdit: {
      newText: "segfault",
      range: { start: { line, character }, end: { line, character: character + 7 } },
    },
  } satisfies Partial<CompletionItem>);
  const card = await about<Hover>("hover", { position: { line, character: 6 } });
  expect(card.contents).toMatchObject({ kind: "markdown" });
  expect(JSON.stringify(card.contents)).toContain("A log entry");
});

test("above the note stands how often it matches", async () => {
  const [lens] = await about<CodeLens[]>("codeLens");
  expect(lens?.command?.title).toBe("matches 1 place in open documents");
});

test("a saved note is among the hypotheses", async () => {
  const files = [{ uri, text: wrong, isTrusted: true }];
  await editor.notify("backtraceReader/notes", { files, folders: [], homes: [] });
  const listed = await editor.request<{ note: string }[]>("backtraceReader/hypotheses", {});
  expect(listed.map(({ note }) => note)).toEqual(["our-checkout"]);
});

test("a notification of anything else changes nothing", async () => {
  for (const sent of [{}, { files: 3 }, { files: [null, { uri: 1 }], folders: [{}] }]) {
    await editor.notify("backtraceReader/notes", sent);
    expect(await editor.request("backtraceReader/hypotheses", {})).toEqual([]);
  }
});
