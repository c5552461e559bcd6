import * as vscode from "vscode";
import { eventually, expectText } from "./expect";
import { moveTo, openText, run, wrapped } from "./paste";

const apc = "/usr/local/src/php-5.3.3/APC-3.1.4";
const lines = "// a line\n".repeat(100);

suite("a person who looks for the source of a frame", () => {
  suiteSetup(async () => {
    await write("sources/APC-3.1.4/apc_cache.c");
    await write("sources/APC-3.1.4/apc_pthreadmutex.c");
    await write("sources/old/apc_sma.c");
    await write("sources/old/apc_shm.c");
    await write("sources/new/apc_sma.c");
    await write("sources/new/apc_shm.c");
  });

  suiteTeardown(async () => {
    await settings().update("sourceMap", undefined, vscode.ConfigurationTarget.Workspace);
    await remove("sources");
    await remove(".vscode");
  });

  test("gets the file of the workspace whose path ends alike, at its line", async () => {
    await run("locateSource", { file: `${apc}/apc_cache.c`, line: 3 });
    expectText(shown(), "sources/APC-3.1.4/apc_cache.c:3");
  });

  test("goes from the frame at the cursor to its source line", async () => {
    await openText("backtrace", wrapped);
    moveTo(3);
    await eventually(
      async () => {
        await run("locateSource");
        return shown();
      },
      (place) => place === "sources/APC-3.1.4/apc_pthreadmutex.c:72",
    );
  });

  test("finds the same line as the definition of the frame's path", async () => {
    const { uri } = await openText("backtrace", wrapped);
    const links = await eventually(
      () =>
        vscode.commands.executeCommand<vscode.LocationLink[]>(
          "vscode.executeDefinitionProvider",
          uri,
          new vscode.Position(3, 30),
        ),
      ({ length }) => length > 0,
    );
    const places = links.map(
      ({ targetUri, targetRange }) =>
        `${vscode.workspace.asRelativePath(targetUri)}:${targetRange.start.line + 1}`,
    );
    expectText(places.join(), "sources/APC-3.1.4/apc_pthreadmutex.c:72");
  });

  test("is asked where two files fit", async () => {
    const opened = run("locateSource", { file: "/build/apc/apc_sma.c", line: 2 });
    await answerFirst(opened);
    expectText(shown(), "sources/new/apc_sma.c:2");
  });

  test("is not asked again for files of the same tree", async () => {
    await run("locateSource", { file: "/build/apc/apc_shm.c", line: 1 });
    expectText(shown(), "sources/new/apc_shm.c:1");
    expectText(JSON.stringify(settings().get("sourceMap")), '{"/build/apc":"sources/new"}');
  });

  test("never sees a file outside of the folder, whatever the log says", async () => {
    const before = shown();
    const opened = run("locateSource", { file: "sources/../../activation.ts", line: 1 });
    await answer("workbench.action.closeQuickOpen", opened);
    expectText(shown(), before);
  });
});

const settings = () => vscode.workspace.getConfiguration("backtraceReader");

function inWorkspace(path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, path);
}

const write = (path: string) =>
  vscode.workspace.fs.writeFile(inWorkspace(path), new TextEncoder().encode(lines));

const remove = (path: string) => vscode.workspace.fs.delete(inWorkspace(path), { recursive: true });

/** The file and line where the cursor is. */
function shown(): string {
  const { document, selection } = vscode.window.activeTextEditor!;
  return `${vscode.workspace.asRelativePath(document.uri)}:${selection.active.line + 1}`;
}

const answerFirst = (asked: Thenable<unknown>) =>
  answer("workbench.action.acceptSelectedQuickOpenItem", asked);

/** Answers the question that keeps a command waiting, as soon as it is on the screen. */
async function answer(command: string, asked: Thenable<unknown>): Promise<void> {
  let isAnswered = false;
  const done = Promise.resolve(asked).finally(() => {
    isAnswered = true;
  });
  await eventually(
    async () => {
      await vscode.commands.executeCommand(command);
      return isAnswered;
    },
    (answered) => answered,
  );
  await done;
}
