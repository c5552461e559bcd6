import { afterEach, expect, test } from "vitest";
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CodeAction,
  CodeLens,
  DefinitionLink,
  DocumentDiagnosticReport,
  DocumentLink,
  InlayHint,
  Location,
  Position,
  Range,
  TextEdit,
  WorkspaceSymbol,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { log } from "../fixture";
import { Session } from "./session";

const text = log`
  > === pid 311 ===
  > #0  0x01 in wait_lock () from /lib/libpthread.so.0
  > #1  0x02 in cache_find (key=0x1, sig=11) at
  > /usr/src/cache.c:10
  > #2  0x04 in main () at main.c:9
  > === pid 312 ===
  > #0  0x01 in wait_lock () from /lib/libpthread.so.0
  > #1  0x02 in cache_find (key=0x2, sig=11) at
  > /usr/src/cache.c:10
  > #2  0x04 in main () at main.c:9
  > #4  0x05 in _start ()
`;

const inCacheFind = { position: { line: 2, character: 18 } };

let session: Session;
afterEach(() => session.close());

const findsSource = {
  "backtraceReader/findSource": (wanted: unknown) =>
    (wanted as { file: string }).file === "/usr/src/cache.c" ? "file:///home/me/cache.c" : null,
};

const document = TextDocument.create("file:///home/me/backtraces.save", "backtrace", 1, text);

/** What the range covers, line breaks shown as `/`. */
const cut = (range: Range): string => document.getText(range).replaceAll("\n", " / ");

test("a lens of a shared stack leads to the places of all that share it once it is looked at", async () => {
  session = await Session.open(text.replace("> #4  0x05 in _start ()\n", ""));
  const lenses = await session.about<CodeLens[]>("codeLens");
  const resolved = await Promise.all(
    lenses.map((lens) => session.ask<CodeLens>("codeLens/resolve", lens)),
  );
  expect(lenses.every(({ command }) => command === undefined)).toBe(true);
  const [shared] = resolved.filter(({ command }) => command?.title.includes("share"));
  expect(shared?.command?.title).toBe("2 processes share this stack");
  expect(shared?.command?.command).toBe("backtraceReader.showLocations");
  const [uri, position, locations] = shared?.command?.arguments ?? [];
  expect(uri).toBe(session.uri);
  expect(document.offsetAt(position)).toBe(text.indexOf("#0"));
  expect(locations.map(({ range }: Location) => cut(range).slice(0, 2))).toEqual(["#0", "#0"]);
});

test("the callers of a function can be asked for, step by step", async () => {
  session = await Session.open(text);
  const [item] = await session.about<CallHierarchyItem[]>("prepareCallHierarchy", inCacheFind);
  expect(`${item?.name}: ${item?.detail}`).toBe("cache_find: 2 stack frames, cache.c:10");
  const calls = await session.ask<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", {
    item,
  });
  expect(calls.map(({ from, fromRanges }) => [from.name, ...fromRanges.map(cut)])).toEqual([
    ["main", "#2  0x04 in main () at main.c:9", "#2  0x04 in main () at main.c:9"],
  ]);
});

test("a link is looked for only when it is followed, and stays open where nothing is found", async () => {
  session = await Session.open(text, findsSource);
  const links = await session.about<DocumentLink[]>("documentLink");
  expect(links.map(({ range, target }) => [cut(range), target])).toEqual([
    ["/usr/src/cache.c:10", undefined],
    ["main.c:9", undefined],
    ["/usr/src/cache.c:10", undefined],
    ["main.c:9", undefined],
  ]);
  const resolve = (link: DocumentLink | undefined) =>
    session.ask<DocumentLink>("documentLink/resolve", link ?? {});
  expect((await resolve(links[0])).target).toBe("file:///home/me/cache.c#L10");
  expect((await resolve(links[1])).target).toBeUndefined();
});

test("the definition of a function is its source line, as a link where the editor takes links", async () => {
  const capabilities = { textDocument: { definition: { linkSupport: true } } };
  session = await Session.open(text, findsSource, capabilities);
  const [link] = await session.about<DefinitionLink[]>("definition", inCacheFind);
  expect(link?.targetUri).toBe("file:///home/me/cache.c");
  expect(link?.targetSelectionRange.start).toEqual({ line: 9, character: 0 });
  expect(link?.originSelectionRange && cut(link.originSelectionRange)).toBe("cache_find");
});

test("an editor that cannot look for sources gets no definition, and no error", async () => {
  session = await Session.open(text);
  expect(await session.about("definition", inCacheFind)).toBeNull();
});

test("functions of open documents are found by name", async () => {
  session = await Session.open(text);
  const found = await session.ask<WorkspaceSymbol[]>("workspace/symbol", { query: "cfind" });
  expect(found.map(({ name, containerName }) => `${name} ${containerName}`)).toEqual([
    "cache_find on 2 stacks",
  ]);
});

test("formatting unwraps all stacks, formatting a selection those in it", async () => {
  session = await Session.open(text);
  const all = await session.about<TextEdit[]>("formatting", { options: {} });
  expect(TextDocument.applyEdits(document, all)).toBe(log`
    === pid 311 ===
    #0  0x01 in wait_lock () from /lib/libpthread.so.0
    #1  0x02 in cache_find (key=0x1, sig=11) at /usr/src/cache.c:10
    #2  0x04 in main () at main.c:9
    === pid 312 ===
    #0  0x01 in wait_lock () from /lib/libpthread.so.0
    #1  0x02 in cache_find (key=0x2, sig=11) at /usr/src/cache.c:10
    #2  0x04 in main () at main.c:9
    #4  0x05 in _start ()
  `);
  const range = { start: { line: 2, character: 3 }, end: { line: 2, character: 5 } };
  const some = await session.about<TextEdit[]>("rangeFormatting", { range, options: {} });
  expect(some.map(({ newText }) => newText)).toEqual([
    "#1  0x02 in cache_find (key=0x1, sig=11) at /usr/src/cache.c:10",
  ]);
});

test("code actions come by kind", async () => {
  session = await Session.open(text);
  const range = { start: inCacheFind.position, end: inCacheFind.position };
  const actions = (only?: string[]) =>
    session.about<CodeAction[]>("codeAction", {
      range,
      context: { diagnostics: [], ...(only && { only }) },
    });
  expect((await actions()).map(({ title }) => title)).toHaveLength(5);
  expect((await actions(["refactor"])).map(({ title }) => title)).toEqual([
    "Unwrap this frame",
    "Unwrap this backtrace",
  ]);
  expect((await actions(["source"])).map(({ command }) => command?.command)).toEqual([
    "backtraceReader.copyCleanStack",
    "backtraceReader.copyGroupSummary",
    "backtraceReader.showNext",
  ]);
});

test("diagnostics are given on request, with the code of the problem", async () => {
  session = await Session.open(text);
  const report = await session.about<DocumentDiagnosticReport>("diagnostic");
  const items = report.kind === "full" ? report.items : [];
  expect(items.map(({ range, code, source }) => `${cut(range)}: ${code} ${source}`)).toEqual([
    "#4  0x05 in _start (): frame-gap backtrace-reader",
  ]);
});

const whole = { range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } } };

test("inlay hints are off unless they are asked for", async () => {
  session = await Session.open(text);
  expect(await session.about("inlayHint", whole)).toEqual([]);
});

test("inlay hints stand behind their values where the setting turns them on", async () => {
  let drawAgain = () => {};
  const drawnAgain = new Promise<void>((resolve) => {
    drawAgain = resolve;
  });
  const answers = {
    "workspace/configuration": () => [{ inlayHints: true }],
    "workspace/inlayHint/refresh": () => drawAgain(),
  };
  const workspace = { configuration: true, inlayHint: { refreshSupport: true } };
  session = await Session.open(text, answers, { workspace });
  await drawnAgain;
  const hints = await session.about<InlayHint[]>("inlayHint", whole);
  const before = ({ line, character }: Position) =>
    cut({ start: { line, character: character - 6 }, end: { line, character } });
  expect(hints.map(({ label, position }) => `${before(position)} ${label}`)).toEqual([
    "sig=11 SIGSEGV",
    "sig=11 SIGSEGV",
  ]);
});

test("the client gets a summary, the stack at a place, and where the processes are", async () => {
  session = await Session.open(text);
  const { uri } = session;
  const summary = await session.ask<{ status: string; markdown: string }>(
    "backtraceReader/summary",
    { uri },
  );
  expect(summary.status).toBe("2 processes · 2 distinct stacks");
  expect(summary.markdown).toContain("pid 311");
  const stack = await session.ask<string>("backtraceReader/cleanStack", { uri, ...inCacheFind });
  expect(stack.split("\n")[1]).toBe(
    "#1  0x02 in cache_find (key=0x1, sig=11) at /usr/src/cache.c:10",
  );
  const processes = await session.ask<Range[]>("backtraceReader/processes", { uri });
  expect(processes.map(({ start }) => start.line)).toEqual([0, 5]);
});

test("the client's questions about a document that is not open are answered with null", async () => {
  session = await Session.open(text);
  const uri = "file:///elsewhere";
  expect(await session.ask("backtraceReader/summary", { uri })).toBeNull();
  expect(await session.ask("backtraceReader/processes", { uri })).toBeNull();
});
