import { execFileSync } from "node:child_process";
import * as vscode from "vscode";
import { hoverOver, lensesOf, outlineOf } from "./ask";
import { extension, openBacktraces } from "./editor";
import { eventually, expectText } from "./expect";
import { closeAll, openText } from "./paste";

const stack = `#0  0x00007f29a2e54e74 in poll () from /lib64/libc.so.6
#1  0x00007f299a342969 in stock_ask (item=7) at src/stock.c:72
`;

/** So many in three minutes, and the client asks the user to look at the log. */
const MOST_CRASHES = 5;

suite("a server that crashes", () => {
  suiteTeardown(closeAll);

  test("is started again, and the documents come back as they stand", async () => {
    const saved = await openBacktraces();
    const typed = await openText("backtrace", stack);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(typed.uri, new vscode.Position(2, 0), "#2  0x01 in checkout_run () at c.c:3\n");
    await vscode.workspace.applyEdit(edit);
    await hoverOver(typed, "checkout_run");
    const first = await server();

    process.kill(first, "SIGKILL");

    const second = await server((pid) => pid !== first);
    expectText(String(second !== first), "true");
    expectText(title(await hoverOver(typed, "checkout_run")), "**`checkout_run`**");
    expectText(title(await hoverOver(saved, "identifier_len")), "**`identifier_len = 25`**");
    expectText((await outlineOf(saved)).slice(0, 11), "process 311");
    expectText(String((await lensesOf(saved)).length > 0), "true");
    const status = await eventually(
      async () => (extension().exports as { status(): string | undefined }).status() ?? "",
      (text) => text !== "",
    );
    expectText(status, "1 process · 1 distinct stack");
    expectText(typed.getText().split("\n")[2] ?? "", "#2  0x01 in checkout_run () at c.c:3");
  });

  test("again and again is left alone, until there is something new to read", async () => {
    const saved = await openBacktraces();
    // The first crash was that of the test above.
    for (let crashes = 2; crashes <= MOST_CRASHES; crashes++) {
      await hoverOver(saved, "identifier_len");
      const pid = await server();
      process.kill(pid, "SIGKILL");
      await eventually(
        async () => serversRunning(),
        (pids) => !pids.includes(pid),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expectText(serversRunning().join(), "");

    const later = await openText("backtrace", stack.replace("stock_ask", "stock_tell"));
    expectText(title(await hoverOver(later, "stock_tell")), "**`stock_tell`**");
    expectText(title(await hoverOver(saved, "identifier_len")), "**`identifier_len = 25`**");
  });
});

const title = (card: string): string => card.split("\n")[0] ?? "";

/** The language server's process, once there is one that will do. */
async function server(isRight: (pid: number) => boolean = () => true): Promise<number> {
  const pids = await eventually(
    async () => serversRunning().filter(isRight),
    ({ length }) => length === 1,
  );
  return pids[0] as number;
}

/** The servers that this extension host has started. */
const serversRunning = (): number[] =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^ *(\d+) +(\d+) +(\S+) (.*)$/.exec(line) ?? [])
    .filter(([, , parent, state, args]) => {
      const isOurs = Number(parent) === process.pid && !state?.startsWith("Z");
      return isOurs && args?.includes("dist/server.js");
    })
    .map(([, pid]) => Number(pid));
