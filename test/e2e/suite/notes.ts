import * as vscode from "vscode";
import { hoverOver, lensesOf } from "./ask";
import { extension } from "./editor";
import { eventually, expectText } from "./expect";
import { closeAll, openText } from "./paste";

const hang = `#0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6
#1  0x00007f299a342969 in stock_ask (item=7) at src/stock.c:72
#2  0x00007f299a33d0ef in checkout_run (cart=0x7f2981ef6088) at src/checkout.c:578
#3  0x00007f29a4a017ef in main () from /usr/sbin/shopd
`;

suite("a team that writes its own notes", () => {
  const files = vscode.workspace.getConfiguration("files");
  const { Global } = vscode.ConfigurationTarget;
  // Only what is saved counts, and here it is seen who saves.
  suiteSetup(() => files.update("autoSave", "off", Global));
  setup(closeAll);
  suiteTeardown(async () => {
    await closeAll();
    await files.update("autoSave", undefined, Global);
    await vscode.workspace.fs.delete(home(), { recursive: true });
  });

  test("makes one of a stack, which is looked for at once, and passes the check", async () => {
    const trace = await openText("backtrace", hang);
    const action = await eventually(
      () => writeNoteAction(trace),
      (found) => found?.edit !== undefined,
    );
    expectText(action!.title, "Write a known-issue note from this");
    await vscode.workspace.applyEdit(action!.edit!);
    const { command, arguments: given = [] } = action!.command!;
    const saved = await vscode.commands.executeCommand(command, ...given);
    expectText(`${saved}`, "true");
    const note = vscode.window.activeTextEditor!.document;
    expectText(note.uri.toString(), noteUri("stock-ask").toString());
    expectText(note.lineAt(1).text, "id: stock-ask");
    await eventually(
      async () => note.isDirty,
      (isDirty) => !isDirty,
    );
    expectText((await hypotheses("stock-ask"))[0]!, "stock-ask");
    const lenses = await eventually(
      () => lensesOf(note),
      (found) => found[0]?.includes("1 place") ?? false,
    );
    expectText(lenses.join("\n"), "---: matches 1 place in open documents");
    expectText(vscode.languages.getDiagnostics(note.uri).map(toText).join("\n"), "");
  });

  test("is told what is wrong with a note where it is, and no longer looks for it once saved", async () => {
    await openText("backtrace", hang);
    await hypotheses("stock-ask");
    const note = await open("stock-ask");
    const severity = note.getText().indexOf("severity: ");
    await type(note, severity + "severity: ".length, "very-");
    const problems = await eventually(
      async () => vscode.languages.getDiagnostics(note.uri),
      (found) => found.length > 0,
    );
    expectText(
      problems.map(toText).join("\n"),
      "4:10 severity is one of crash, hang, error, warning, information.",
    );
    expectText((await hypotheses("stock-ask"))[0]!, "stock-ask");
    await note.save();
    await eventually(listed, (ids) => !ids.includes("stock-ask"));
  });

  test("is helped with keys and names", async () => {
    const text = "---\nid: mine\nsev\nmatch:\n  log: { kind: segf }\n---\n";
    await vscode.workspace.fs.writeFile(noteUri("mine"), new TextEncoder().encode(text));
    const note = await open("mine");
    const complete = (words: string) =>
      eventually(
        async () => {
          const at = note.positionAt(text.indexOf(words) + words.length);
          const list = await vscode.commands.executeCommand<vscode.CompletionList>(
            "vscode.executeCompletionItemProvider",
            note.uri,
            at,
          );
          return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
        },
        (labels) => labels.length > 0,
      );
    expectText((await complete("\nsev"))[0]!, "severity");
    expectText((await complete("segf"))[0]!, "segfault");
  });

  test("deletes a note, and it is no longer looked for", async () => {
    await openText("backtrace", hang);
    const good = (await read("stock-ask")).replace("very-", "");
    await vscode.workspace.fs.writeFile(
      noteUri("other"),
      bytes(good.replace("id: stock-ask", "id: other")),
    );
    await hypotheses("other");
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(noteUri("other"));
    await vscode.workspace.applyEdit(edit);
    await eventually(listed, (ids) => !ids.includes("other"));
  });

  test("reads what the keys and names of a note of the extension's mean", async () => {
    await openText("backtrace", hang);
    const file = vscode.Uri.joinPath(
      extension().extensionUri,
      "knowledge/notes/lock-waiters-without-holder.md",
    );
    const note = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(note);
    expectText(`${(await hoverOver(note, "severity:")).includes("How bad it is")}`, "true");
    expectText(vscode.languages.getDiagnostics(file).map(toText).join("\n"), "");
  });

  test("keeps notes elsewhere, too", async () => {
    await openText("backtrace", hang);
    const text = (await read("stock-ask"))
      .replace("very-", "")
      .replace("id: stock-ask", "id: shared");
    const folder = vscode.Uri.joinPath(home(), "shared");
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, "shared.md"), bytes(text));
    const settings = vscode.workspace.getConfiguration("backtraceReader.notes");
    await settings.update("folders", [folder.path], Global);
    await hypotheses("shared");
    await settings.update("folders", undefined, Global);
    await eventually(listed, (ids) => !ids.includes("shared"));
  });
});

const home = (): vscode.Uri =>
  vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, ".backtrace-notes");

const noteUri = (id: string): vscode.Uri => vscode.Uri.joinPath(home(), `${id}.md`);

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const read = async (id: string): Promise<string> =>
  new TextDecoder().decode(await vscode.workspace.fs.readFile(noteUri(id)));

async function open(id: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(noteUri(id));
  await vscode.window.showTextDocument(document);
  return document;
}

async function type(document: vscode.TextDocument, offset: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(offset), text);
  await vscode.workspace.applyEdit(edit);
}

const toText = ({ range: { start }, message }: vscode.Diagnostic): string =>
  `${start.line}:${start.character} ${message}`;

async function writeNoteAction({
  uri,
}: vscode.TextDocument): Promise<vscode.CodeAction | undefined> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    new vscode.Range(2, 8, 2, 8),
    "refactor.extract",
    10,
  );
  return actions.find(({ title }) => title.startsWith("Write a known-issue note"));
}

/** The ids of all hypotheses about what is open. */
async function listed(): Promise<string[]> {
  const { views } = extension().exports as {
    views: Record<string, vscode.TreeDataProvider<{ readonly item: vscode.TreeItem }>>;
  };
  const nodes = (await views.hypotheses!.getChildren()) ?? [];
  return nodes.map(({ item }) => item.id ?? "");
}

/** The same once this one is among them. */
const hypotheses = (id: string): Promise<string[]> => eventually(listed, (ids) => ids.includes(id));
