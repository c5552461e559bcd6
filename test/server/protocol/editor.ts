import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import {
  type CancellationToken,
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  ProgressType,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type {
  ClientCapabilities,
  InitializeResult,
  LogMessageParams,
  Range,
} from "vscode-languageserver";

/**
 * What a server takes: bytes that are live after collecting, bytes in memory, and seconds of processors until the question
 * and from the answer on, for the question itself takes some.
 */
export interface Usage {
  readonly live: number;
  readonly resident: number;
  readonly until: number;
  readonly from: number;
}

/** Lets a process be asked for its `Usage`. */
const MEASURED = ["--expose-gc", "--require", path.resolve("test/server/protocol/usage.cjs")];

/** An editor that talks to a server process over its standard input and output. */
export class Editor {
  readonly uri = "file:///home/me/backtraces.save";
  readonly refreshed: string[] = [];
  /** What the server wrote into its log. */
  readonly logged: string[] = [];
  settings: object = {};
  private readonly server: ChildProcess;
  private readonly connection: MessageConnection;
  private version = 1;

  constructor(file: string, isMeasured = false) {
    const args = [...(isMeasured ? MEASURED : []), file, "--stdio"];
    this.server = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe", "ipc"] });
    const { stdin, stdout } = this.server;
    if (!stdin || !stdout) throw new Error("The server has no standard input and output.");
    this.connection = createMessageConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.connection.onRequest("workspace/configuration", () => [this.settings]);
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.onRequest("workspace/semanticTokens/refresh", () => {
      this.refreshed.push("semanticTokens");
      return null;
    });
    this.connection.onNotification("window/logMessage", ({ message }: LogMessageParams) => {
      this.logged.push(message);
    });
    this.connection.listen();
  }

  async start(capabilities: ClientCapabilities = {}): Promise<InitializeResult> {
    const result = await this.request<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities,
    });
    await this.notify("initialized", {});
    return result;
  }

  async open(text: string, uri = this.uri): Promise<void> {
    const textDocument = { uri, languageId: "backtrace", version: this.version, text };
    await this.notify("textDocument/didOpen", { textDocument });
  }

  /** Types `text` over a part of the document. */
  async change(range: Range, text: string): Promise<void> {
    this.version++;
    const textDocument = { uri: this.uri, version: this.version };
    await this.notify("textDocument/didChange", {
      textDocument,
      contentChanges: [{ range, text }],
    });
  }

  async closeDocument(): Promise<void> {
    await this.notify("textDocument/didClose", { textDocument: { uri: this.uri } });
  }

  /** Asks about the open document. */
  ask<R>(method: string, params: object = {}): Promise<R> {
    return this.request<R>(`textDocument/${method}`, {
      textDocument: { uri: this.uri },
      ...params,
    });
  }

  /** Asks about the open document and takes the question back at once. */
  askAndCancel(method: string): Promise<unknown> {
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: this.uri } };
    const answer = this.connection.sendRequest(`textDocument/${method}`, params, source.token);
    source.cancel();
    return answer;
  }

  request<R>(method: string, params?: object, token?: CancellationToken): Promise<R> {
    return token
      ? this.connection.sendRequest<R>(method, params, token)
      : this.connection.sendRequest<R>(method, params);
  }

  /** Answers what the server asks. */
  answer<P>(method: string, handle: (params: P) => unknown): void {
    this.connection.onRequest(method, handle);
  }

  /** Hears what the server tells of the progress of some work. */
  onProgress(token: string, handle: (value: { readonly percentage?: number }) => void): void {
    this.connection.onProgress(new ProgressType<{ readonly percentage?: number }>(), token, handle);
  }

  notify(method: string, params?: object): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  /** What the server takes; only of one that is measured. */
  async usage(): Promise<Usage> {
    const answered = once(this.server, "message");
    this.server.send("usage");
    const [usage] = await answered;
    return usage as Usage;
  }

  /** Ends the server as an editor does, and gives its exit code. */
  async stop(): Promise<number> {
    await this.request("shutdown");
    return this.exit();
  }

  /** Tells the server to exit without having asked it to shut down. */
  async exit(): Promise<number> {
    const ended = once(this.server, "exit");
    await this.notify("exit");
    const [code] = await ended;
    this.connection.dispose();
    return code as number;
  }
}
