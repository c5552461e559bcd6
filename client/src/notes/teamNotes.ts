import * as vscode from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { teamNotesNotification } from "../protocol";
import { collectNotes } from "./collect";
import {
  configuredFolders,
  FOLDERS_SETTING,
  homeOf,
  NOTES_PATTERN,
  workspaceFolders,
} from "./folders";

/** Saving many files at once is one change. */
const PAUSE_MS = 150;

/** Tells the server of the notes of the workspace and of the folders in the settings, as they are saved. */
export class TeamNotes implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #registered: vscode.Disposable;
  #watchers: vscode.Disposable = vscode.Disposable.from();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    const { workspace } = vscode;
    const soon = () => this.#soon();
    const ifNotes = (uris: readonly vscode.Uri[]) => {
      if (uris.some(mayHoldNotes)) this.#soon();
    };
    this.#registered = vscode.Disposable.from(
      client.onDidChangeState(({ newState }) => newState === State.Running && this.#soon()),
      workspace.onDidGrantWorkspaceTrust(soon),
      workspace.onDidChangeWorkspaceFolders(soon),
      workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration(FOLDERS_SETTING)) return;
        this.#watch();
        this.#soon();
      }),
      // A watcher does not see every file system.
      workspace.onDidSaveTextDocument(({ uri }) => ifNotes([uri])),
      workspace.onDidCreateFiles(({ files }) => ifNotes(files)),
      workspace.onDidDeleteFiles(({ files }) => ifNotes(files)),
      workspace.onDidRenameFiles(({ files }) =>
        ifNotes(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
      ),
    );
    this.#watch();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#round++;
    this.#watchers.dispose();
    this.#registered.dispose();
  }

  #watch(): void {
    this.#watchers.dispose();
    const elsewhere = configuredFolders().map(({ uri }) => new vscode.RelativePattern(uri, "*.md"));
    const watchers = [NOTES_PATTERN, ...elsewhere].map((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const soon = () => this.#soon();
      watcher.onDidChange(soon);
      watcher.onDidCreate(soon);
      watcher.onDidDelete(soon);
      return watcher;
    });
    this.#watchers = vscode.Disposable.from(...watchers);
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), PAUSE_MS);
  }

  /** What is collected while something changes again is of no use. */
  async #send(): Promise<void> {
    if (!this.#client.isRunning()) return;
    const round = ++this.#round;
    const warn = (message: string) => this.#client.warn(message, undefined, false);
    const files = await collectNotes(warn);
    if (round !== this.#round || !this.#client.isRunning()) return;
    const folders = configuredFolders().map(({ uri }) => uri.toString());
    const homes = workspaceFolders().map((folder) => homeOf(folder).toString());
    await this.#client.sendNotification(teamNotesNotification, { files, folders, homes });
  }
}

/** A note, or a folder that may have some in it. */
const mayHoldNotes = ({ path }: vscode.Uri): boolean =>
  /\.md$/i.test(path) || !/\.[^./]+$/.test(path) || path.endsWith("/.backtrace-notes");
