import * as vscode from "vscode";
import { looksLikeBacktrace, looksLikeServerLog } from "../../server/src/read/looksLikeBacktrace";
import { readAsBacktrace } from "./documents";

// What people paste or save without a telling name is plain text, and logs belong to VS Code's own language: neither is
// taken over, the reader only offers itself.
const OFFERED_LANGUAGES: ReadonlySet<string> = new Set(["plaintext", "log"]);

/** The output panel shows documents too, but nobody can change how they are read. */
const isOffered = ({ languageId, uri }: vscode.TextDocument): boolean =>
  OFFERED_LANGUAGES.has(languageId) && uri.scheme !== "output";

const FIRST_LINES = 200;
const LONGEST_LINE = 1000;

/** Offers to read plain text that looks like a backtrace, once for each time it is open. */
export function offerToRead(): vscode.Disposable {
  const asked = new WeakSet<vscode.TextDocument>();
  const consider = (document: vscode.TextDocument | undefined) => {
    if (!document || asked.has(document) || !isOffered(document) || !isWanted()) return;
    // Of such a text, a digest is offered.
    if (isTooLargeForColours(document)) return;
    const what = contents(headOf(document));
    if (what === null) return;
    asked.add(document);
    void offer(document, what);
  };
  consider(vscode.window.activeTextEditor?.document);
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor((editor) => consider(editor?.document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const isShown = document === vscode.window.activeTextEditor?.document;
      if (isShown && contentChanges.some(isPaste)) consider(document);
    }),
  );
}

/** What the beginning of a text is in a few words, or null where it is nothing of ours. */
export function contents(text: string): string | null {
  if (looksLikeBacktrace(text)) return KINDS.backtrace;
  return looksLikeServerLog(text) ? KINDS.log : null;
}

/** What is offered, in a few words. */
export const KINDS = {
  backtrace: "a gdb backtrace",
  log: "a log that Backtrace Reader can explain",
} as const;

/** Typing is not looked at: it comes a character or a line break at a time. */
const isPaste = ({ text }: vscode.TextDocumentContentChangeEvent): boolean =>
  text.trim().includes("\n");

/** The first lines of a document. */
export function headOf(document: vscode.TextDocument): string {
  const count = Math.min(document.lineCount, FIRST_LINES);
  const lines = Array.from({ length: count }, (_, i) => document.lineAt(i).text);
  return lines.map((line) => line.slice(0, LONGEST_LINE)).join("\n");
}

const settings = (): vscode.WorkspaceConfiguration =>
  vscode.workspace.getConfiguration("backtraceReader");

/** Does the user want to be offered anything? */
export const isWanted = (): boolean => settings().get("offerToRead", true);

async function offer(document: vscode.TextDocument, what: string): Promise<void> {
  const [yes, later, never] = ["Read as backtrace", "Not now", "Don't ask again"] as const;
  const answer = await vscode.window.showInformationMessage(
    `This looks like ${what}. Read it as one?`,
    yes,
    later,
    never,
  );
  if (answer === yes) await readAsBacktrace(document);
  if (answer === never) await stopOffering();
}

/** From now on the user decides without being asked. */
export async function stopOffering(): Promise<void> {
  await settings().update("offerToRead", false, vscode.ConfigurationTarget.Global);
}

// VS Code's own limits: no colours, no folding, no outline beyond them.
const LONGEST_COLOURED = 20 << 20;
const MOST_LINES_COLOURED = 300_000;

/** Is the text so large that VS Code itself does less with it? */
export function isTooLargeForColours(document: vscode.TextDocument): boolean {
  const { lineCount } = document;
  if (lineCount > MOST_LINES_COLOURED) return true;
  return document.offsetAt(document.lineAt(lineCount - 1).range.end) >= LONGEST_COLOURED;
}
