import * as vscode from "vscode";
import { contents, headOf, isTooLargeForColours, isWanted, KINDS, stopOffering } from "../offer";
import { withoutLinks } from "../withoutLinks";
import { activeUri } from "./commands";
import type { Digests } from "./digests";
import { DIGEST_SCHEME, nameOf, PART_SCHEME } from "./uris";

/** VS Code shows larger files, but tells extensions nothing of their text. */
const LARGEST_SYNCHRONISED = 50 << 20;

/** On another machine, VS Code asks before it shows a file of this size. */
const LARGEST_SHOWN = 10 << 20;

/** As long it may take to show one that is smaller. */
const SHOWING_MS = 3000;

/** Is the file in the active tab one that the editor's help does not reach? For menus. */
const CONTEXT = "backtraceReader.isLarge";

/** Offers a digest of a file that is too large for the editor and looks like something that can be read: once for each. */
export function offerDigests(digests: Digests): vscode.Disposable {
  const asked = new Set<string>();
  const consider = async (): Promise<void> => {
    const uri = activeUri();
    const size = uri && (await largeSize(uri));
    if (uri?.toString() !== activeUri()?.toString()) return;
    void vscode.commands.executeCommand("setContext", CONTEXT, size !== undefined);
    if (!uri || size === undefined || asked.has(uri.toString()) || !isWanted()) return;
    asked.add(uri.toString());
    const what = await look(digests, uri);
    if (what !== null) await offer(digests, uri, what, size);
  };
  void consider();
  return vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabs(consider),
    vscode.window.tabGroups.onDidChangeTabGroups(consider),
    // The document of a tab comes a little later, if it comes at all.
    vscode.window.onDidChangeActiveTextEditor(consider),
  );
}

/** How many bytes it has, if that is too much. */
async function largeSize(uri: vscode.Uri): Promise<number | undefined> {
  if ([DIGEST_SCHEME, PART_SCHEME, "untitled", "output"].includes(uri.scheme)) return undefined;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    const isLarge = size > LARGEST_SYNCHRONISED || (await isNotHelped(uri, size));
    return isLarge ? size : undefined;
  } catch {
    return undefined;
  }
}

/** Does the editor not show it, or show it without colours? */
async function isNotHelped(uri: vscode.Uri, size: number): Promise<boolean> {
  const isLate = size > LARGEST_SHOWN && documentOf(uri) === undefined;
  if (isLate) await new Promise((resolve) => setTimeout(resolve, SHOWING_MS));
  const document = documentOf(uri);
  return document ? isTooLargeForColours(document) : isLate;
}

const documentOf = (uri: vscode.Uri): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());

/** What the file is in a few words, or null where it is nothing of ours. */
async function look(digests: Digests, uri: vscode.Uri) {
  const document = documentOf(uri);
  if (document) return contents(headOf(document));
  const kind = await digests.kind(uri);
  return kind && KINDS[kind];
}

async function offer(digests: Digests, uri: vscode.Uri, what: string, size: number): Promise<void> {
  const [yes, later, never] = ["Open Digest", "Not now", "Don't ask again"] as const;
  const megabytes = Math.round(size / (1 << 20));
  const answer = await vscode.window.showInformationMessage(
    `${withoutLinks(nameOf(uri))} looks like ${what}, but with ${megabytes} MB it is too large for the editor to help with all of it. Open a digest, from which every part can be opened?`,
    yes,
    later,
    never,
  );
  if (answer === yes) await digests.open(uri);
  if (answer === never) await stopOffering();
}
