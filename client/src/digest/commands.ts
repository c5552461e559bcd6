import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { ask } from "../ask";
import type { Digests } from "./digests";
import { digestPartsRequest, type LinkedPart } from "./protocol";
import { digestOf, digestUri, nameOf, type PartOf, partLink, partOf, partUri } from "./uris";

/** The commands about files that are too large for the editor. */
export const digestCommands = (client: BaseLanguageClient, digests: Digests) => ({
  openDigest: (given?: vscode.Uri) => openDigest(digests, given),
  showDigest: async (file?: vscode.Uri) => {
    if (file) await showDigest(digests, file);
  },
  openDigestProcess: (given?: vscode.Uri) => openProcess(client, digests, given),
  openPart: async (part?: PartOf) => {
    if (part) await vscode.window.showTextDocument(partUri(part));
  },
});

async function openDigest(digests: Digests, given: vscode.Uri | undefined): Promise<void> {
  const file = fileOf(given) ?? (await chosenFile());
  if (file) await digests.open(file);
}

/** The digest that there is, or else a new one. */
async function showDigest(digests: Digests, file: vscode.Uri): Promise<void> {
  if (digests.digest(file))
    await vscode.window.showTextDocument(digestUri(file), { preview: false });
  else await digests.open(file);
}

/** What is given, or what is in the active editor, even where that cannot show it. */
function fileOf(given: vscode.Uri | undefined): vscode.Uri | undefined {
  const uri = given instanceof vscode.Uri ? given : activeUri();
  if (uri === undefined || uri.scheme === "untitled" || uri.scheme === "output") return undefined;
  return (digestOf(uri) ?? partOf(uri))?.file ?? uri;
}

/** Of the tab: a file that is too large has no editor that an extension can see. */
export function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText ? input.uri : undefined;
}

async function chosenFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({ title: "Open Digest of a File" });
  return chosen?.[0];
}

interface PartItem extends vscode.QuickPickItem {
  readonly part: LinkedPart;
}

/** Has the user choose a process of the digest, or a line by its number. */
async function openProcess(
  client: BaseLanguageClient,
  digests: Digests,
  given: vscode.Uri | undefined,
): Promise<void> {
  const file = fileOf(given);
  if (!file) return;
  if (!digests.digest(file)) await digests.open(file);
  const stamp = digests.digest(file)?.stamp;
  if (!stamp) return;
  const chosen = await choose(`Open a Part of ${nameOf(file)}`, async (text) => {
    const found = await ask(client, digestPartsRequest, { uri: file.toString(), text });
    return (found ?? []).map(({ label, detail, part }) => ({
      label,
      description: detail,
      part,
      alwaysShow: true,
    }));
  });
  if (chosen) await vscode.commands.executeCommand("vscode.open", partLink(file, stamp, chosen));
}

function choose(
  title: string,
  itemsFor: (text: string) => Promise<PartItem[]>,
): Promise<LinkedPart | undefined> {
  const pick = vscode.window.createQuickPick<PartItem>();
  pick.title = title;
  pick.placeholder = "A pid, a program, what it was doing, or the number of a line";
  const refresh = async () => {
    const { value } = pick;
    const items = await itemsFor(value);
    // A newer question is on its way.
    if (pick.value === value) pick.items = items;
  };
  return new Promise((resolve) => {
    pick.onDidChangeValue(refresh);
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.part);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
    void refresh();
  });
}
