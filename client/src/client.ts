import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { type BacktraceReader, start } from "./extension";
import { gdbCommands } from "./gdb/commands";

export { deactivate } from "./extension";

/** On the desktop and on remote machines the language server is a process of its own. */
export function activate(context: ExtensionContext): BacktraceReader {
  const module = context.asAbsolutePath("dist/server.js");
  return start(
    context,
    (options) =>
      new LanguageClient(
        "backtraceReader",
        "Backtrace Reader",
        { module, transport: TransportKind.ipc },
        options,
      ),
    gdbCommands(context),
  );
}
