import * as vscode from "vscode";
import { type Captured, capture } from "./capture";
import type { CaptureRequest } from "./commandNames";
import { explain, gdbProgram, whyNot } from "./permission";
import { pickTargets } from "./pick";
import { processOf, ptraceScope } from "./processes";
import { gdbRunner } from "./run";
import type { Target } from "./target";
import type { Targets } from "./targets";
import type { Trouble } from "./trouble";
import { withProgress } from "./withProgress";

/** Captures backtraces and opens them as a new document. Answers the sentence that says why nothing was captured. */
export const captureBacktraces =
  (targets: Targets) =>
  async (request: CaptureRequest = {}): Promise<string | undefined> => {
    const reason = whyNot();
    if (reason !== null) return explain(reason);
    const text = vscode.window.activeTextEditor?.document.getText() ?? "";
    const chosen = requested(request) ?? (await pickTargets(text));
    const full = chosen && (request.full ?? (await pickDepth()));
    if (!chosen || full === undefined) return undefined;
    const result = await captureWithProgress(chosen, full);
    if (result.text !== "") await openCaptured(result, targets);
    const told = troublesText(result.troubles);
    return told === "" ? undefined : explain(told);
  };

function requested({ pids, core, executable }: CaptureRequest): Target[] | undefined {
  if (typeof core === "string") return [{ kind: "core", core, executable: executable ?? null }];
  if (!Array.isArray(pids)) return undefined;
  return pids
    .map(Number)
    .filter((pid) => Number.isSafeInteger(pid) && pid > 0)
    .map((pid) => processOf(pid) ?? { kind: "process", pid, name: null, started: "never" });
}

async function pickDepth(): Promise<boolean | undefined> {
  const plain = { label: "Stacks", detail: "bt: small and quick", full: false };
  const full = { label: "Stacks with local variables", detail: "bt full: more to see", full: true };
  const answer = await vscode.window.showQuickPick([plain, full], { title: "How much of them?" });
  return answer?.full;
}

function captureWithProgress(targets: readonly Target[], full: boolean): Thenable<Captured> {
  return withProgress("Capturing backtraces", (report, stop) =>
    capture(targets, {
      run: gdbRunner(gdbProgram()),
      machine: { ptraceScope },
      stop,
      full,
      progress: (label, done, all) =>
        report(`${label}, ${done + 1} of ${all}`, done > 0 ? 1 / all : 0),
    }),
  );
}

async function openCaptured({ text, captured }: Captured, targets: Targets): Promise<void> {
  const uri = freeName();
  const empty = await vscode.workspace.openTextDocument(uri);
  const document = await vscode.languages.setTextDocumentLanguage(empty, "backtrace");
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  const [only, ...others] = captured;
  if (only && others.length === 0) await targets.remember(document.uri, only);
  await vscode.window.showTextDocument(document);
}

/** A name like that of the files in which scripts collect backtraces, not taken by another unsaved text. */
function freeName(): vscode.Uri {
  const taken = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  for (let count = 1; ; count++) {
    const path = count === 1 ? "backtraces.save" : `backtraces-${count}.save`;
    const uri = vscode.Uri.from({ scheme: "untitled", path });
    if (!taken.has(uri.toString())) return uri;
  }
}

/** A message has no room for more. */
const MOST_TOLD = 3;

function troublesText(troubles: readonly Trouble[]): string {
  const told = [...new Set(troubles.map(({ message }) => message))];
  const rest = told.length - MOST_TOLD;
  return [...told.slice(0, MOST_TOLD), ...(rest > 0 ? [`And ${rest} more.`] : [])].join(" ");
}
