import * as vscode from "vscode";
import { FRAMES, teamNote } from "../../server/notes/teamNote";
import { hoverOver, outlineOf } from "./ask";
import { extension } from "./editor";
import { eventually, expectText } from "./expect";
import { closeAll, run } from "./paste";

const SCHEME = "case-memory";

const trace = `=== pid 311 ===
#0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6
#1  0x00007f299a342969 in stock_ask (item=7) at /build/shop/src/stock.c:2
#2  0x00007f299a33d0ef in checkout_run (cart=0x7f2981ef6088) at /build/shop/src/checkout.c:578
`;

suite("a person in a workspace whose files are on no disk", () => {
  suiteSetup(() => {
    const files = new MemoryFiles({
      "/case/shop.bt": trace,
      "/case/src/stock.c": "int stock_ask(int item) {\n  return ask(item);\n}\n",
      "/case/.backtrace-notes/our-checkout.md": teamNote(FRAMES),
    });
    vscode.workspace.registerFileSystemProvider(SCHEME, files, { isCaseSensitive: true });
  });

  suiteTeardown(closeAll);

  test("is in one", () => {
    const schemes = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.scheme);
    expectText(schemes?.join() ?? "", SCHEME);
  });

  test("reads a backtrace of it", async () => {
    const document = await openTrace();
    expectText(document.languageId, "backtrace");
    const card = await hoverOver(document, "stock_ask");
    expectText(card.split("\n")[0] ?? "", "**`stock_ask`**");
    expectText((await outlineOf(document)).slice(0, 11), "process 311");
  });

  test("finds the source of a frame in it", async () => {
    const lines = await definitionsOfFrame();
    expectText(lines.join(), `${SCHEME}:/case/src/stock.c:2`);
  });

  test("is helped by its notes", async () => {
    await openTrace();
    const ids = await eventually(hypotheses, (found) => found.includes("our-checkout"));
    expectText(ids[0] ?? "", "our-checkout");
  });

  test("has no gdb started", async () => {
    const { uri } = await openTrace();
    const said = await run<string>("answerInGdb", { uri: `${uri}`, command: "bt", pids: [7] });
    expectText(String(/virtual workspace|A browser cannot run gdb/.test(said ?? "")), "true");
  });
});

async function openTrace(): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(inCase("shop.bt"));
  await vscode.window.showTextDocument(document);
  return document;
}

const inCase = (path: string): vscode.Uri => vscode.Uri.parse(`${SCHEME}:/case/${path}`);

/** Where Go to Definition leads from the path of a frame. */
async function definitionsOfFrame(): Promise<string[]> {
  const document = await openTrace();
  const place = document.positionAt(trace.indexOf("stock.c"));
  const links = await eventually(
    () =>
      vscode.commands.executeCommand<vscode.LocationLink[]>(
        "vscode.executeDefinitionProvider",
        document.uri,
        place,
      ),
    ({ length }) => length > 0,
  );
  return links.map(({ targetUri, targetRange }) => `${targetUri}:${targetRange.start.line + 1}`);
}

async function hypotheses(): Promise<string[]> {
  const { views } = extension().exports as {
    views: Record<string, vscode.TreeDataProvider<{ readonly item: vscode.TreeItem }>>;
  };
  const nodes = (await views.hypotheses!.getChildren()) ?? [];
  return nodes.map(({ item }) => item.id ?? "");
}

/** Files that are kept in memory, and nobody writes. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  private readonly files: ReadonlyMap<string, Uint8Array>;

  constructor(texts: Readonly<Record<string, string>>) {
    const encoder = new TextEncoder();
    this.files = new Map(Object.entries(texts).map(([path, text]) => [path, encoder.encode(text)]));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const file = this.files.get(path);
    const type = file ? vscode.FileType.File : vscode.FileType.Directory;
    if (!file && this.names(path).length === 0) throw vscode.FileSystemError.FileNotFound(path);
    return { type, ctime: 0, mtime: 0, size: file?.length ?? 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    return this.names(path).map((name) => [
      name,
      this.stat(vscode.Uri.file(`${path}/${name}`)).type,
    ]);
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const file = this.files.get(path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return file;
  }

  createDirectory = refuse;
  writeFile = refuse;
  delete = refuse;
  rename = refuse;

  private names(folder: string): string[] {
    const start = folder.endsWith("/") ? folder : `${folder}/`;
    const below = [...this.files.keys()].filter((path) => path.startsWith(start));
    return [...new Set(below.map((path) => path.slice(start.length).split("/", 1)[0] as string))];
  }
}

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions("Nothing is written here.");
}
