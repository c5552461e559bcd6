import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type DocumentHighlight,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  LSPErrorCodes,
  type MarkupContent,
  type Range,
  type SelectionRange,
  type SemanticTokens,
  type SemanticTokensDelta,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import manifest from "../../../package.json";
import { log } from "../fixture";
import { bundleServer } from "./bundle";
import { Editor } from "./editor";

const text = log`
  > === pid 311 ===
  > GNU gdb (GDB) 7.11
  > Attaching to process 311
  > #0  0x00007f29a2e502e0 in pthread_mutex_lock () from /lib64/libpthread.so.0
  > #1  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at
  > /usr/local/src/APC-3.1.4/apc_pthreadmutex.c:72
  > #2  0x00007f299a33d0ef in my_handler (t=1290456278) at handler.c:578
  > #3  0x00007f29a4a017ef in main () from /usr/sbin/httpd
`;

const document = TextDocument.create("file:///a", "backtrace", 1, text);
const cut = (range: Range | undefined): string =>
  range ? document.getText(range).replaceAll("\n", " / ") : "-";

/** The position of the first place of `words`. */
const at = (words: string) => document.positionAt(text.indexOf(words) + 1);

const offers = {
  workspace: { configuration: true, semanticTokens: { refreshSupport: true } },
};

let server: { file: string; remove: () => void };
let editor: Editor;

beforeAll(async () => {
  server = await bundleServer();
});
afterAll(() => server.remove());

/** Five numbers a token: lines down, columns right, length, type, modifiers. */
const tokenCount = ({ data }: SemanticTokens): number => data.length / 5;

describe("an open document", () => {
  beforeAll(async () => {
    editor = new Editor(server.file);
    await editor.start();
    await editor.open(text);
  });
  afterAll(() => editor.stop());

  test("a card covers the part that it is about, in the document as it stands", async () => {
    const card = await editor.ask<Hover>("hover", { position: at("apc_pthreadmutex_lock") });
    expect(cut(card.range)).toBe("apc_pthreadmutex_lock");
    expect((card.contents as MarkupContent).value).toContain("waiting for a lock");
    const wrapped = await editor.ask<Hover>("hover", { position: at("apc_pthreadmutex.c") });
    expect(cut(wrapped.range)).toBe("/usr/local/src/APC-3.1.4/apc_pthreadmutex.c");
  });

  test("the outline has the process and its frames, selected by their names", async () => {
    const [process] = await editor.ask<DocumentSymbol[]>("documentSymbol");
    expect(process?.name).toBe("process 311");
    const frames = process?.children?.map(
      ({ name, selectionRange }) => `${name}: ${cut(selectionRange)}`,
    );
    expect(frames?.[1]).toBe("#1 apc_pthreadmutex_lock: apc_pthreadmutex_lock");
    expect(frames).toHaveLength(4);
  });

  test("no two regions fold on the same line", async () => {
    const folds = await editor.ask<FoldingRange[]>("foldingRange");
    expect(folds.map(({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind}`)).toEqual([
      "0-7 region",
      "1-2 comment",
      "3-7 region",
      "4-5 region",
    ]);
  });

  test("the selection grows from the value to the whole document", async () => {
    const positions = [at("1290456278")];
    const [first] = await editor.ask<SelectionRange[]>("selectionRange", { positions });
    const steps: string[] = [];
    for (let step = first; step; step = step.parent) steps.push(cut(step.range));
    expect(steps.slice(0, 2)).toEqual(["1290456278", "t=1290456278"]);
    expect(steps[steps.length - 1]).toBe(text.replaceAll("\n", " / "));
  });

  test("highlights are ranges of the document", async () => {
    const found = await editor.ask<DocumentHighlight[]>("documentHighlight", {
      position: at("main ("),
    });
    expect(found.map(({ range }) => cut(range))).toEqual(["main"]);
  });

  test("tokens of a part are among those of the whole", async () => {
    const whole = await editor.ask<SemanticTokens>("semanticTokens/full");
    const range = { start: { line: 7, character: 0 }, end: { line: 8, character: 0 } };
    const part = await editor.ask<SemanticTokens>("semanticTokens/range", { range });
    expect(tokenCount(part)).toBe(4);
    expect(tokenCount(whole)).toBeGreaterThan(tokenCount(part) * 4);
    expect(whole.data.slice(-15)).toEqual(part.data.slice(-15));
  });
});

describe("a session", () => {
  beforeEach(() => {
    editor = new Editor(server.file);
  });
  afterEach(() => editor.stop().catch(() => undefined));

  test("the server says what it can do, with the legend that the extension colours", async () => {
    const { capabilities, serverInfo } = await editor.start();
    expect(serverInfo?.name).toBe("backtrace-reader");
    expect(capabilities).toMatchObject({
      hoverProvider: true,
      foldingRangeProvider: true,
      selectionRangeProvider: true,
      documentHighlightProvider: true,
      semanticTokensProvider: { full: { delta: true }, range: true },
    });
    const legend = capabilities.semanticTokensProvider?.legend;
    expect(legend?.tokenTypes).toEqual(manifest.contributes.semanticTokenTypes.map(({ id }) => id));
  });

  test("an editor that keeps few regions gets the outermost", async () => {
    await editor.start({ textDocument: { foldingRange: { rangeLimit: 1 } } });
    await editor.open(text);
    const folds = await editor.ask<FoldingRange[]>("foldingRange");
    expect(folds.map(({ startLine, endLine }) => `${startLine}-${endLine}`)).toEqual(["0-7"]);
  });

  test("after a keystroke the tokens come as the difference to the ones before", async () => {
    await editor.start();
    await editor.open(text);
    const before = await editor.ask<SemanticTokens>("semanticTokens/full");
    const end = { line: 8, character: 0 };
    await editor.change({ start: end, end }, "> #4  0x00007f29a4a01800 in _start ()\n");
    const { edits } = await editor.ask<SemanticTokensDelta>("semanticTokens/full/delta", {
      previousResultId: before.resultId,
    });
    const data = [...before.data];
    for (const { start, deleteCount, data: added = [] } of edits) {
      data.splice(start, deleteCount, ...added);
    }
    const after = await editor.ask<SemanticTokens>("semanticTokens/full");
    expect(edits.length).toBeGreaterThan(0);
    expect(data).toEqual(after.data);
    expect(tokenCount(after)).toBe(tokenCount(before) + 3);
  });

  test("what is typed into the document is read", async () => {
    await editor.start();
    await editor.open(text);
    const pid = { start: { line: 2, character: 23 }, end: { line: 2, character: 26 } };
    await editor.change(pid, "4711");
    const [process] = await editor.ask<DocumentSymbol[]>("documentSymbol");
    expect(process?.name).toBe("process 4711");
  });

  test("a function that the user's settings call machinery is never the one to look at", async () => {
    editor.settings = { machineryFrames: ["my_*"] };
    await editor.start(offers);
    await editor.open(text);
    await editor.notify("workspace/didChangeConfiguration", { settings: null });
    await expect.poll(() => editor.refreshed).toContain("semanticTokens");
    const card = await editor.ask<Hover>("hover", { position: at("my_handler") });
    expect((card.contents as MarkupContent).value).not.toContain("Look here first");
  });

  test("without such a setting it is", async () => {
    await editor.start(offers);
    await editor.open(text);
    const card = await editor.ask<Hover>("hover", { position: at("my_handler") });
    expect((card.contents as MarkupContent).value).toContain("Look here first");
  });

  test("a document that is not open has no answers, and neither has one that was closed", async () => {
    await editor.start();
    expect(await editor.ask("hover", { position: at("main") })).toBeNull();
    await editor.open(text);
    expect(await editor.ask("hover", { position: at("main") })).not.toBeNull();
    await editor.closeDocument();
    expect(await editor.ask("hover", { position: at("main") })).toBeNull();
    expect(await editor.ask("documentSymbol")).toEqual([]);
  });

  test("a question that is taken back while another is worked on is not answered", async () => {
    await editor.start();
    await editor.open(text.repeat(1000));
    const [symbols, cancelled] = await Promise.allSettled([
      editor.ask<DocumentSymbol[]>("documentSymbol"),
      editor.askAndCancel("foldingRange"),
    ]);
    expect(symbols.status).toBe("fulfilled");
    expect(cancelled).toMatchObject({
      status: "rejected",
      reason: { code: LSPErrorCodes.RequestCancelled },
    });
  });

  test("problems that are taken back while the text settles are to be asked for again", async () => {
    await editor.start();
    await editor.open(text);
    await expect(editor.askAndCancel("diagnostic")).rejects.toMatchObject({
      code: LSPErrorCodes.ServerCancelled,
      data: { retriggerRequest: true },
    });
  });

  test("the server ends with success when it was asked to shut down, and with a failure when not", async () => {
    await editor.start();
    expect(await editor.stop()).toBe(0);
    editor = new Editor(server.file);
    await editor.start();
    expect(await editor.exit()).toBe(1);
  });
});
