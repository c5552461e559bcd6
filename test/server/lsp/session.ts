import { PassThrough } from "node:stream";
import {
  CancellationToken,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import { type ClientCapabilities, createConnection } from "vscode-languageserver/node";
import { serve } from "../../../server/src/lsp/serve";

/** An editor at the other end of a real JSON-RPC connection to the server. */
export class Session {
  readonly uri = "file:///home/me/backtraces.save";
  private readonly editor;

  /** `answers` are the editor's, to the server's own questions, by method. */
  private constructor(answers: Readonly<Record<string, (params: unknown) => unknown>>) {
    const toServer = new PassThrough();
    const toEditor = new PassThrough();
    serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toEditor)));
    this.editor = createMessageConnection(
      new StreamMessageReader(toEditor),
      new StreamMessageWriter(toServer),
    );
    for (const [method, answer] of Object.entries(answers)) this.editor.onRequest(method, answer);
    this.editor.listen();
  }

  /** Starts a server and opens `text` in it. */
  static async open(
    text: string,
    answers: Readonly<Record<string, (params: unknown) => unknown>> = {},
    capabilities: ClientCapabilities = {},
    initializationOptions: object = {},
  ): Promise<Session> {
    const session = new Session(answers);
    await session.ask("initialize", {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions,
    });
    await session.editor.sendNotification("initialized", {});
    await session.openAs(session.uri, text);
    return session;
  }

  /** Opens one more document. */
  async openAs(uri: string, text: string, languageId = "backtrace"): Promise<void> {
    const textDocument = { uri, languageId, version: 1, text };
    await this.editor.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Puts another text in the place of all that the first document holds. */
  async replace(text: string, version = 2): Promise<void> {
    const textDocument = { uri: this.uri, version };
    const contentChanges = [{ text }];
    await this.editor.sendNotification("textDocument/didChange", { textDocument, contentChanges });
  }

  /** Types in front of all that a document holds: a short message, however long the text is. */
  async type(text: string, uri = this.uri): Promise<void> {
    const textDocument = { uri, version: 2 };
    const start = { line: 0, character: 0 };
    const contentChanges = [{ range: { start, end: start }, text }];
    await this.editor.sendNotification("textDocument/didChange", { textDocument, contentChanges });
  }

  /** The next notification of the server's with this name. */
  told(method: string): Promise<void> {
    return new Promise((resolve) => {
      const listener = this.editor.onNotification(method, () => {
        listener.dispose();
        resolve();
      });
    });
  }

  /** What the server puts into its log from now on. */
  logged(): readonly string[] {
    const lines: string[] = [];
    this.editor.onNotification("window/logMessage", ({ message }: { readonly message: string }) => {
      lines.push(message);
    });
    return lines;
  }

  /** Tells the server something that it does not answer. */
  async tell(method: string, params: object): Promise<void> {
    await this.editor.sendNotification(method, params);
  }

  ask<R>(method: string, params: object, token = CancellationToken.None): Promise<R> {
    return this.editor.sendRequest<R>(method, params, token);
  }

  /** Asks about the open document. */
  about<R>(method: string, params: object = {}): Promise<R> {
    return this.ask<R>(`textDocument/${method}`, { textDocument: { uri: this.uri }, ...params });
  }

  close(): void {
    this.editor.dispose();
  }
}
