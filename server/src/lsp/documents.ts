import { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { NamedReading } from "../find/finding";
import type { Reading } from "../read/model";
import { read } from "../read/read";
import { reread } from "../read/reread";
import { readGdbScript } from "../read/shell/wholeScript";
import { changeBetween } from "./change";
import { isMarkdown } from "./noteDocument";

/** A document of the editor with what it says, as of one version; its path is its URI. */
export interface OpenDocument extends NamedReading {
  readonly document: TextDocument;
  /** Made when first asked for. */
  readonly reading: Reading;
}

/** The editor's open documents, each read once per version however many features ask. */
export class Documents {
  readonly texts = new TextDocuments(TextDocument);
  private readonly opened = new Map<string, Version>();

  constructor() {
    this.texts.onDidClose(({ document }) => this.opened.delete(document.uri));
  }

  /** The document as it stands now; undefined for one that is not open, and for a note, which is no text to read. */
  get(uri: string): OpenDocument | undefined {
    const document = this.texts.get(uri);
    if (document === undefined || isMarkdown(document)) return undefined;
    const known = this.opened.get(uri);
    if (known?.version === document.version) return known;
    const opened = readLazily(document, known?.read() ?? null);
    this.opened.set(uri, opened);
    return opened;
  }

  /** Every open document. */
  all(): OpenDocument[] {
    return this.texts.keys().flatMap((uri) => this.get(uri) ?? []);
  }

  /** Resolves when the open documents are read as they stand then: whoever needs all their readings waits for it. */
  ready(): Promise<void> {
    // A reading is still made at once when it is asked for.
    return Promise.resolve();
  }
}

/** A document as of one version. */
interface Version extends OpenDocument {
  readonly version: number;
  /** Its reading, or that of an older version where nobody asked for it yet; null where there is neither. */
  read(): Reading | null;
}

/** After an edit only the text around it is read, where that is enough. */
function readLazily(document: TextDocument, older: Reading | null): Version {
  // The editor changes the document object in place, so that text and version are taken now.
  const { version } = document;
  const text = document.getText();
  const isScript = document.languageId === "gdb-script";
  let last = older;
  let reading: Reading | undefined;
  return {
    document,
    version,
    path: document.uri,
    read: () => last,
    get reading() {
      reading ??= isScript ? readGdbScript(text) : renewed(last, text);
      last = reading;
      return reading;
    },
  };
}

const renewed = (older: Reading | null, text: string): Reading =>
  older === null ? read(text) : reread(older, text, changeBetween(older.text, text));
