import * as vscode from "vscode";
import type { BaseLanguageClient, Range as ProtocolRange } from "vscode-languageclient";
import { ask } from "../ask";
import { type Case, caseRequest, hypothesesChanged } from "../protocol";

const SCHEME = "backtrace-case";

/** The document that shows the hypothesis of a note. */
export const caseUri = (note: string): vscode.Uri =>
  vscode.Uri.from({ scheme: SCHEME, path: `/${note}.md` });

const noteOf = ({ path }: vscode.Uri): string => path.replace(/^\//, "").replace(/\.md$/, "");

const NOTHING_READ = `# No hypothesis

No backtrace and no log is open.
`;

/**
 * Hypotheses as documents that can only be read. The server writes them anew when the texts change, and says what a
 * stretch of them leads to.
 */
export class Cases
  implements
    vscode.TextDocumentContentProvider,
    vscode.DocumentLinkProvider,
    vscode.DefinitionProvider,
    vscode.ReferenceProvider,
    vscode.ImplementationProvider,
    vscode.CodeLensProvider
{
  readonly #client: BaseLanguageClient;
  // At most one for each note. It outlives its document: that may be opened again before its end is reported.
  readonly #shown = new Map<string, Case>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registered: vscode.Disposable;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    const selector = { scheme: SCHEME };
    const { languages, workspace } = vscode;
    this.#registered = vscode.Disposable.from(
      this.#changed,
      workspace.registerTextDocumentContentProvider(SCHEME, this),
      languages.registerDocumentLinkProvider(selector, this),
      languages.registerDefinitionProvider(selector, this),
      languages.registerReferenceProvider(selector, this),
      languages.registerImplementationProvider(selector, this),
      languages.registerCodeLensProvider(selector, this),
      client.onNotification(hypothesesChanged, () => this.#renew()),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    if (!this.#client.isRunning()) return NOTHING_READ;
    const found = await ask(this.#client, caseRequest, { note: noteOf(uri) });
    if (found) this.#shown.set(uri.toString(), found);
    else this.#shown.delete(uri.toString());
    return found?.text ?? NOTHING_READ;
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    const links = this.#shown.get(uri.toString())?.links ?? [];
    return links.map(({ range, target }) => {
      const { uri, range: place } = this.#location(target);
      const { line, character } = place.start;
      const isTop = place.isEmpty && line === 0;
      const fragment = isTop ? "" : `L${line + 1},${character + 1}`;
      return new vscode.DocumentLink(this.#range(range), uri.with({ fragment }));
    });
  }

  provideDefinition({ uri }: vscode.TextDocument, position: vscode.Position): vscode.Location[] {
    const links = this.#shown.get(uri.toString())?.links ?? [];
    return links
      .filter(({ range }) => this.#range(range).contains(position))
      .map(({ target }) => this.#location(target));
  }

  provideReferences({ uri }: vscode.TextDocument): vscode.Location[] {
    const evidence = this.#shown.get(uri.toString())?.evidence ?? [];
    return evidence.map((place) => this.#location(place));
  }

  provideImplementation({ uri }: vscode.TextDocument): vscode.Location[] {
    const note = this.#shown.get(uri.toString())?.note;
    return note ? [new vscode.Location(vscode.Uri.parse(note), new vscode.Position(0, 0))] : [];
  }

  /** A line to copy a command with, above each of them. */
  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const commands = this.#shown.get(uri.toString())?.commands ?? [];
    return commands.map(({ range, run }) => {
      const command = "backtraceReader.copyCommand";
      return new vscode.CodeLens(this.#range(range), { title: "Copy", command, arguments: [run] });
    });
  }

  dispose(): void {
    this.#registered.dispose();
  }

  #renew(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === SCHEME) this.#changed.fire(uri);
    }
  }

  #range(range: ProtocolRange): vscode.Range {
    return this.#client.protocol2CodeConverter.asRange(range);
  }

  #location(place: Case["evidence"][number]): vscode.Location {
    return this.#client.protocol2CodeConverter.asLocation(place);
  }
}
