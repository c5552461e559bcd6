import { PassThrough } from "node:stream";
import {
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
  ): Promise<Session> {
    const session = new Session(answers);
    await session.ask("initialize", { processId: null, rootUri: null, capabilities });
    await session.editor.sendNotification("initialized", {});
    const textDocument = { uri: session.uri, languageId: "backtrace", version: 1, text };
    await session.editor.sendNotification("textDocument/didOpen", { textDocument });
    return session;
  }

  ask<R>(method: string, params: object): Promise<R> {
    return this.editor.sendRequest<R>(method, params);
  }

  /** Asks about the open document. */
  about<R>(method: string, params: object = {}): Promise<R> {
    return this.ask<R>(`textDocument/${method}`, { textDocument: { uri: this.uri }, ...params });
  }

  close(): void {
    this.editor.dispose();
  }
}
