import * as vscode from "vscode";
import { FRAMES, teamNote } from "../../server/notes/teamNote";
import { hoverOver, outlineOf } from "./ask";
import { extension, openBacktraces } from "./editor";
import { eventually, expectText } from "./expect";
import { closeAll, openText, run } from "./paste";

const hang = `#0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6
#1  0x00007f299a342969 in stock_ask (item=7) at src/stock.c:72
#2  0x00007f299a33d0ef in checkout_run (cart=0x7f2981ef6088) at src/checkout.c:578
`;

const COMMAND = `commands:
  - shell: touch /evil
    why: the author of the folder would like it
`;

const settings = {
  "backtraceReader.inlayHints": true,
  "backtraceReader.sourceMap": { "/usr/local/src": "elsewhere" },
  "backtraceReader.notes.folders": ["elsewhere"],
};

suite("a person who does not trust the folder", () => {
  suiteSetup(async () => {
    await write(".vscode/settings.json", JSON.stringify(settings));
    await write(".backtrace-notes/our-checkout.md", teamNote(FRAMES, COMMAND));
    await write("elsewhere/hidden.md", teamNote(FRAMES, "", "hidden"));
  });

  suiteTeardown(async () => {
    await closeAll();
    for (const name of [".vscode", ".backtrace-notes", "elsewhere"]) {
      await vscode.workspace.fs.delete(inWorkspace(name), { recursive: true });
    }
  });

  test("reads what is in it all the same", async () => {
    expectText(String(vscode.workspace.isTrusted), "false");
    const document = await openBacktraces();
    const card = await hoverOver(document, "identifier_len");
    expectText(card.split("\n")[0] ?? "", "**`identifier_len = 25`**");
    expectText((await outlineOf(document)).slice(0, 11), "process 311");
  });

  test("has those of its settings that lead nowhere, and not the others", async () => {
    const now = () => vscode.workspace.getConfiguration("backtraceReader");
    await eventually(
      async () => now().get("inlayHints"),
      (isOn) => isOn === true,
    );
    expectText(JSON.stringify(now().get("sourceMap")), "{}");
    expectText(JSON.stringify(now().get("notes.folders")), "[]");
  });

  test("reads its notes, but their commands are not offered", async () => {
    await openText("backtrace", hang);
    const found = await eventually(hypotheses, (nodes) => idsOf(nodes).includes("our-checkout"));
    expectText(String(idsOf(found).includes("hidden")), "false");
    const own = found.find(({ item }) => item.id === "our-checkout");
    const below = (await own?.below?.()) ?? [];
    expectText(String(below.length > 0), "true");
    const kinds = below.map(({ item }) => item.contextValue);
    expectText(String(kinds.includes("command")), "false");
    expectText(String(JSON.stringify(below).includes("/evil")), "false");
  });

  test("starts no gdb", async () => {
    const { uri } = await openText("backtrace", hang);
    const request = { uri: uri.toString(), command: "bt", pids: [process.pid] };
    for (const name of ["captureBacktraces", "answerInGdb", "runInGdb"]) {
      const said = await run<string>(name, request);
      expectText(String(said?.includes("a workspace that you do not trust")), "true");
    }
    expectText(vscode.window.terminals.map(({ name }) => name).join(), "");
  });
});

interface Node {
  readonly item: vscode.TreeItem;
  readonly below?: () => Promise<Node[]>;
}

/** All hypotheses about what is open. */
async function hypotheses(): Promise<Node[]> {
  const { views } = extension().exports as {
    views: Record<string, vscode.TreeDataProvider<Node>>;
  };
  return (await views.hypotheses!.getChildren()) ?? [];
}

const idsOf = (nodes: readonly Node[]): string[] => nodes.map(({ item }) => item.id ?? "");

const inWorkspace = (path: string): vscode.Uri =>
  vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, path);

const write = (path: string, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(inWorkspace(path), new TextEncoder().encode(text));
