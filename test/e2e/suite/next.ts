import * as vscode from "vscode";
import { eventually, expectText } from "./expect";
import { moveTo, openText, run } from "./paste";

const waiting = `Attaching to process 311
#0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
#1  0x00007f29a2e502e0 in pthread_mutex_lock () from /lib64/libpthread.so.0
#2  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at apc_pthreadmutex.c:72
#3  0x00007f299a33d0ef in apc_cache_find_slot (cache=0x7f29a4f3ce30, t=1290456278) at apc_cache.c:578
#4  0x00007f299a342005 in my_compile_file (h=0x7fff14967f40, type=8) at apc_main.c:547
`;

const OWNER = "p ((pthread_mutex_t *)0x7f2981ef6088)->__data.__owner";

suite("a person who asks what to type next", () => {
  test("gets the decisive command at the prompt, filled in", async () => {
    const document = await openText("backtrace", `${waiting}(gdb) `);
    const end = document.lineAt(document.lineCount - 1).range.end;
    const offered = await eventually(
      () => offeredAt(document.uri, end),
      (labels) => labels[0] === OWNER,
    );
    expectText(offered.includes("backtrace") ? "backtrace" : offered.join("\n"), "backtrace");
  });

  test("copies commands, and a script that asks them all", async () => {
    await openText("backtrace", waiting);
    moveTo(3);
    const answered = (text: string | undefined) => text?.includes(OWNER) === true;
    const commands = await eventually(() => run<string>("copyNext"), answered);
    expectText(commands!.split("\n")[0]!, OWNER);
    const script = await eventually(() => run<string>("copyGdbScript"), answered);
    expectText(script!.split("\n")[0]!, "set pagination off");
    expectText(await vscode.env.clipboard.readText(), script!);
  });
});

/** The labels of what is offered at a place, in the order in which they are shown. */
async function offeredAt(uri: vscode.Uri, at: vscode.Position): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    uri,
    at,
  );
  const order = ({ sortText = "" }: vscode.CompletionItem) => sortText;
  return items
    .sort((one, other) => (order(one) < order(other) ? -1 : 1))
    .map(({ label }) => (typeof label === "string" ? label : label.label));
}
