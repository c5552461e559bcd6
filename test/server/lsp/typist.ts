import { Documents } from "../../../server/src/lsp/documents";

type TextDocumentConnection = Parameters<Documents["texts"]["listen"]>[0];
type Handler = (params: never) => void;

/** An editor's documents without an editor: what is done to them here is told to `documents` at once. */
export class Typist {
  readonly documents = new Documents();
  private readonly handlers = new Map<string, Handler>();
  private version = 1;

  constructor() {
    const connection = new Proxy({} as TextDocumentConnection, {
      get: (_, name: string) => (handler: Handler) => {
        this.handlers.set(name, handler);
        return { dispose: () => undefined };
      },
    });
    this.documents.texts.listen(connection);
  }

  open(uri: string, text: string, languageId = "backtrace"): void {
    const textDocument = { uri, languageId, version: this.version++, text };
    this.tell("onDidOpenTextDocument", { textDocument });
  }

  /** Puts `text` in the place of what stands between two offsets. */
  type(uri: string, from: number, to: number, text: string): void {
    const document = this.documents.texts.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    const range = { start: document.positionAt(from), end: document.positionAt(to) };
    const textDocument = { uri, version: this.version++ };
    this.tell("onDidChangeTextDocument", { textDocument, contentChanges: [{ range, text }] });
  }

  close(uri: string): void {
    this.tell("onDidCloseTextDocument", { textDocument: { uri } });
  }

  private tell(event: string, params: object): void {
    this.handlers.get(event)?.(params as never);
  }
}
