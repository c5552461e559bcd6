import { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { NamedReading } from "../find/finding";
import type { Reading } from "../read/model";
import { read } from "../read/read";
import { readGdbScript } from "../read/shell/wholeScript";
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
  private readonly opened = new Map<string, OpenDocument & { readonly version: number }>();

  constructor() {
    this.texts.onDidClose(({ document }) => this.opened.delete(document.uri));
  }

  /** The document as it stands now; undefined for one that is not open, and for a note, which is no text to read. */
  get(uri: string): OpenDocument | undefined {
    const document = this.texts.get(uri);
    if (document === undefined || isMarkdown(document)) return undefined;
    const known = this.opened.get(uri);
    if (known?.version === document.version) return known;
    const opened = readLazily(document);
    this.opened.set(uri, opened);
    return opened;
  }

  /** Every open document. */
  all(): OpenDocument[] {
    return this.texts.keys().flatMap((uri) => this.get(uri) ?? []);
  }
}

function readLazily(document: TextDocument): OpenDocument & { readonly version: number } {
  // The editor changes the document object in place, so that text and version are taken now.
  const { version } = document;
  const text = document.getText();
  const readAs = document.languageId === "gdb-script" ? readGdbScript : read;
  let reading: Reading | undefined;
  return {
    document,
    version,
    path: document.uri,
    get reading() {
      reading ??= readAs(text);
      return reading;
    },
  };
}
