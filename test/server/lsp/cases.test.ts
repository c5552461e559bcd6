import { afterEach, expect, test } from "vitest";
import type { DefinitionLink, Location, Range } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Session } from "./session";
import { crash } from "./zlibCrash";

const note = "haproxy-zlib-flush-stale-input";
const ours = { showsCases: true, notesFolder: "file:///extension/knowledge/notes/" };

let session: Session;
afterEach(() => session.close());

const document = TextDocument.create("file:///a", "backtrace", 1, crash);
const at = (words: string) => ({ position: document.positionAt(crash.indexOf(words) + 1) });

interface Case {
  readonly text: string;
  readonly links: readonly { readonly range: Range; readonly target: Location }[];
  readonly commands: readonly { readonly range: Range; readonly run: string }[];
  readonly evidence: readonly Location[];
  readonly note: string | null;
}

const askCase = () => session.ask<Case>("backtraceReader/case", { note });

const cut = (range: Range, text = document): string => text.getText(range);

test("the definition of a frame that is evidence is its hypothesis, of its path the source", async () => {
  const answers = { "backtraceReader/findSource": () => "file:///home/me/compression.c" };
  session = await Session.open(crash, answers, {}, ours);
  const [first] = await session.about<Location[]>("definition", at("deflate ()"));
  expect(first?.uri).toBe(`backtrace-case:/${note}.md`);
  const onName = await session.about<Location[]>("definition", at("deflate_flush_or_finish"));
  expect(onName[0]?.uri).toBe(first?.uri);
  const source = await session.about<Location>("definition", at("src/compression.c:790"));
  expect(source.uri).toBe("file:///home/me/compression.c");
  expect(source.range.start.line).toBe(789);
});

test("the function of a frame that is no evidence still leads to its source", async () => {
  const answers = { "backtraceReader/findSource": () => "file:///home/me/stream.c" };
  session = await Session.open(crash, answers, {}, ours);
  const source = await session.about<Location>("definition", at("process_stream"));
  expect(source.uri).toBe("file:///home/me/stream.c");
});

test("the link to a hypothesis covers the whole frame where the editor takes links", async () => {
  const capabilities = { textDocument: { definition: { linkSupport: true } } };
  session = await Session.open(crash, {}, capabilities, ours);
  const [link] = await session.about<DefinitionLink[]>("definition", at("deflate ()"));
  expect(link?.originSelectionRange && cut(link.originSelectionRange)).toBe(
    "#3  0x00007f1c8a0f4b21 in deflate () from /lib/libz.so.1",
  );
});

test("an editor that cannot show a hypothesis is not led to one", async () => {
  session = await Session.open(crash);
  expect(await session.about("definition", at("deflate ()"))).toBeNull();
});

test("a hypothesis is a document whose links lead to the evidence", async () => {
  session = await Session.open(crash, {}, {}, ours);
  const { text, links, commands, evidence, note: file } = await askCase();
  const shown = TextDocument.create("backtrace-case:/a", "markdown", 1, text);
  const toDeflate = links.filter(({ target }) => cut(target.range).includes(" in deflate ()"));
  expect(toDeflate.map(({ range }) => cut(range, shown))).toEqual([
    "backtraces.save:5",
    "`#3 0x00007f1c8a0f4b21 in deflate () from /lib/libz.so.1`",
  ]);
  expect(commands.map(({ run }) => run)).toContain("frame 4");
  expect(cut(commands[0]?.range as Range, shown)).toBe("```gdb\nframe 4\n```");
  expect(evidence.map(({ range }) => cut(range).slice(0, 3))).toContain("#5 ");
  expect(file).toBe(`file:///extension/knowledge/notes/${note}.md`);
});

test("it says so when the text no longer speaks for it, and the client is told to ask again", async () => {
  session = await Session.open(crash, {}, {}, ours);
  await session.told("backtraceReader/hypothesesChanged");
  expect((await askCase()).text).toContain("# HAProxy flushes");
  const told = session.told("backtraceReader/hypothesesChanged");
  await session.replace("Hello, world!\n");
  await told;
  const gone = await askCase();
  expect(gone.text).toContain("# No hypothesis any more");
  expect(gone).toMatchObject({ links: [], commands: [], evidence: [], note: null });
});

test("the references of evidence are all places that speak for the same, in all documents", async () => {
  session = await Session.open(crash, {}, {}, ours);
  const elsewhere = "file:///home/me/other.bt";
  await session.openAs(elsewhere, crash);
  const places = await session.about<Location[]>("references", {
    ...at("deflate ()"),
    context: { includeDeclaration: true },
  });
  const byDocument = [session.uri, elsewhere].map(
    (uri) => places.filter((place) => place.uri === uri).length,
  );
  expect(byDocument[0]).toBeGreaterThan(4);
  expect(byDocument[1]).toBe(byDocument[0]);
  expect(places.map(({ range }) => cut(range))).toContain(
    "#3  0x00007f1c8a0f4b21 in deflate () from /lib/libz.so.1",
  );
});

test("two logs of one incident share their evidence", async () => {
  const reload =
    "[Sun Jan 01 03:47:04 2017] [mpm_prefork:notice] [pid 18742] AH00171: Graceful restart requested, doing restart\n";
  session = await Session.open("libgomp: could not create thread pool destructor.\n", {}, {}, ours);
  const libgomp = { note: "httpd-libgomp-key-exhaustion" };
  const alone = await session.ask<Case>("backtraceReader/case", libgomp);
  const elsewhere = "file:///var/log/httpd/error_log";
  await session.openAs(elsewhere, reload);
  const both = await session.ask<Case>("backtraceReader/case", libgomp);
  const sure = ({ text }: Case) => Number(/^(\d+) % sure/m.exec(text)?.[1]);
  expect(sure(both)).toBeGreaterThan(sure(alone));
  expect(both.evidence.map(({ uri }) => uri)).toEqual([session.uri, elsewhere]);
  expect(both.text).toContain("- error_log:1 ");
});

test("a process is evidence where it begins, not in each of its frames", async () => {
  session = await Session.open(crash, {}, {}, ours);
  const context = { includeDeclaration: true };
  expect(
    await session.about("references", { ...at("Program terminated"), context }),
  ).not.toBeNull();
  expect(await session.about("references", { ...at("process_stream"), context })).toBeNull();
});

test("the implementation of evidence is the note's own file", async () => {
  session = await Session.open(crash, {}, {}, ours);
  const [file] = await session.about<Location[]>("implementation", at("deflate ()"));
  expect(file?.uri).toBe(`file:///extension/knowledge/notes/${note}.md`);
});

test("what an older version in git tells is not told twice", async () => {
  session = await Session.open(crash, {}, {}, ours);
  const { evidence } = await askCase();
  await session.openAs("git:/home/me/backtraces.save?ref", crash);
  expect((await askCase()).evidence).toEqual(evidence);
});
