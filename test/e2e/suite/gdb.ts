import * as vscode from "vscode";
import { inDeadlock, isStopped, isTraced, until, Workbench } from "../../client/gdb/programs";
import { outlineOf } from "./ask";
import { extension } from "./editor";
import { eventually, expectText } from "./expect";
import { openText, run } from "./paste";

suite("a person with a gdb and a program that hangs", () => {
  let bench: Workbench;
  let pid: number;

  suiteSetup(async () => {
    bench = new Workbench(extension().extensionPath);
    pid = bench.start(bench.build("deadlock")).pid;
    await inDeadlock(pid);
  });
  suiteTeardown(() => bench.clear());

  test("captures the backtraces of the process into a new text, which is read", async () => {
    const document = await captured();
    expectText(document.languageId, "backtrace");
    expectText(document.uri.toString().replace(/-\d+/, ""), "untitled:backtraces.save");
    expectText(document.lineAt(0).text, `=== pid ${pid} ===`);
    expectText((await outlineOf(document)).split(" 2 threads")[0] ?? "", `process ${pid}`);
    expectText(String(document.getText().split(" in take_both ").length), "3");
  });

  test("asks gdb who holds the lock, and has the answer behind the text; undo takes it back", async () => {
    const document = await captured();
    const before = document.getText();
    const command = "p lock_a.__data.__owner";
    await answer(document, command);
    const [asked, owner, prompt] = document.getText().slice(before.length).split("\n");
    expectText(asked ?? "", `(gdb) ${command}`);
    expectText(prompt ?? "", "(gdb) ");
    const lwp = /^\$1 = (\d+)$/.exec(owner ?? "")?.[1];
    expectText(String(lwp !== undefined && before.includes(`(LWP ${lwp})`)), "true");
    await vscode.commands.executeCommand("undo");
    expectText(document.getText(), before);
  });

  test("uses the prompt that the answer before has left, in the frame that is meant", async () => {
    const document = await captured();
    await answer(document, "info symbol main");
    await answer(document, "p amount", ["thread 2", "frame function take_both"]);
    const commands = document.getText().match(/^\(gdb\) .*$/gm) ?? [];
    expectText(
      commands.join("\n"),
      "(gdb) info symbol main\n(gdb) thread 2\n(gdb) frame function take_both\n(gdb) p amount\n(gdb) ",
    );
    expectText(String(/^\$1 = [12]$/m.test(document.getText())), "true");
  });

  test("cannot be made to leave gdb, nor to send two lines", async () => {
    const document = await captured();
    const uri = document.uri.toString();
    const before = document.getText();
    for (const command of ["answerInGdb", "runInGdb"]) {
      for (const evil of ["shell id", "thread apply all !id", "bt\nshell id", 'p $_shell("id")']) {
        const why = await run<string>(command, { uri, command: evil });
        expectText(String(why !== undefined), "true");
        const prepared = { uri, command: "bt", before: [evil] };
        expectText(String((await run<string>(command, prepared)) !== undefined), "true");
      }
    }
    expectText(document.getText(), before);
    expectText(String(vscode.window.terminals.length), "0");
  });

  test("is told why a process cannot be captured, and gets no empty text", async () => {
    const { uri } = await openText("plaintext", "mine");
    const why = await run<string>("captureBacktraces", { pids: [2 ** 22 + 1], full: false });
    expectText(why ?? "", `Process ${2 ** 22 + 1} has ended. Choose another, or its core file.`);
    expectText(vscode.window.activeTextEditor!.document.uri.toString(), uri.toString());
  });

  test("captures a core with its program", async () => {
    const executable = `${bench.folder}/deadlock`;
    const core = bench.coreOf(pid);
    const why = await run<string>("captureBacktraces", { core, executable, full: true });
    expectText(why ?? "", "");
    const text = vscode.window.activeTextEditor!.document.getText();
    expectText(String(text.includes("one = 1")), "true");
  });

  test("runs a command in a gdb that stays, in a terminal", async () => {
    const document = await captured();
    const uri = document.uri.toString();
    expectText((await run<string>("runInGdb", { uri, command: "bt" })) ?? "", "");
    await until("gdb to hold the process", () => isTraced(pid));
    expectText(
      vscode.window.terminals.map(({ name }) => name).join(),
      `gdb process ${pid} (deadlock)`,
    );
    // What is typed into a terminal cannot be read here, but what it does to the process can be seen.
    await run("runInGdb", { uri, command: "detach" });
    await until("gdb to let it go", () => !isTraced(pid) && !isStopped(pid));
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await eventually(
      async () => vscode.window.terminals.length,
      (count) => count === 0,
    );
  });

  async function captured(): Promise<vscode.TextDocument> {
    expectText((await run<string>("captureBacktraces", { pids: [pid], full: false })) ?? "", "");
    return vscode.window.activeTextEditor!.document;
  }

  async function answer(
    document: vscode.TextDocument,
    command: string,
    before: readonly string[] = [],
  ): Promise<void> {
    const why = await run<string>("answerInGdb", { uri: document.uri.toString(), command, before });
    expectText(why ?? "", "");
  }
});
