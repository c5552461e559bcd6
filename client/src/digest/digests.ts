import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { ask } from "../ask";
import { withoutLinks } from "../withoutLinks";
import { makeDigest } from "./making";
import {
  type Digest,
  digestCaseRequest,
  fileKindRequest,
  fileStampRequest,
  fileTextRequest,
  type LinkedText,
  type LinkTarget,
  type Part,
  type Problem,
  partRequest,
  type Stamp,
} from "./protocol";
import { FileTexts } from "./texts";
import { DIGEST_SCHEME, digestOf, digestUri, nameOf, PART_SCHEME, partLink, partOf } from "./uris";

/** What parts showed is remembered of so many. */
const MOST_PARTS = 200;

const NO_DIGEST = `# No digest

The file has to be read again: "Open Digest" in the list of commands does it.
`;

/** Digests of files, and parts of these files, as documents that can only be read. */
export class Digests implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly texts = new FileTexts();
  readonly #client: BaseLanguageClient;
  readonly #made = new Map<string, Digest>();
  readonly #shown = new Map<string, LinkedText>();
  readonly #parts = new Map<string, Part>();
  readonly #opened = new Set<string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registered: vscode.Disposable;
  #reading = 0;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    const ours = (uri: string) => vscode.Uri.parse(uri);
    this.#registered = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(DIGEST_SCHEME, this),
      vscode.workspace.registerTextDocumentContentProvider(PART_SCHEME, this),
      client.onRequest(
        fileStampRequest,
        ({ uri }) => this.#allowed(ours(uri)) ?? this.texts.stamp(ours(uri)),
      ),
      client.onRequest(
        fileTextRequest,
        ({ uri, byte }) => this.#allowed(ours(uri)) ?? this.texts.text(ours(uri), byte),
      ),
    );
  }

  /** Reads the file, again where that was done before, and shows its digest. */
  async open(file: vscode.Uri): Promise<void> {
    this.#opened.add(file.toString());
    const made = await this.#make(file);
    if (made === null) return;
    if ("problem" in made) {
      await vscode.window.showErrorMessage(withoutLinks(made.problem));
      return;
    }
    this.#made.set(file.toString(), made);
    const uri = digestUri(file);
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  /** Is a digest being made? */
  get isReading(): boolean {
    return this.#reading > 0;
  }

  async #make(file: vscode.Uri): Promise<Digest | Problem | null> {
    this.#reading++;
    try {
      if (this.#client.needsStart()) await this.#client.start();
      return await makeDigest(this.#client, file);
    } finally {
      this.#reading--;
      this.texts.forget();
    }
  }

  /** What a file that the user has before him looks like; null for nothing that can be read. */
  async kind(file: vscode.Uri): Promise<"backtrace" | "log" | null> {
    this.#opened.add(file.toString());
    try {
      if (this.#client.needsStart()) await this.#client.start();
      const answer = await ask(this.#client, fileKindRequest, { uri: file.toString() });
      return answer && "kind" in answer ? answer.kind : null;
    } finally {
      this.texts.forget();
    }
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return uri.scheme === PART_SCHEME ? this.#partText(uri) : this.#digestText(uri);
  }

  /** The digest of a file as of when it was made. */
  digest(file: vscode.Uri): Digest | undefined {
    return this.#made.get(file.toString());
  }

  /** What the document of a digest, or of a hypothesis in it, leads to. */
  links(uri: vscode.Uri): LinkedText["links"] {
    return this.#shown.get(uri.toString())?.links ?? [];
  }

  /** What a document shows of the file. */
  part(uri: vscode.Uri): Part | undefined {
    return this.#parts.get(uri.with({ fragment: "" }).toString());
  }

  /** Where a stretch of a digest leads; null for what is no place. */
  target(uri: vscode.Uri, target: LinkTarget): vscode.Uri | null {
    const file = digestOf(uri)?.file;
    const stamp = file && this.digest(file)?.stamp;
    if (!file || !stamp || target.kind === "command") return null;
    return target.kind === "case"
      ? digestUri(file, target.note)
      : partLink(file, stamp, target.part);
  }

  dispose(): void {
    this.#registered.dispose();
  }

  async #digestText(uri: vscode.Uri): Promise<string> {
    const about = digestOf(uri);
    const made = about && this.digest(about.file);
    if (!made) return NO_DIGEST;
    const { file, note } = about;
    const text = note === null ? made : await this.#case(file, note);
    if (text === null) return NO_DIGEST;
    this.#shown.set(uri.toString(), text);
    return text.text;
  }

  #case(file: vscode.Uri, note: string): Promise<LinkedText | null> {
    return ask(this.#client, digestCaseRequest, { uri: file.toString(), note });
  }

  async #partText(uri: vscode.Uri): Promise<string> {
    const about = partOf(uri);
    if (about === null) return "";
    const answer = this.#allowed(about.file) ?? (await this.#askForPart(about.file, about));
    if (answer === null) return "The server does not answer.";
    if ("problem" in answer) return answer.problem;
    this.#parts.set(uri.with({ fragment: "" }).toString(), answer);
    const [oldest] = this.#parts.keys();
    if (this.#parts.size > MOST_PARTS && oldest !== undefined) this.#parts.delete(oldest);
    return answer.text;
  }

  async #askForPart(
    file: vscode.Uri,
    { stamp, range }: { stamp: Stamp; range: Pick<Part, "start" | "end"> },
  ): Promise<Part | Problem | null> {
    if (this.#client.needsStart()) await this.#client.start();
    const { start, end } = range;
    try {
      return await ask(this.#client, partRequest, { uri: file.toString(), stamp, start, end });
    } finally {
      this.texts.forget();
    }
  }

  /** Null for a file of the workspace and one that the user opened; a link can name any other. */
  #allowed(file: vscode.Uri): Problem | null {
    const isOpen =
      this.#opened.has(file.toString()) || vscode.workspace.getWorkspaceFolder(file) !== undefined;
    if (isOpen) return null;
    return {
      problem: `Open the digest of ${nameOf(file)} first: it is no file of this workspace.`,
    };
  }
}
