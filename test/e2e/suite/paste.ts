import * as vscode from "vscode";
import { eventually } from "./expect";

/** A trace as a mailer wraps it. */
export const wrapped = `#0  0x00007f29a2e54e74 in __lll_lock_wait () from
/lib64/libpthread.so.0
#1  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at
/usr/local/src/php-5.3.3/APC-3.1.4/apc_pthreadmutex.c:72
`;

/** The same as gdb printed it. */
export const unwrapped = `#0  0x00007f29a2e54e74 in __lll_lock_wait () from /lib64/libpthread.so.0
#1  0x00007f299a342969 in apc_pthreadmutex_lock (lock=0x7f2981ef6088) at /usr/local/src/php-5.3.3/APC-3.1.4/apc_pthreadmutex.c:72
`;

/** A new document without a name, with `content` in it and shown. */
export async function openText(language: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** Runs a command of the extension's. */
export const run = <T>(name: string, ...rest: unknown[]): Thenable<T | undefined> =>
  vscode.commands.executeCommand<T | undefined>(`backtraceReader.${name}`, ...rest);

/** Puts the cursor at the beginning of a line, counted from 0. */
export function moveTo(line: number): void {
  const place = new vscode.Position(line, 0);
  vscode.window.activeTextEditor!.selection = new vscode.Selection(place, place);
}

/** Closes what is open, and waits for it: the next text without a name gets the name of the last one. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await eventually(
    async () => vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === "untitled"),
    (left) => left.length === 0,
  );
}
