import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type { ClientCapabilities, InitializeResult, Range } from "vscode-languageserver";
import { esbuildKnowledge } from "../../../scripts/knowledge.mjs";

/** The server as it is shipped, in a folder of its own. */
export async function bundleServer(): Promise<{ file: string; remove: () => void }> {
  const folder = mkdtempSync(path.join(tmpdir(), "backtrace-reader-"));
  const file = path.join(folder, "server.js");
  await build({
    entryPoints: ["server/src/server.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    target: "node20",
    plugins: [esbuildKnowledge],
    logLevel: "error",
  });
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}

/** An editor that talks to a server process over its standard input and output. */
export class Editor {
  readonly uri = "file:///home/me/backtraces.save";
  readonly refreshed: string[] = [];
  settings: object = {};
  private readonly server: ChildProcess;
  private readonly connection: MessageConnection;
  private version = 1;

  constructor(file: string) {
    this.server = spawn(process.execPath, [file, "--stdio"], { stdio: "pipe" });
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

  async open(text: string): Promise<void> {
    const textDocument = { uri: this.uri, languageId: "backtrace", version: this.version, text };
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

  request<R>(method: string, params?: object): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  notify(method: string, params?: object): Promise<void> {
    return this.connection.sendNotification(method, params);
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
