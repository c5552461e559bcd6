import * as vscode from "vscode";
import { isBacktrace } from "../documents";
import { answerInGdb } from "./answerCommand";
import { captureBacktraces } from "./captureCommand";
import type { GdbCommands } from "./commandNames";
import { explain, whyNot } from "./permission";
import { Targets } from "./targets";
import { runInGdb } from "./terminalCommand";
import { Terminals } from "./terminals";

/** The commands that start a gdb, where programs can be started. */
export function gdbCommands(context: vscode.ExtensionContext): GdbCommands {
  const targets = new Targets(context.workspaceState);
  const terminals = new Terminals();
  const onClose = vscode.workspace.onDidCloseTextDocument(({ uri }) => targets.forget(uri));
  context.subscriptions.push(terminals, onClose);
  return {
    captureBacktraces: captureBacktraces(targets),
    runInGdb: runInGdb(targets, terminals),
    answerInGdb: answerInGdb(targets),
    chooseGdbTarget: chooseGdbTarget(targets),
  };
}

/** Asks again which process or core the document is about. */
const chooseGdbTarget = (targets: Targets) => async (): Promise<string | undefined> => {
  const reason = whyNot();
  if (reason !== null) return explain(reason);
  const editor = vscode.window.activeTextEditor;
  if (isBacktrace(editor)) await targets.choose(editor.document);
  return undefined;
};
