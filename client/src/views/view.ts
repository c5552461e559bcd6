import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { hypothesesChanged } from "../protocol";

/** An item of a view. */
export interface TreeNode {
  readonly item: vscode.TreeItem;
  readonly below?: () => Promise<readonly TreeNode[]>;
  /** For the commands in the item's menu. */
  readonly note?: string;
  readonly run?: string;
}

/** A view whose items the server gives, anew when the texts have changed. */
export class View implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #top: (client: BaseLanguageClient) => Promise<readonly TreeNode[]>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #registered: vscode.Disposable;

  constructor(
    id: string,
    client: BaseLanguageClient,
    top: (client: BaseLanguageClient) => Promise<readonly TreeNode[]>,
  ) {
    this.#client = client;
    this.#top = top;
    this.#registered = vscode.Disposable.from(
      this.#changed,
      vscode.window.registerTreeDataProvider(id, this),
      client.onNotification(hypothesesChanged, () => this.#changed.fire(undefined)),
    );
  }

  getTreeItem({ item }: TreeNode): vscode.TreeItem {
    return item;
  }

  /** Nothing is asked before the server runs: a view that is shown should not be what starts it. */
  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!this.#client.isRunning()) return [];
    return [...((await (node ? node.below?.() : this.#top(this.#client))) ?? [])];
  }

  dispose(): void {
    this.#registered.dispose();
  }
}

/** Tells the views' texts for the time when they are empty whether there is anything to look at. */
export function followReading(): vscode.Disposable {
  const tell = () => {
    const isReading = vscode.workspace.textDocuments.some(
      ({ languageId }) => languageId === "backtrace",
    );
    void vscode.commands.executeCommand("setContext", "backtraceReader.isReading", isReading);
  };
  tell();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(tell),
    vscode.workspace.onDidCloseTextDocument(tell),
  );
}
