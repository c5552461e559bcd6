import * as vscode from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { ask } from "./ask";
import { isBacktrace } from "./documents";
import { summaryRequest } from "./protocol";

/** A pause in typing that is long enough to count stacks again. */
const PAUSE_MS = 300;

/** The language status item of backtraces. */
export interface Status extends vscode.Disposable {
  text(): string;
}

/** Keeps a summary such as "gdb 6.8 · 12 processes · 3 distinct stacks" beside the language's name. */
export function showStatus(client: BaseLanguageClient): Status {
  const item = vscode.languages.createLanguageStatusItem("backtraceReader.summary", {
    language: "backtrace",
  });
  item.name = "Backtrace";
  item.command = { command: "backtraceReader.copyGroupSummary", title: "Copy Summary" };
  const refresh = afterPause(() => update(item, client));
  const listeners = vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.workspace.onDidChangeTextDocument(({ document }) => isActive(document) && refresh()),
    // A document that gets this language is closed and opened again.
    vscode.workspace.onDidOpenTextDocument((document) => isActive(document) && refresh()),
    client.onDidChangeState(({ newState }) => newState === State.Running && refresh()),
  );
  refresh();
  return {
    text: () => item.text,
    dispose: () => vscode.Disposable.from(listeners, item).dispose(),
  };
}

async function update(item: vscode.LanguageStatusItem, client: BaseLanguageClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!isBacktrace(editor)) return;
  const { document } = editor;
  const { version } = document;
  item.busy = true;
  const summary = await ask(client, summaryRequest, { uri: document.uri.toString() });
  // A newer change, or another editor, has its own update under way.
  if (!isActive(document) || document.version !== version) return;
  item.busy = false;
  item.text = summary?.status ?? "";
}

const isActive = (document: vscode.TextDocument): boolean =>
  document === vscode.window.activeTextEditor?.document;

function afterPause(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE_MS);
  };
}
