import * as vscode from "vscode";
import { extension, openBacktraces } from "./editor";
import { eventually, expectText } from "./expect";
import { moveTo, openText, run, unwrapped, wrapped } from "./paste";

suite("a person with a backtrace in the editor", () => {
  test("unwraps it to one line a frame", async () => {
    const document = await openText("backtrace", wrapped);
    await eventually(
      async () => {
        await run("unwrap");
        return document.getText();
      },
      (text) => text !== wrapped,
    );
    expectText(document.getText(), unwrapped);
  });

  test("copies the stack at the cursor, unwrapped", async () => {
    await openText("backtrace", wrapped);
    moveTo(2);
    const copied = await eventually(
      () => run<string>("copyCleanStack"),
      (text) => text !== undefined,
    );
    expectText(copied!.trim(), unwrapped.trim());
    expectText(await vscode.env.clipboard.readText(), copied!);
  });

  test("copies the summary of all stacks as Markdown", async () => {
    await openText("backtrace", wrapped);
    const copied = await eventually(
      () => run<string>("copyGroupSummary"),
      (text) => text !== undefined,
    );
    expectText(
      /`{3,}[^`]*apc_pthreadmutex_lock[^`]*`{3,}/.test(copied!) ? "fenced" : copied!,
      "fenced",
    );
  });

  test("goes from process to process, and around", async () => {
    const document = await openBacktraces();
    moveTo(3);
    const lineAfter = async (command: string) => {
      await run(command);
      return document.lineAt(vscode.window.activeTextEditor!.selection.active).text;
    };
    await eventually(
      () => lineAfter("nextProcess"),
      (line) => line === "=== pid 312 ===",
    );
    expectText(await lineAfter("previousProcess"), "=== pid 311 ===");
    expectText(await lineAfter("previousProcess"), "=== pid 312 ===");
    expectText(await lineAfter("nextProcess"), "=== pid 311 ===");
  });

  test("sees the stacks that are the same in a peek view", async () => {
    const document = await openBacktraces();
    const lenses = await eventually(
      () =>
        vscode.commands.executeCommand<vscode.CodeLens[]>(
          "vscode.executeCodeLensProvider",
          document.uri,
          100,
        ),
      (found) => found.some(isAboutStacks),
    );
    const { command, arguments: where = [] } = lenses.find(isAboutStacks)!.command!;
    await vscode.commands.executeCommand(command, ...where);
    await eventually(
      async () => vscode.window.visibleTextEditors.length,
      (count) => count === 2,
    );
    await vscode.commands.executeCommand("closeReferenceSearch");
  });

  test("sees in the status what the text holds", async () => {
    await openBacktraces();
    const text = await eventually(
      async () => status(),
      (text) => Boolean(text?.includes("process")),
    );
    expectText(text!, "gdb 6.8 · 2 processes · 1 distinct stack");
  });
});

const isAboutStacks = ({ command }: vscode.CodeLens): boolean =>
  command?.command === "backtraceReader.showLocations";

/** What the extension tells about its language status item, which nobody else can read. */
function status(): string | undefined {
  return (extension().exports as { status(): string | undefined } | undefined)?.status();
}
