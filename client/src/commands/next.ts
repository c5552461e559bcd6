import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { ask } from "../ask";
import { isBacktrace } from "../documents";
import type { GdbCommands } from "../gdb/commandNames";
import { type NextCommand, type NextCommands, nextRequest } from "../protocol";

/** Shows what to type next at the cursor; a chosen command is copied, or given to gdb by its buttons. */
export const showNext = (client: BaseLanguageClient, gdb: GdbCommands) => async () => {
  const next = await nextHere(client);
  if (!next) return undefined;
  const uri = activeUri();
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = "What to type next";
  pick.placeholder = "Enter copies the command";
  pick.matchOnDetail = true;
  pick.items = next.commands.map(toItem);
  pick.onDidAccept(() => {
    void copied(pick.selectedItems[0]?.command.run, "Copied the command.");
    pick.hide();
  });
  pick.onDidTriggerItemButton(({ item, button }) => {
    const request = { uri, command: item.command.run };
    void (button === RUN ? gdb.runInGdb(request) : gdb.answerInGdb(request));
    pick.hide();
  });
  pick.onDidHide(() => pick.dispose());
  pick.show();
  return next.commands.map(({ run }) => run);
};

interface Item extends vscode.QuickPickItem {
  readonly command: NextCommand;
}

const RUN = { iconPath: new vscode.ThemeIcon("terminal"), tooltip: "Run in gdb" };
const ANSWER = { iconPath: new vscode.ThemeIcon("insert"), tooltip: "Append gdb's answer" };

/** A command with a value that is not known yet cannot be run as it stands. */
function toItem(command: NextCommand): Item {
  const { run, where, why, because, missing } = command;
  const isRunnable = where === "gdb" && missing.length === 0 && vscode.workspace.isTrusted;
  return {
    command,
    label: `${where === "gdb" ? "(gdb)" : "$"} ${run}`,
    description: missing.length > 0 ? `put in: ${missing.join(", ")}` : "",
    detail: `${why} – ${because}`,
    buttons: isRunnable && vscode.env.uiKind === vscode.UIKind.Desktop ? [RUN, ANSWER] : [],
  };
}

/** Copies the next commands at the cursor, one a line. Answers what was copied. */
export async function copyNext(client: BaseLanguageClient): Promise<string | undefined> {
  const next = await nextHere(client);
  const lines = next?.commands.map(({ run }) => run).join("\n");
  return next && copied(lines, "Copied the next commands.");
}

/** Copies a file for `gdb -x` that asks everything that is open. Answers what was copied. */
export async function copyGdbScript(client: BaseLanguageClient): Promise<string | undefined> {
  const next = await nextHere(client);
  return next && copied(next.script, "Copied a script for gdb -x.");
}

/** Copies a shell loop that saves the stacks of all processes of the program. Answers what was copied. */
export async function copyShellLoop(client: BaseLanguageClient): Promise<string | undefined> {
  const next = await nextHere(client);
  return next && copied(next.loop, "Copied a loop for the shell.");
}

const activeUri = (): string => vscode.window.activeTextEditor?.document.uri.toString() ?? "";

async function nextHere(client: BaseLanguageClient): Promise<NextCommands | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!isBacktrace(editor)) return undefined;
  const { line, character } = editor.selection.active;
  const position = { line, character };
  const next = await ask(client, nextRequest, { uri: editor.document.uri.toString(), position });
  return next ?? undefined;
}

async function copied(text: string | null | undefined, done: string): Promise<string | undefined> {
  vscode.window.setStatusBarMessage(text ? done : "There is nothing to ask here.", 4000);
  if (!text) return undefined;
  await vscode.env.clipboard.writeText(text);
  return text;
}
