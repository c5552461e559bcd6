import * as vscode from "vscode";
import { gdbProgram } from "./permission";
import { targetArguments, targetLabel } from "./target";
import type { Targets } from "./targets";

/** The terminals in which a gdb waits, one a document. */
export class Terminals implements vscode.Disposable {
  private readonly chosen = new Map<string, vscode.Terminal>();
  /** What runs in terminals whose shell tells; null where it waits for a command itself. */
  private readonly running = new Map<vscode.Terminal, string | null>();
  private readonly listeners: vscode.Disposable;

  constructor() {
    this.listeners = vscode.Disposable.from(
      vscode.window.onDidCloseTerminal((terminal) => this.forget(terminal)),
      vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) =>
        this.running.set(terminal, execution.commandLine.value),
      ),
      vscode.window.onDidEndTerminalShellExecution(({ terminal }) =>
        this.running.set(terminal, null),
      ),
    );
  }

  /** The document's terminal; asked for where there is none yet. Undefined where the user gives up. */
  async ofDocument(
    document: vscode.TextDocument,
    targets: Targets,
  ): Promise<vscode.Terminal | undefined> {
    const name = document.uri.toString();
    const known = this.chosen.get(name);
    if (known && known.exitStatus === undefined && !this.isIdle(known)) return known;
    const terminal = await this.choose(document, targets);
    if (terminal) this.chosen.set(name, terminal);
    return terminal;
  }

  /** In a shell that waits, the command would be one of the shell's. */
  private isIdle(terminal: vscode.Terminal): boolean {
    return this.running.get(terminal) === null;
  }

  private async choose(
    document: vscode.TextDocument,
    targets: Targets,
  ): Promise<vscode.Terminal | undefined> {
    const start = { label: "$(add) Start gdb in a new terminal", terminal: undefined };
    const open = vscode.window.terminals
      .filter((terminal) => terminal.exitStatus === undefined && !this.isIdle(terminal))
      .map((terminal) => ({
        label: terminal.name,
        description: this.running.get(terminal) ?? "",
        detail: "Only where gdb waits at its prompt",
        terminal,
      }));
    if (open.length === 0) return startGdb(document, targets);
    const title = "In which terminal does gdb wait?";
    const answer = await vscode.window.showQuickPick([start, ...open], { title });
    return answer === start ? startGdb(document, targets) : answer?.terminal;
  }

  private forget(terminal: vscode.Terminal): void {
    this.running.delete(terminal);
    for (const [name, chosen] of this.chosen) if (chosen === terminal) this.chosen.delete(name);
  }

  dispose(): void {
    this.listeners.dispose();
  }
}

async function startGdb(
  document: vscode.TextDocument,
  targets: Targets,
): Promise<vscode.Terminal | undefined> {
  const target = await targets.ofDocument(document);
  if (!target) return undefined;
  return vscode.window.createTerminal({
    name: `gdb ${targetLabel(target)}`,
    shellPath: gdbProgram(),
    // A command that is sent while gdb asks for the next screen page would be taken for the answer.
    shellArgs: ["-q", "-iex", "set pagination off", ...targetArguments(target)],
    iconPath: new vscode.ThemeIcon("debug-console"),
  });
}
