import * as vscode from "vscode";
import { hoverOver, lensesOf } from "./ask";
import { extension } from "./editor";
import { eventually, expectText } from "./expect";
import { closeAll, openText, run } from "./paste";

const errorLog = `[Fri Dec 30 03:47:08 2016] [mpm_prefork:notice] [pid 18742] AH00171: Graceful restart requested, doing restart
[Sat Dec 31 03:47:09 2016] [mpm_prefork:notice] [pid 18742] AH00163: Apache/2.4.6 configured -- resuming normal operations
[Sun Jan 01 03:47:04 2017] [mpm_prefork:notice] [pid 18742] AH00171: Graceful restart requested, doing restart

libgomp: could not create thread pool destructor.
`;

const NOTE = "httpd-libgomp-key-exhaustion";

suite("a person who asks for the cause of a line", () => {
  // What is open speaks for and against the same hypotheses.
  setup(closeAll);

  suiteTeardown(async () => {
    await closeAll();
    await removeFile("error_log.backtrace");
  });

  test("jumps from the line to its hypothesis, and from there to the evidence", async () => {
    const log = await openText("backtrace", errorLog);
    const shown = await jumpTo(log, "libgomp:");
    expectText(shown.languageId, "markdown");
    expectText(await titleOf(shown), "a key leaks");
    const evidence = await eventually(
      () => definitions(shown, positionOf(shown, "`libgomp: could not")),
      (places) => places.map(({ uri }) => uri.toString()).join() === log.uri.toString(),
    );
    expectText(
      log.getText(evidence[0]!.range),
      "libgomp: could not create thread pool destructor.",
    );
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      shown.uri,
    );
    const link = links.find(({ range }) => shown.getText(range).startsWith("`libgomp: could not"));
    // A click takes the fragment for the place in the document.
    expectText(link!.target!.fragment, "L5,1");
    expectText(link!.target!.with({ fragment: "" }).toString(), log.uri.toString());
  });

  test("finds all evidence, and the note's own file, from the hypothesis", async () => {
    const log = await openText("backtrace", errorLog);
    const shown = await jumpTo(log, "libgomp:");
    const at = new vscode.Position(0, 3);
    // The document that another test has left is written anew in a pause.
    await eventually(
      async () => {
        const places = await vscode.commands.executeCommand<vscode.Location[]>(
          "vscode.executeReferenceProvider",
          shown.uri,
          at,
        );
        const own = places.filter(({ uri }) => uri.toString() === log.uri.toString());
        return own.map(({ range }) => range.start.line).join();
      },
      (lines) => lines === "0,2,4",
    );
    const [file] = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeImplementationProvider",
      shown.uri,
      at,
    );
    const note = await vscode.workspace.openTextDocument(file!.uri);
    expectText(note.lineAt(1).text, `id: ${NOTE}`);
  });

  test("sees the hypothesis change with the text, and go with its last evidence", async () => {
    const log = await openFile("error_log.backtrace", errorLog);
    const shown = await jumpTo(log, "libgomp:");
    expectText(String(shown.getText().includes("Graceful restart requested")), "true");
    await replace(log, "libgomp: could not create thread pool destructor.\n");
    await eventually(
      async () => shown.getText(),
      (text) => text.includes("libgomp:") && !text.includes("Graceful restart requested"),
    );
    await replace(log, "Hello, world!\n");
    await eventually(
      async () => shown.getText(),
      (text) => text.startsWith("# No hypothesis any more"),
    );
  });

  test("copies a command of the hypothesis with one click", async () => {
    const log = await openText("backtrace", errorLog);
    const shown = await jumpTo(log, "libgomp:");
    const isCopy = ({ range }: vscode.CodeLens) => shown.getText(range).includes("grep -c AH00171");
    const lenses = await eventually(
      () =>
        vscode.commands.executeCommand<vscode.CodeLens[]>(
          "vscode.executeCodeLensProvider",
          shown.uri,
          100,
        ),
      (found) => found.some(isCopy),
    );
    const copy = lenses.find(isCopy);
    const { command, arguments: given = [] } = copy!.command!;
    await vscode.commands.executeCommand(command, ...given);
    expectText(
      await vscode.env.clipboard.readText(),
      "cat /var/log/httpd/error_log* | grep -c AH00171",
    );
  });
});

suite("a person who reads a log of a known failure", () => {
  setup(closeAll);

  test("sees above it what could be the cause, and among the problems, with a link", async () => {
    const log = await openText("backtrace", errorLog);
    const lenses = await eventually(
      () => lensesOf(log),
      (found) => found.some((lens) => lens.includes("% Each graceful")),
    );
    const lens = lenses.find((found) => found.includes("% Each graceful"))!;
    expectText(lens.slice(0, 21), "[Fri Dec 30 03:47:08 ");
    const problems = await eventually(
      async () => vscode.languages.getDiagnostics(log.uri),
      (found) => found.some(({ source }) => source === "Backtrace Reader"),
    );
    const problem = problems.find(({ message }) => message.startsWith("Each graceful"))!;
    expectText(`${problem.severity}`, `${vscode.DiagnosticSeverity.Warning}`);
    const code = problem.code as { value: string; target: vscode.Uri };
    expectText(code.value, NOTE);
    expectText(code.target.scheme, "https");
    expectText(`${problem.relatedInformation?.length}`, "2");
  });

  test("reads in the card of a line what it may mean", async () => {
    const log = await openText("backtrace", errorLog);
    const card = await eventually(
      () => hoverOver(log, "libgomp:"),
      (found) => found.includes("Could be the cause"),
    );
    expectText(`${card.includes("Go to Definition")}`, "true");
  });
});

suite("a person who looks at the views", () => {
  setup(closeAll);

  suiteTeardown(async () => {
    await closeAll();
    await removeFile("stacks.backtrace");
  });

  test("reads the hypotheses with what speaks for each, and goes to it", async () => {
    const log = await openText("backtrace", errorLog);
    await run("hypotheses.focus");
    const [best] = await eventually(
      () => nodesOf("hypotheses"),
      (nodes) => nodes.some(({ item }) => item.id === NOTE),
    );
    expectText(best!.item.id!, NOTE);
    expectText(
      labelOf(best!)
        .replace(/^\d+ % /, "")
        .slice(0, 21),
      "Each graceful restart",
    );
    expectText(
      `${/^\d+ % sure, crash: /.test(best!.item.accessibilityInformation!.label)}`,
      "true",
    );
    const below = (await best!.below?.()) ?? [];
    const place = below.find(
      ({ item }) => item.tooltip === "libgomp: could not create thread pool destructor.",
    );
    const { command, arguments: given = [] } = place!.item.command!;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument());
    await vscode.commands.executeCommand(command, ...given);
    const editor = vscode.window.activeTextEditor!;
    expectText(editor.document.uri.toString(), log.uri.toString());
    expectText(`${editor.selection.active.line}`, "4");
    expectText(
      below.filter(({ item }) => item.contextValue === "command").map(({ run }) => run)[2]!,
      "cat /var/log/httpd/error_log* | grep -c AH00171",
    );
  });

  test("reads which stacks there are, who has them, and goes to a frame", async () => {
    const stacks = `=== pid 4711 ===
#0  0x01 in sem_wait_here () from /lib/libx.so
#1  0x02 in my_queue_pop (q=0x1) at queue.c:10
=== pid 4712 ===
#0  0x01 in sem_wait_here () from /lib/libx.so
#1  0x02 in my_queue_pop (q=0x2) at queue.c:10
`;
    const document = await openFile("stacks.backtrace", stacks);
    await run("stacks.focus");
    const groups = await eventually(
      () => nodesOf("stacks"),
      (nodes) => nodes.some((node) => labelOf(node).startsWith("2 processes")),
    );
    const group = groups.find((node) => labelOf(node).startsWith("2 processes"))!;
    const members = (await group.below?.()) ?? [];
    expectText(members.map(labelOf).join(), "process 4711,process 4712");
    const frames = (await members[1]!.below?.()) ?? [];
    expectText(frames.map(labelOf).join(), "#0 sem_wait_here,#1 my_queue_pop");
    const { command, arguments: given = [] } = frames[1]!.item.command!;
    await vscode.commands.executeCommand(command, ...given);
    expectText(vscode.window.activeTextEditor!.document.uri.toString(), document.uri.toString());
    expectText(`${vscode.window.activeTextEditor!.selection.active.line}`, "5");
  });
});

/** A file of the workspace, shown. A text without a name may come back with what its namesake held before. */
async function openFile(name: string, content: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

async function removeFile(name: string): Promise<void> {
  await vscode.workspace.fs.delete(
    vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name),
  );
}

interface TreeNode {
  readonly item: vscode.TreeItem;
  readonly below?: () => Promise<readonly TreeNode[]>;
  readonly run?: string;
}

const labelOf = ({ item }: TreeNode): string => item.label as string;

async function nodesOf(view: "hypotheses" | "stacks"): Promise<readonly TreeNode[]> {
  const { views } = extension().exports as {
    views: Record<string, vscode.TreeDataProvider<TreeNode>>;
  };
  return (await views[view]!.getChildren()) ?? [];
}

/** What F12 does, as soon as the server answers: from the line where `words` stand to the document that opens. */
async function jumpTo(from: vscode.TextDocument, words: string): Promise<vscode.TextDocument> {
  const [first] = await eventually(
    () => definitions(from, positionOf(from, words)),
    (found) => found[0]?.uri.scheme === "backtrace-case",
  );
  const document = await vscode.workspace.openTextDocument(first!.uri);
  await vscode.window.showTextDocument(document);
  // The one that another test has left is written anew.
  await eventually(
    async () => document.getText(),
    (text) => !text.startsWith("# No hypothesis"),
  );
  return document;
}

async function definitions(
  { uri }: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Location[]> {
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    "vscode.executeDefinitionProvider",
    uri,
    position,
  );
  return found.map((link) =>
    "targetUri" in link ? new vscode.Location(link.targetUri, link.targetRange) : link,
  );
}

function positionOf(document: vscode.TextDocument, words: string): vscode.Position {
  const at = document.getText().indexOf(words);
  if (at < 0) throw new Error(`"${words}" does not stand in ${document.getText()}`);
  return document.positionAt(at + 1);
}

async function titleOf(shown: vscode.TextDocument): Promise<string> {
  const title = shown.lineAt(0).text;
  return /leaks a thread-specific key/.test(title) ? "a key leaks" : title;
}

async function replace(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}
