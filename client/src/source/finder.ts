import * as vscode from "vscode";
import {
  bestMatches,
  type SourceMap,
  searchGlob,
  sourceCandidates,
} from "../../../server/src/features/sourceMap";
import { findFiles } from "../findFiles";

const MOST_SEARCHED = 200;
const MOST_REMEMBERED = 500;

/**
 * Finds the files of the open folders for the paths that frames name. It sees nothing outside these folders, whatever
 * a log says, and asks only `workspace.fs`, so that it works without a disk too.
 */
export class SourceFinder implements vscode.Disposable {
  readonly #found = new Map<string, Promise<vscode.Uri | undefined>>();
  readonly #listeners: vscode.Disposable;

  constructor() {
    const forget = () => this.#found.clear();
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
      vscode.workspace.onDidChangeConfiguration(forget),
      vscode.workspace.onDidCreateFiles(forget),
      vscode.workspace.onDidDeleteFiles(forget),
      vscode.workspace.onDidRenameFiles(forget),
      // Other programs change files while this window is not looked at.
      vscode.window.onDidChangeWindowState(forget),
    );
  }

  /** The one file that `file` must mean; undefined where none fits, or several fit equally well. */
  find(file: string): Promise<vscode.Uri | undefined> {
    const known = this.#found.get(file);
    if (known) return known;
    if (this.#found.size >= MOST_REMEMBERED) this.#found.clear();
    const found = findSource(file);
    this.#found.set(file, found);
    return found;
  }

  dispose(): void {
    this.#listeners.dispose();
  }
}

async function findSource(file: string): Promise<vscode.Uri | undefined> {
  for (const uri of candidateUris(file)) if (await isFile(uri)) return uri;
  const [only, another] = await similarFiles(file);
  return another ? undefined : only;
}

/** The files whose paths end most like `file`, in the order of the alphabet. */
export async function similarFiles(file: string): Promise<vscode.Uri[]> {
  const glob = searchGlob(file);
  if (glob === null) return [];
  const files = await findFiles(glob, undefined, MOST_SEARCHED);
  const best = bestMatches(
    file,
    files.map(({ path }) => path),
  );
  const similar = files.filter(({ path }) => best.includes(path));
  return similar.sort((one, other) => (one.path < other.path ? -1 : 1));
}

function candidateUris(file: string): vscode.Uri[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const map = vscode.workspace.getConfiguration("backtraceReader").get<SourceMap>("sourceMap", {});
  return folders.flatMap(({ uri }) =>
    sourceCandidates(file, map, [uri.path]).map(({ path }) => uri.with({ path })),
  );
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
