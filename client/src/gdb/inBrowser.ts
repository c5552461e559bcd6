import * as vscode from "vscode";
import type { GdbCommands } from "./commandNames";

const WHY =
  "A browser cannot run gdb. Open the folder in VS Code on the desktop, or connect to the machine that has the process or the core.";

const explain = async (): Promise<string> => {
  void vscode.window.showInformationMessage(WHY);
  return WHY;
};

/** In the browser the commands about gdb are hidden, and say why where they are called all the same. */
export function gdbInBrowser(): GdbCommands {
  void vscode.commands.executeCommand("setContext", "backtraceReader.inBrowser", true);
  return {
    captureBacktraces: explain,
    runInGdb: explain,
    answerInGdb: explain,
    chooseGdbTarget: explain,
  };
}
