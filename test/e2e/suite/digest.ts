import * as vscode from "vscode";
import { hoverOver, lensesOf, outlineOf } from "./ask";
import { extension } from "./editor";
import { eventually, expectText } from "./expect";

/** The text is repeated until VS Code does not tell extensions of it any more. */
const ENOUGH = 51 << 20;

const LAST = `=== 4711 ===
#0  0x00007f29a2e502e0 in __lll_lock_wait () from /lib64/libpthread.so.0
#1  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at apc_pthreadmutex.c:72
#2  0x00007f29a4a017ef in the_very_last () from /usr/sbin/httpd
`;

const folder = vscode.workspace.workspaceFolders![0]!.uri;
// Git overlooks it.
const file = vscode.Uri.joinPath(folder, "fleet.log");

suite("a person who opens a file of too many lines", () => {
  const long = vscode.Uri.joinPath(folder, "lines.log");

  suiteSetup(async () => {
    const lines = LAST + "\n".repeat(300_001);
    await vscode.workspace.fs.writeFile(long, new TextEncoder().encode(lines));
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.fs.delete(long);
  });

  test("is offered a digest, because VS Code itself does not colour it", async () => {
    await vscode.window.showTextDocument(long);
    const digest = await takeOffer("lines.log digest.md");
    expectText(digest.lineAt(0).text, "# Digest of lines.log");
  });
});

interface Reading {
  isReadingFile(): boolean;
}

suite("a person who opens a file that is too large for the editor", () => {
  suiteSetup(async () => {
    const { fs } = vscode.workspace;
    const once = await fs.readFile(vscode.Uri.joinPath(folder, "backtraces.save"));
    const count = Math.ceil(ENOUGH / once.length);
    const last = new TextEncoder().encode(LAST);
    const all = new Uint8Array(count * once.length + last.length);
    for (let i = 0; i < count; i++) all.set(once, i * once.length);
    all.set(last, count * once.length);
    await fs.writeFile(file, all);
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.fs.delete(file);
  });

  test("is offered a digest of it, and takes the offer", async () => {
    await vscode.commands.executeCommand("vscode.open", file);
    const digest = await takeOffer("fleet.log digest.md");
    expectText(digest.lineAt(0).text, "# Digest of fleet.log");
    expectText(
      /\d+ processes, \d+ threads, \d+ distinct stacks?/.exec(digest.getText())?.[0]
        ? "yes"
        : digest.getText(),
      "yes",
    );
  });

  test("opens a process from it as a small document with everything that a text has", async () => {
    const part = await openLast();
    expectText(part.languageId, "backtrace");
    expectText(part.getText(), LAST);
    expectText(
      await outlineOf(part),
      `process 4711 waiting for a lock (apc_pthreadmutex_lock) · 3 frames
  #0 __lll_lock_wait libpthread.so.0
  #1 apc_pthreadmutex_lock apc_pthreadmutex.c:72
  #2 the_very_last httpd`,
    );
    const card = await hoverOver(part, "apc_pthreadmutex_lock");
    expectText(card.split("\n")[0] ?? "", "**`apc_pthreadmutex_lock`** · waiting for a lock");
  });

  test("is told where the file has changed since", async () => {
    const digest = await digestDocument();
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode("Something else.\n"));
    await openLast();
    await vscode.window.showTextDocument(digest);
    await eventually(
      async () => (await lensesOf(digest)).join(),
      (lenses) => lenses.includes("The file has changed"),
    );
    const part = await openPart("pid 311");
    expectText(part.getText().split(",")[0]!, "The file has changed since its digest was made");
  });
});

/** The offer may take a moment; once it is taken, the first action of what is shown would take the reading back. */
async function takeOffer(name: string): Promise<vscode.TextDocument> {
  await eventually(
    async () => {
      await vscode.commands.executeCommand("notification.acceptPrimaryAction");
      const found = extension();
      return found.isActive && (found.exports as Reading).isReadingFile();
    },
    (isReading) => isReading,
  );
  return eventually(
    async () => vscode.window.activeTextEditor?.document as vscode.TextDocument,
    (document) => document?.uri.path === `/${name}`,
  );
}

const digestDocument = (): Promise<vscode.TextDocument> =>
  eventually(
    async () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.path === "/fleet.log digest.md")!,
    (document) => document !== undefined,
  );

/** The process at the end of the file. */
const openLast = (): Promise<vscode.TextDocument> => openPart("pid 4711");

/** A part of the file by a link in its digest. */
async function openPart(words: string): Promise<vscode.TextDocument> {
  const digest = await digestDocument();
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
    "vscode.executeLinkProvider",
    digest.uri,
  );
  const link = links.find(({ range }) => digest.getText(range) === words);
  const uri = link!.target!.with({ fragment: "" }).toString();
  await vscode.commands.executeCommand("vscode.open", link!.target!);
  const editor = await eventually(
    async () => vscode.window.activeTextEditor,
    (active) => active?.document.uri.toString() === uri,
  );
  return editor!.document;
}
