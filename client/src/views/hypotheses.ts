import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { ask } from "../ask";
import type { ActionItem } from "../cases/commands";
import {
  type HypothesisGround,
  type HypothesisItem,
  type HypothesisPlace,
  hypothesesRequest,
} from "../protocol";
import type { TreeNode } from "./view";

const ICONS: Readonly<Record<HypothesisItem["severity"], [icon: string, colour: string]>> = {
  crash: ["flame", "problemsErrorIcon.foreground"],
  hang: ["watch", "problemsErrorIcon.foreground"],
  error: ["error", "problemsErrorIcon.foreground"],
  warning: ["warning", "problemsWarningIcon.foreground"],
  information: ["info", "problemsInfoIcon.foreground"],
};

/** What could be the cause, most likely first; below each what speaks for it, what against it, and what to run next. */
export async function hypothesisNodes(client: BaseLanguageClient): Promise<TreeNode[]> {
  const found = (await ask(client, hypothesesRequest, {})) ?? [];
  return found.map((item) => hypothesisNode(client, item));
}

function hypothesisNode(client: BaseLanguageClient, hypothesis: HypothesisItem): TreeNode {
  const { note, title, confidence, severity, evidence, against, commands } = hypothesis;
  const item = new vscode.TreeItem(
    `${confidence} ${title}`,
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  const [icon, colour] = ICONS[severity];
  item.id = note;
  item.description = note;
  item.tooltip = `${title} (${severity}, ${confidence} sure)`;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  item.contextValue = "hypothesis";
  item.accessibilityInformation = { label: `${confidence} sure, ${severity}: ${title}` };
  item.command = {
    command: "backtraceReader.openCase",
    title: "Open Hypothesis",
    arguments: [note],
  };
  const below = [
    ...evidence.map((ground, i) => groundNode(client, ground, true, `${note} for ${i}`)),
    ...against.map((ground, i) => groundNode(client, ground, false, `${note} against ${i}`)),
    ...commands.map((command, i) => commandNode(note, command, i)),
  ];
  return { item, below: async () => below, note } satisfies TreeNode & ActionItem;
}

/** It leads to the first place that says so; below it are all of them where there are several. */
function groundNode(
  client: BaseLanguageClient,
  { says, places }: HypothesisGround,
  isFor: boolean,
  id: string,
): TreeNode {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(says, places.length > 1 ? Collapsed : None);
  const [first] = places;
  const count = places.length > 1 ? ` and ${places.length - 1} more` : "";
  item.id = id;
  item.description = `${first?.name}${count}`;
  if (first) item.tooltip = first.line;
  item.iconPath = new vscode.ThemeIcon(isFor ? "pass" : "circle-slash");
  item.contextValue = "place";
  item.accessibilityInformation = {
    label: `speaks ${isFor ? "for" : "against"} it: ${says}, ${item.description}`,
  };
  if (first) item.command = reveal(client, first.location);
  const below = places.map((place, i) => placeNode(client, place, `${id} ${i}`));
  return places.length > 1 ? { item, below: async () => below } : { item };
}

function placeNode(
  client: BaseLanguageClient,
  { name, line, location }: HypothesisPlace,
  id: string,
): TreeNode {
  const item = new vscode.TreeItem(name);
  item.id = id;
  item.description = line;
  item.tooltip = line;
  item.accessibilityInformation = { label: `${name}: ${line}` };
  item.command = reveal(client, location);
  return { item };
}

/** Shows a place of a document, and puts the cursor there. */
export function reveal(
  { protocol2CodeConverter }: BaseLanguageClient,
  place: HypothesisPlace["location"],
): vscode.Command {
  const { uri, range } = protocol2CodeConverter.asLocation(place);
  const selection = new vscode.Range(range.start, range.start);
  return { command: "vscode.open", title: "Show", arguments: [uri, { selection }] };
}

function commandNode(
  note: string,
  { run, why }: HypothesisItem["commands"][number],
  index: number,
): TreeNode {
  const item = new vscode.TreeItem(run);
  item.id = `${note} command ${index}`;
  item.description = why;
  item.tooltip = `${run}\n${why}`;
  item.iconPath = new vscode.ThemeIcon("terminal");
  item.contextValue = "command";
  item.accessibilityInformation = { label: `command to run next: ${run}. ${why}` };
  item.command = { command: "backtraceReader.copyCommand", title: "Copy", arguments: [run] };
  return { item, note, run } satisfies TreeNode & ActionItem;
}
