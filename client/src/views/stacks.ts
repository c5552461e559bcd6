import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { ask } from "../ask";
import { type StackItem, type StackPath, stacksRequest } from "../protocol";
import { reveal } from "./hypotheses";
import type { TreeNode } from "./view";

/** The distinct stacks of all open documents, most frequent first; below each its threads, and their frames. */
export const stackNodes = (client: BaseLanguageClient): Promise<TreeNode[]> =>
  itemsBelow(client, { stamp: null, path: [] });

async function itemsBelow(client: BaseLanguageClient, path: StackPath): Promise<TreeNode[]> {
  const found = (await ask(client, stacksRequest, path)) ?? [];
  return found.map((item) => stackNode(client, item, path.path.length));
}

const ICONS = ["layers", "server-process", "symbol-function"] as const;

function stackNode(client: BaseLanguageClient, stack: StackItem, depth: number): TreeNode {
  const { label, detail, location, below } = stack;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, below ? Collapsed : None);
  item.description = detail;
  item.tooltip = `${label}  ${detail}`;
  item.accessibilityInformation = { label: `${label}, ${detail}` };
  const icon = location || below ? ICONS[depth] : "ellipsis";
  if (icon) item.iconPath = new vscode.ThemeIcon(icon);
  if (location) item.command = reveal(client, location);
  return below ? { item, below: () => itemsBelow(client, below) } : { item };
}
