import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { ask } from "../ask";
import { contents, headOf, isTooLargeForColours, isWanted, stopOffering } from "../offer";
import { activeUri } from "./commands";
import type { Digests } from "./digests";
import { fileHeadRequest } from "./protocol";
import { DIGEST_SCHEME, nameOf, PART_SCHEME } from "./uris";

/** VS Code shows larger files, but tells extensions nothing of their text. */
const LARGEST_SYNCHRONISED = 50 << 20;

/** Is the file in the active tab one that the editor's help does not reach? For menus. */
const CONTEXT = "backtraceReader.isLarge";

/** Offers a digest of a file that is too large for the editor and looks like something that can be read: once for each. */
export function offerDigests(
  client: BaseLanguageClient,
  digests: Digests,
  readsDisk: boolean,
): vscode.Disposable {
  const asked = new Set<string>();
  const consider = async (): Promise<void> => {
    const uri = activeUri();
    const size = uri && (await largeSize(uri));
    if (uri?.toString() !== activeUri()?.toString()) return;
    void vscode.commands.executeCommand("setContext", CONTEXT, size !== undefined);
    if (!uri || size === undefined || asked.has(uri.toString()) || !isWanted()) return;
    asked.add(uri.toString());
    const what = contents(await beginning(client, digests, uri, readsDisk));
    if (what !== null) await offer(digests, uri, what, size);
  };
  void consider();
  return vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabs(consider),
    vscode.window.tabGroups.onDidChangeTabGroups(consider),
  );
}

/** How many bytes it has, if that is too much. */
async function largeSize(uri: vscode.Uri): Promise<number | undefined> {
  if ([DIGEST_SCHEME, PART_SCHEME, "untitled", "output"].includes(uri.scheme)) return undefined;
  const document = documentOf(uri);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    const isLarge = document ? isTooLargeForColours(document) : size > LARGEST_SYNCHRONISED;
    return isLarge ? size : undefined;
  } catch {
    return undefined;
  }
}

const documentOf = (uri: vscode.Uri): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());

async function beginning(
  client: BaseLanguageClient,
  digests: Digests,
  uri: vscode.Uri,
  readsDisk: boolean,
): Promise<string> {
  const document = documentOf(uri);
  if (document) return headOf(document);
  if (!readsDisk || uri.scheme !== "file") {
    const answer = await digests.texts.text(uri, 0);
    digests.texts.forget();
    return "text" in answer ? answer.text.slice(0, HEAD) : "";
  }
  if (client.needsStart()) await client.start();
  const answer = await ask(client, fileHeadRequest, { uri: uri.toString() });
  return answer && "text" in answer ? answer.text : "";
}

/** As much tells what a file is. */
const HEAD = 64 << 10;

async function offer(digests: Digests, uri: vscode.Uri, what: string, size: number): Promise<void> {
  const [yes, later, never] = ["Open Digest", "Not now", "Don't ask again"] as const;
  const megabytes = Math.round(size / (1 << 20));
  const answer = await vscode.window.showInformationMessage(
    `${nameOf(uri)} looks like ${what}, but with ${megabytes} MB it is too large for the editor to help with all of it. Open a digest, from which every part can be opened?`,
    yes,
    later,
    never,
  );
  if (answer === yes) await digests.open(uri);
  if (answer === never) await stopOffering();
}
