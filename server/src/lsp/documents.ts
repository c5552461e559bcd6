import { TextDocuments } from "vscode-languageserver";
import { EditedDocument } from "./editedDocument";
import { isMarkdown } from "./noteDocument";
import { type OpenDocument, Version } from "./version";

export type { OpenDocument } from "./version";

/** The editor's open documents, each read once per version however many features ask. */
export class Documents {
  readonly texts = new TextDocuments({
    create: (uri, languageId, version, text) => new EditedDocument(uri, languageId, version, text),
    update: (document: EditedDocument, changes, version) => {
      document.update(changes, version);
      return document;
    },
  });
  private readonly opened = new Map<string, Version>();

  constructor() {
    // What waits for a text that has changed hears of it at once.
    this.texts.onDidChangeContent(({ document }) => this.get(document.uri));
    this.texts.onDidClose(({ document: { uri } }) => {
      this.opened.get(uri)?.supersede();
      this.opened.delete(uri);
    });
  }

  /** The document as it stands now; undefined for one that is not open, and for a note, which is no text to read. */
  get(uri: string): Version | undefined {
    const document = this.texts.get(uri);
    if (document === undefined || isMarkdown(document)) return undefined;
    const known = this.opened.get(uri);
    if (known?.version === document.version) return known;
    known?.supersede();
    const opened = new Version(document, known ?? null);
    this.opened.set(uri, opened);
    return opened;
  }

  /** Every open document. */
  all(): OpenDocument[] {
    return this.versions();
  }

  /** Resolves when all open documents are read as they stand then: whoever needs all their readings waits for it. */
  async ready(): Promise<void> {
    for (let unread = this.unread(); unread.length > 0; unread = this.unread())
      await Promise.all(unread.map((version) => version.whenRead()));
  }

  /** Is there nothing to wait for? */
  get isReady(): boolean {
    return this.unread().length === 0;
  }

  private unread(): Version[] {
    return this.versions().filter(({ isAtHand }) => !isAtHand);
  }

  private versions(): Version[] {
    return this.texts.keys().flatMap((uri) => this.get(uri) ?? []);
  }
}
